"""Who may do what in a firm: one table, asked by every deed and shown by every page."""

from dataclasses import dataclass
from enum import StrEnum

from chancery.lib.refusals import Refusal
from chancery.practice.models import Person
from chancery.practice.models.firm import Role


class Act(StrEnum):
    """What can be allowed. The value is how the screen names it."""

    EDIT_CONTACTS = "edit contacts"
    EDIT_MATTERS = "edit matters"
    MANAGE_FIRM = "change the firm's details"
    MANAGE_PEOPLE = "ask people in and set their roles"
    MANAGE_ACCOUNTING = "choose and connect the accounting system"
    REFRESH_ACCOUNTING = "refresh from the accounting system"
    MANAGE_TRUST_SETUP = "set up trust accounting"
    READ_HELP_ANSWERS = "read what was said of the guides"
    READ_MONEY = "read client money"
    OPEN_LEDGERS = "open and close client ledgers"
    TAKE_RECEIPTS = "record money received"
    ASK_FOR_MONEY = "ask for a receipt, withdrawal or transfer"
    EDIT_APPROVED = "edit a request that is approved"
    APPROVE_MONEY = "approve withdrawals and transfers"
    RELEASE_MONEY = "release withdrawals and transfers"
    REVERSE_MONEY = "reverse what was posted"
    PROTECT_MONEY = "protect money and end that"
    CHECK_PAYEES = "check a payee's bank details by calling back"
    LOOK_INTO_DORMANT = "record what was done about money that lies still"
    KEEP_MONEY_BOOKS = "record interest, charges, deposits and opening balances"


_EVERYONE_WHO_WORKS = frozenset({Role.ADMINISTRATOR, Role.BOOKKEEPER, Role.LAWYER, Role.REVIEWER})
_OFFICE = frozenset({Role.ADMINISTRATOR, Role.BOOKKEEPER})
_LAWYERS = frozenset({Role.ADMINISTRATOR, Role.LAWYER})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

ALLOWED: dict[Act, frozenset[Role]] = {
    Act.EDIT_CONTACTS: _EVERYONE_WHO_WORKS,
    Act.EDIT_MATTERS: _EVERYONE_WHO_WORKS,
    Act.MANAGE_FIRM: _ADMINISTRATOR,
    Act.MANAGE_PEOPLE: _ADMINISTRATOR,
    Act.MANAGE_ACCOUNTING: _ADMINISTRATOR,
    Act.REFRESH_ACCOUNTING: _OFFICE,
    Act.MANAGE_TRUST_SETUP: _ADMINISTRATOR,
    Act.READ_HELP_ANSWERS: _ADMINISTRATOR,
    Act.READ_MONEY: frozenset(Role),
    Act.OPEN_LEDGERS: _OFFICE | _LAWYERS,
    Act.TAKE_RECEIPTS: _OFFICE,
    Act.ASK_FOR_MONEY: _EVERYONE_WHO_WORKS,
    Act.EDIT_APPROVED: _OFFICE,
    Act.APPROVE_MONEY: _LAWYERS,
    Act.RELEASE_MONEY: _OFFICE,
    Act.REVERSE_MONEY: _OFFICE,
    Act.PROTECT_MONEY: _OFFICE | _LAWYERS,
    Act.CHECK_PAYEES: _EVERYONE_WHO_WORKS,
    Act.LOOK_INTO_DORMANT: _OFFICE | _LAWYERS,
    Act.KEEP_MONEY_BOOKS: _OFFICE,
}


@dataclass(eq=False)
class NotAllowed(Refusal):
    """This person's roles do not include the act."""

    code = "practice.not_allowed"

    act: Act

    def __str__(self) -> str:
        return f"Your roles do not allow you to {self.act}. Ask {_one_of(ALLOWED[self.act])}."


def _one_of(roles: frozenset[Role]) -> str:
    """Return the roles as a sentence names one of them: "an administrator or a bookkeeper"."""
    names = [role.label.split(",")[0].lower() for role in sorted(roles)]
    *others, last = [f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in names]
    return f"{', '.join(others)} or {last}" if others else last


def allows(person: Person, act: Act) -> bool:
    """Return whether this person may do this."""
    return person.has_role(*ALLOWED[act])


def require(person: Person, act: Act) -> None:
    """Let the deed go on only for a person who may do this.

    Refuses: NotAllowed.
    """
    if not allows(person, act):
        raise NotAllowed(act)
