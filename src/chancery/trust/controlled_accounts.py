"""Money held for one matter in a bank account of its own: opened by the client's direction, and registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from chancery.ledger.faults import KeyNamesAnother
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import firms, history, permissions
from chancery.practice.contacts import Contact
from chancery.practice.matters import Matter
from chancery.practice.people import Person
from chancery.trust import client_ledgers, settings
from chancery.trust.models import AccountKind, TrustBankAccount, TrustLedger
from chancery.trust.models import ControlledAccount as ControlledAccount
from chancery.trust.rules.account_names import NameFinding
from chancery.trust.rules.policy import Policy


@dataclass(eq=False)
class NotAControlledAccount(Refusal):
    """The account does not hold money matter by matter."""

    code: ClassVar[str] = "trust.not_a_controlled_account"

    account: str

    def __str__(self) -> str:
        return f"“{self.account}” is not kept matter by matter. Open an ordinary ledger on it."


@dataclass(eq=False)
class DirectionMissing(Refusal):
    """Money is held apart for a matter only by the client's written direction."""

    code: ClassVar[str] = "trust.controlled_direction_missing"

    rule: str

    def __str__(self) -> str:
        return (
            "The client's written direction is missing. Enter its reference and date; without one the"
            " money goes to the general account first."
        )


@dataclass(frozen=True)
class ControlledDetails:
    """A matter's own bank account; ``number`` as typed, by the fields of the place."""

    bank: Contact
    name: str
    number: Mapping[str, str]
    direction: str
    direction_on: date | None
    reason: str


@dataclass(frozen=True)
class Opened:
    """The account after the act, and what the place says of its name."""

    account: ControlledAccount
    wording: NameFinding


def of_ledger(ledger: TrustLedger) -> ControlledAccount | None:
    """Return a ledger's own bank account as it now stands; None where the ledger has none."""
    turns = ControlledAccount.objects.select_related("bank", "by").filter(ledger=ledger)
    return turns.order_by("-turn").first()


def turns_of(ledger: TrustLedger) -> list[ControlledAccount]:
    """Return every version of a ledger's own bank account, the latest first."""
    turns = ControlledAccount.objects.select_related("bank", "by").filter(ledger=ledger)
    return list(turns.order_by("-turn"))


def open(  # noqa: A001 - it reads aloud: controlled_accounts.open
    *,
    matter: Matter,
    account: TrustBankAccount,
    details: ControlledDetails,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Opened:
    """Open a ledger for a matter with a bank account of its own; the same key opens it once.

    Refuses: NotAllowed, NotAControlledAccount, DirectionMissing, DetailsNotRight, KeyNamesAnother and
    all that ``client_ledgers.open`` refuses.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    _require_matter_by_matter(account)
    policy = settings.policy()
    _check(details, policy, today)
    firms.lock(by.firm_id)
    if there := _done_before(key, details, policy, by=by):
        if there.account.ledger.matter_id != matter.id:
            raise KeyNamesAnother(key)
        return there
    ledger = client_ledgers.open(
        matter=matter, account_id=account.id, by=by, at=at, is_controlled=True
    )
    return _turn(ledger, details, policy, by=by, at=at, today=today, key=key)


def change(
    *,
    ledger: TrustLedger,
    details: ControlledDetails,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Opened:
    """Enter changed bank details of a matter's account; the earlier ones stay in the register.

    The same key changes them once. Refuses: NotAllowed, NotAControlledAccount, DirectionMissing,
    DetailsNotRight, KeyNamesAnother.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    _require_matter_by_matter(ledger.account)
    policy = settings.policy()
    _check(details, policy, today)
    firms.lock(by.firm_id)
    if there := _done_before(key, details, policy, by=by):
        if there.account.ledger_id != ledger.id:
            raise KeyNamesAnother(key)
        return there
    return _turn(ledger, details, policy, by=by, at=at, today=today, key=key)


def _require_matter_by_matter(account: TrustBankAccount) -> None:
    if account.kind != AccountKind.CONTROLLED or account.number_shown:
        raise NotAControlledAccount(account.name)


def _check(details: ControlledDetails, policy: Policy, today: date) -> None:
    direction = policy.accounts.direction
    if direction.value and not (tidy(details.direction) and details.direction_on):
        raise DirectionMissing(direction.rule)
    read = policy.pack.read_bank_number(details.number)
    problems = [Problem(f"number_{part}", " ".join(words)) for part, words in read.findings.items()]
    limits = {"name": 150, "direction": 200, "reason": 300}
    problems += [
        Problem(part, f"Use at most {most} characters.")
        for part, most in limits.items()
        if len(getattr(details, part)) > most
    ]
    if not tidy(details.name):
        problems.append(Problem("name", "Enter the account's name."))
    if not tidy(details.reason):
        problems.append(Problem("reason", "Say for what the money is held, or what changed."))
    if details.direction_on and details.direction_on > today:
        problems.append(Problem("direction_on", "A direction is dated today or earlier."))
    refuse_any(problems)


def _turn(
    ledger: TrustLedger,
    details: ControlledDetails,
    policy: Policy,
    *,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Opened:
    read = policy.pack.read_bank_number(details.number)
    before = of_ledger(ledger)
    turned = ControlledAccount.objects.create(
        firm_id=by.firm_id,
        ledger=ledger,
        turn=before.turn + 1 if before else 1,
        bank=details.bank,
        name=tidy(details.name),
        number=dict(read.parts),
        number_shown=read.shown,
        direction=tidy(details.direction),
        direction_on=details.direction_on,
        on=today,
        reason=tidy(details.reason),
        key=key,
        by=by,
        at=at,
    )
    act = "Changed its bank account" if before else "Opened its bank account"
    changes = history.differences(_facts(before), _facts(turned))
    history.record(
        of=(client_ledgers.KIND, ledger.id),
        firm_id=by.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )
    return Opened(turned, _wording(turned, policy, by))


def _done_before(
    key: str, details: ControlledDetails, policy: Policy, *, by: Person
) -> Opened | None:
    """Return the version that stands under the key, if it says the same. Refuses: KeyNamesAnother."""
    turns = ControlledAccount.objects.select_related("ledger", "bank")
    there = turns.filter(key=key).first()
    if there is None:
        return None
    number = policy.pack.read_bank_number(details.number).shown
    told = (details.bank, tidy(details.name), number, tidy(details.reason))
    if (there.bank, there.name, there.number_shown, there.reason) != told:
        raise KeyNamesAnother(key)
    return Opened(there, _wording(there, policy, by))


def _wording(account: ControlledAccount, policy: Policy, by: Person) -> NameFinding:
    return policy.pack.check_account_name("controlled", account.name, by.firm.name)


def _facts(account: ControlledAccount | None) -> dict[str, object]:
    return {
        "Bank": account.bank.name if account else "",
        "Account name": account.name if account else "",
        "Account number": account.number_shown if account else "",
        "Direction": account.direction if account else "",
    }
