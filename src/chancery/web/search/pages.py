"""The search box's answer as one types, and the page with all results, which needs no script."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from chancery.practice.matters import MatterStatus
from chancery.practice.search import OFFSET_MAX
from chancery.web.firm_of_request import FirmRequest
from chancery.web.search.forms import CONTACTS, MATTERS, SearchForm
from chancery.web.search.results import NONE, Found, Question
from chancery.web.shell import answers
from chancery.web.shell.words import words_of

_IN_BOX = 6
_OF_EACH = 10
_A_PAGE = 50


@dataclass(frozen=True)
class Ways:
    """Where the results page leads: back, on, and to all of one kind."""

    back_url: str
    next_url: str
    all_contacts_url: str
    all_matters_url: str
    without_filters_url: str


@require_GET
def as_typed(request: FirmRequest) -> HttpResponse:
    """Show under the search box what the question finds so far."""
    words = words_of(request)
    typed = SearchForm(request.GET, words).asked("q")
    if not typed:
        return HttpResponse()
    context = {
        "found": Question.of(typed, words).first_few(limit=_IN_BOX),
        "all_url": f"{reverse('search')}?{urlencode({'q': typed})}",
    }
    return answers.show(request, "search/as_typed.html", context)


@require_GET
def results_page(request: FirmRequest) -> HttpResponse:
    """Show everything that the question finds, a page at a time."""
    words = words_of(request)
    form = SearchForm(request.GET, words)
    found, has_next = _found(form, Question.of(form.asked("q"), words))
    context = {
        "form": form,
        "question": form.asked("q"),
        "found": found,
        "ways": _ways(form, has_next=has_next),
    }
    return answers.show(request, "search/results.html", context)


def _found(form: SearchForm, question: Question) -> tuple[Found, bool]:
    kind = form.asked("kind")
    limit = _A_PAGE if kind else _OF_EACH
    offset = (form.page_number - 1) * limit if kind else 0
    contacts = matters = NONE
    if kind != MATTERS:
        contacts = question.contacts(limit=limit, offset=offset)
    if kind != CONTACTS:
        asked = form.asked("status")
        status = MatterStatus(asked) if asked else None
        matters = question.matters(limit=limit, offset=offset, status=status)
    found = Found(question.typed, contacts, matters, () if kind else question.places())
    has_more = bool(kind) and (contacts.has_more or matters.has_more)
    return found, has_more and offset + limit <= OFFSET_MAX


def _ways(form: SearchForm, *, has_next: bool) -> Ways:
    page = form.page_number
    return Ways(
        back_url=_url(form, page=page - 1) if page > 1 else "",
        next_url=_url(form, page=page + 1) if has_next else "",
        all_contacts_url=_url(form, kind=CONTACTS),
        all_matters_url=_url(form, kind=MATTERS),
        without_filters_url=_url(form, kind="", status="") if _is_filtered(form) else "",
    )


def _is_filtered(form: SearchForm) -> bool:
    return bool(form.asked("kind") or form.asked("status"))


def _url(form: SearchForm, **asked: object) -> str:
    kept = {name: form.asked(name) for name in ("q", "kind", "status")} | asked
    return "?" + urlencode({name: value for name, value in kept.items() if value})
