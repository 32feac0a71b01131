"""Help: the list of guides, one guide, the reader's answer, and what readers said."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chancery.lib import clock
from chancery.practice import help_answers
from chancery.web.firm_of_request import FirmRequest
from chancery.web.help import guides
from chancery.web.shell.words import words_of


@dataclass(frozen=True)
class GuideLine:
    """A guide in a list."""

    slug: str
    title: str
    summary: str


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """Show every guide with its summary."""
    lines = [_line(request, guide) for guide in guides.every().values()]
    return render(request, "help/index.html", {"guides": lines})


@require_GET
def guide(request: FirmRequest, slug: str) -> HttpResponse:
    """Show one guide, what is related, and the question whether it helped."""
    found = _guide(slug)
    context = {
        "guide": guides.show(found, words_of(request)),
        "related": [_line(request, other) for other in guides.related_to(found)],
        "asks_reason": request.GET.get("helpful") == "no",
        "reason_length_max": help_answers.REASON_LENGTH_MAX,
    }
    return render(request, "help/guide.html", context)


@require_POST
def answer(request: FirmRequest, slug: str) -> HttpResponse:
    """Keep the reader's answer and thank them on the same guide."""
    found = _guide(slug)
    help_answers.answer(
        guide=found.slug,
        was_helpful=request.POST.get("helpful") == "yes",
        reason=request.POST.get("reason", ""),
        by=request.person,
        at=clock.now(),
    )
    messages.info(request, "Your answer is kept for the firm's administrator.")
    return redirect("help_guide", slug=found.slug)


@require_GET
def answers(request: FirmRequest) -> HttpResponse:
    """Show the administrator what readers said, the latest first."""
    titles = {
        line.slug: line.title for line in (_line(request, g) for g in guides.every().values())
    }
    rows = [
        {
            "slug": kept.guide,
            "title": titles.get(kept.guide, kept.guide),
            "person": kept.person.name,
            "was_helpful": kept.was_helpful,
            "reason": kept.reason,
            "at": kept.at,
        }
        for kept in help_answers.latest(to=request.person)
    ]
    return render(request, "help/answers.html", {"answers": rows})


def _guide(slug: str) -> guides.Guide:
    try:
        return guides.every()[slug]
    except KeyError as missing:
        raise Http404("No such guide.") from missing


def _line(request: HttpRequest, guide: guides.Guide) -> GuideLine:
    shown = guides.show(guide, words_of(request))
    return GuideLine(slug=guide.slug, title=shown.title, summary=shown.summary)
