"""A person's own page."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.practice import people
from chancery.practice.people import Person, Role
from chancery.web.firm_of_request import FirmRequest
from chancery.web.profile.forms import WishesForm
from chancery.web.shell import answers


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: FirmRequest) -> HttpResponse:
    """Show a person's own page, or keep their wishes for the screen."""
    person = request.person
    if request.method != "POST":
        return _show(request, WishesForm(initial=_wishes(person)))
    form = WishesForm(request.POST)
    if not form.is_valid():
        return answers.invalid(request, "profile/profile.html", _context(person, form))
    people.set_wishes(by=person, at=clock.now(), **form.cleaned_data)
    messages.success(request, "Saved")
    return answers.go(request, "profile")


def _show(request: FirmRequest, form: WishesForm) -> HttpResponse:
    return answers.show(request, "profile/profile.html", _context(request.person, form))


def _context(person: Person, form: WishesForm) -> dict[str, object]:
    roles = ", ".join(Role(role).label for role in person.roles)
    return {"form": form, "email": person.user.email, "roles": roles}


def _wishes(person: Person) -> dict[str, object]:
    return {"theme": person.theme, "uses_letter_keys": person.uses_letter_keys}
