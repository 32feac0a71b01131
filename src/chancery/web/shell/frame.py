"""The frame's own facts: what the bar and the navigation say around every page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from chancery.accounting.standing import Standing, standing
from chancery.practice.people import Person
from chancery.tenancy.scope import firm_scope
from chancery.trust import request_list
from chancery.web.shell import places
from chancery.web.shell.places import Place
from chancery.web.shell.words import words_of


@dataclass(frozen=True)
class Entry:
    """One link of the navigation or of a row of tabs."""

    label: str
    url: str
    icon: str
    keys: tuple[str, ...]
    is_current: bool
    count: int = 0


@dataclass(frozen=True)
class InStep:
    """The one thing that the bar says of the accounting package; ``mark`` is green only when empty."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Frame:
    """What stands around a page."""

    navigation: tuple[Entry, ...]
    money: tuple[Entry, ...]
    shortcuts: tuple[Entry, ...]
    admin_url: str
    is_in_admin: bool
    admin_tabs: tuple[Entry, ...]
    in_step: InStep | None
    in_step_url: str
    is_sandbox: bool
    search_url: str
    profile_url: str
    help_url: str


def of(request: HttpRequest, person: Person) -> Frame:
    """Return the frame of this request's page."""
    stands, counts = _standing(request, person)
    words = words_of(request)
    tabs = _entries(places.ADMIN, request.path, words)
    return Frame(
        navigation=_entries(places.MAIN, request.path, words, counts),
        money=_entries(places.MONEY, request.path, words, counts),
        shortcuts=tuple(each for each in _entries(places.OTHER, request.path, words) if each.keys),
        admin_url=tabs[0].url if tabs else "",
        is_in_admin=request.path.startswith("/admin/"),
        admin_tabs=tabs,
        in_step=in_step(stands) if stands else None,
        in_step_url=places.address("admin_xero") or places.address("admin_accounting"),
        is_sandbox=bool(stands and stands.is_sandbox),
        search_url=places.address("search"),
        profile_url=places.address("profile"),
        help_url=places.address("help"),
    )


def in_step(stands: Standing) -> InStep:
    """Return in a few words whether the package is in step, or else what is stopped or on its way."""
    if stands.is_lost:
        return InStep(f"{stands.package}: connection lost", mark="off")
    if not stands.is_connected:
        return InStep(f"{stands.package}: not connected", mark="off")
    if stands.stopped_count:
        return InStep(f"{stands.package}: {_things(stands.stopped_count)} stopped", mark="off")
    if stands.waiting_count:
        text = f"{stands.package}: {_things(stands.waiting_count)} on the way"
        return InStep(text, mark="busy")
    return InStep(f"In step with {stands.package}")


def _things(count: int) -> str:
    """Return how many, in a word that is true of an account, a contact and a document."""
    return "1 thing" if count == 1 else f"{count} things"


def _entries(
    of_places: tuple[Place, ...],
    path: str,
    words: Mapping[str, str],
    counts: Mapping[str, int] | None = None,
) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            label=place.called(words),
            url=place.url,
            icon=place.icon,
            keys=tuple(place.keys.split()),
            is_current=place.holds(path),
            count=(counts or {}).get(place.counts, 0),
        )
        for place in places.built(of_places)
    )


def _standing(request: HttpRequest, person: Person) -> tuple[Standing | None, dict[str, int]]:
    """Return how the package stands, and how much waits for the reader, each by its name."""
    if getattr(request, "is_in_firm_scope", False):
        return standing(), {"requests": request_list.count_waiting(person)}
    with firm_scope(person.firm_id, user_id=person.user_id):
        return standing(), {"requests": request_list.count_waiting(person)}
