"""A register as a card: its name, one sentence, how many entries it has, and the latest one."""

from dataclasses import dataclass

from chancery.trust.movement_list import MovementFilter
from chancery.trust.register_lists import RegisterFilter
from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers.kinds import LawRegister
from chancery.web.law_registers.pages import REGISTERS as LAW
from chancery.web.movements.kinds import REGISTERS as MOVEMENTS
from chancery.web.movements.kinds import MovementRegister
from chancery.web.movements.pages import found_in
from chancery.web.shell.places import Place
from chancery.web.shell.words import words_of


@dataclass(frozen=True)
class Card:
    """A register to go to. ``told`` says what it holds, ``latest`` how much, and what was entered last."""

    name: str
    url: str
    icon: str
    told: str
    latest: str


def of(request: FirmRequest, place: Place) -> Card:
    """Return the card of a register."""
    if place.argument in LAW:
        told, latest = _of_law(request, LAW[place.argument])
    else:
        told, latest = _of_movements(request, MOVEMENTS[place.argument])
    words = words_of(request)
    return Card(place.called(words), place.url, place.icon, told, latest)


def _of_law(request: FirmRequest, listed: LawRegister) -> tuple[str, str]:
    found = listed.found(RegisterFilter())
    told, last = listed.told(words_of(request)), found.first()
    if last is None:
        return told, f"{listed.when_empty}."
    row = listed.rows(request, [last])[0]
    return told, f"{_counted(listed, found.count())}; the latest: {row.name}"


def _counted(listed: LawRegister, count: int) -> str:
    """Return how many records there are, and of those that can end how many stand."""
    if listed.states is None:
        return _entries(count)
    standing = listed.found(RegisterFilter(state="open")).count()
    return f"{standing} {listed.states[0].lower()}, {count} in all"


def _of_movements(request: FirmRequest, listed: MovementRegister) -> tuple[str, str]:
    found = found_in(listed, MovementFilter())
    told, last = listed.told.format_map(words_of(request)), found.first()
    if last is None:
        return told, f"{listed.when_empty}."
    return told, f"{_entries(found.count())}; the latest: {last.number_shown}"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"
