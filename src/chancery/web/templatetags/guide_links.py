"""The "?" beside a page's title: the guide that explains this page."""

from django import template
from django.template.context import Context
from django.urls import reverse

from chancery.web.help import guides

register = template.Library()


@register.inclusion_tag("help/link.html", takes_context=True)
def guide_link(context: Context) -> dict[str, str]:
    """Return the address and title of this page's guide, or nothing where none explains it."""
    match = getattr(context.get("request"), "resolver_match", None)
    guide = guides.for_page(match.url_name) if match else None
    if guide is None:
        return {}
    title = guides.show(guide, context.get("words")).title
    return {"url": reverse("help_guide", args=[guide.slug]), "title": title}
