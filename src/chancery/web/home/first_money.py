"""What comes after the set-up: who approves, the first client's ledger, the first receipt."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from chancery.practice import people, permissions
from chancery.practice.people import Person
from chancery.practice.permissions import Act
from chancery.trust import queries
from chancery.web.home.facts import Fact
from chancery.web.home.steps import Step, Way
from chancery.web.shell.places import address

_TWO = 2


def steps(
    person: Person, words: Mapping[str, str], *, may: Callable[[Act], bool], is_set_up: bool
) -> tuple[Step, ...]:
    """Return the steps to the first money; the first that is open is ``now`` once the firm is set up."""
    found = (_approvers(person), _ledger(words), _receipt())
    now = next((step for step in found if not step.since), None) if is_set_up else None
    return tuple(
        replace(step, is_now=step is now, may_go=bool(step.way and may(step.way.act)))
        for step in found
    )


def _approvers(person: Person) -> Step:
    """Return whether two people may approve: nobody approves what they asked for themselves."""
    title, who = "People who approve", people.who_work(person)
    able = [one for one in who if permissions.allows(one, Act.APPROVE_MONEY)]
    if len(able) >= 1 and len(who) >= _TWO:
        names = ", ".join(one.name for one in able)
        since = sorted(one.joined_at for one in who)[1]
        return Step(title, names, since=since)
    text = "Nobody approves what they asked for themselves, so it takes a second person"
    return _open(title, text, Way("Ask in", address("admin_people"), Act.MANAGE_PEOPLE))


def _ledger(words: Mapping[str, str]) -> Step:
    title = f"The first {words['ledger']}"
    first = queries.first_ledger()
    if first and first.matter:
        done = Fact(f"{first.matter.number} {first.matter.title}", first.opened_at)
        return Step(title, done.words, since=done.at)
    text = f"Opened on the page of its {words['work_unit']}"
    way = Way(f"Choose a {words['work_unit']}", address("matter_list"), Act.OPEN_LEDGERS)
    return _open(title, text, way)


def _receipt() -> Step:
    first = queries.first_receipt()
    if first:
        return Step("The first receipt", first.number_shown, since=first.at)
    text = "Money received, with its official number"
    return _open(
        "The first receipt", text, Way("Take a receipt", address("receipt_add"), Act.TAKE_RECEIPTS)
    )


def _open(title: str, text: str, way: Way) -> Step:
    return Step(title, text, way=way if way.url else None)
