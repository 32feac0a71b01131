"""Prepare what a trust account opens with: the day and the bank's figure; how far it agrees.

Its ledgers and what is outstanding are in ``opening_parts``. A draft may be wrong for as long as it takes;
nothing is posted before it agrees (``openings.finish``).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Sum

from chancery.ledger import periods
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import client_ledgers, jurisdiction
from chancery.trust.models import Opening as Opening
from chancery.trust.models import OpeningItem, OpeningLedger, OpeningState, TrustBankAccount
from chancery.trust.rules.openings import Proof
from chancery.trust.rules.past_rows import Locale

KIND = "opening balances"


@dataclass(eq=False)
class NoSuchOpening(Refusal):
    """This firm has no such opening."""

    code: ClassVar[str] = "trust.no_such_opening"

    def __str__(self) -> str:
        return "There are no such opening balances. Go back to the trust account."


@dataclass(eq=False)
class NoOpening(Refusal):
    """No opening of this account is being prepared."""

    code: ClassVar[str] = "trust.no_opening"

    def __str__(self) -> str:
        return (
            "No opening balances are being prepared here. Begin with the day and the bank's figure."
        )


@dataclass(eq=False)
class OpeningIsFinished(Refusal):
    """The account's opening is finished; its parts change no more."""

    code: ClassVar[str] = "trust.opening_is_finished"

    on: date

    def __str__(self) -> str:
        return (
            f"The opening balances of {self.on:%-d %b %Y} are finished. Undo them first, while"
            " nothing else is posted, or put single entries right by reversing them."
        )


@dataclass(frozen=True)
class Figures:
    """The day as at which an account opens, what its bank's statement says, and the firm's own part."""

    on: date
    bank: Money
    own: Money


def visible(opening_id: UUID) -> Opening:
    """Return an opening of this firm, however far it has come.

    Refuses: NoSuchOpening.
    """
    found = Opening.objects.select_related("account").filter(pk=opening_id).first()
    if found is None:
        raise NoSuchOpening
    return found


def standing(account: TrustBankAccount) -> Opening | None:
    """Return the opening of an account that is being prepared or is finished."""
    live = Opening.objects.select_related("account", "started_by", "finished_by")
    return live.filter(account=account).exclude(state=OpeningState.UNDONE).first()


def undone(account: TrustBankAccount) -> list[Opening]:
    """Return the openings of an account that were undone, the latest first."""
    ended = Opening.objects.select_related("undone_by").filter(
        account=account, state=OpeningState.UNDONE
    )
    return list(ended.order_by("-undone_at", "-id"))


def draft(account: TrustBankAccount, *, by: Person) -> Opening:
    """Return the opening that is being prepared, held until commit.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    live = Opening.objects.select_for_update(no_key=True, of=("self",)).select_related("account")
    found = live.filter(account=account).exclude(state=OpeningState.UNDONE).first()
    if found is None:
        raise NoOpening
    if found.state != OpeningState.DRAFT:
        raise OpeningIsFinished(found.on)
    return found


def set_figures(
    *, account: TrustBankAccount, figures: Figures, by: Person, at: datetime, today: date
) -> Opening:
    """Begin the opening of an account, or change the day and figures of the one in preparation.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, OpeningIsFinished.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    client_ledgers.require_open(account)
    refuse_any(_figure_problems(account, figures, today))
    jurisdiction.lock_firm(by.firm_id)
    before = standing(account)
    if before is None:
        return _begin(account, figures, by, at)
    kept = draft(account, by=by)
    refuse_any(_later_items(kept, figures))
    told = _told(kept)
    kept.on, kept.bank_minor, kept.own_minor = figures.on, figures.bank.minor, figures.own.minor
    kept.save(update_fields=["on", "bank_minor", "own_minor"])
    record(kept, "Changed the figures", by, at, history.differences(told, _told(kept)))
    return kept


def discard(*, account: TrustBankAccount, by: Person, at: datetime) -> None:
    """Throw away the draft; nothing of it was posted.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished.
    """
    opening = draft(account, by=by)
    record(opening, "Threw the draft away", by, at, {})
    opening.delete()


def proof_of(opening: Opening) -> Proof:
    """Return the sum of an opening as it stands."""
    currency = opening.account.currency
    items = dict(
        OpeningItem.objects.filter(opening=opening)
        .values_list("kind")
        .annotate(total=Sum("amount_minor"))
    )
    ledgers = OpeningLedger.objects.filter(opening=opening).aggregate(total=Sum("amount_minor"))
    return Proof(
        bank=Money(opening.bank_minor, currency),
        deposits=Money(items.get("deposit", 0), currency),
        cheques=Money(items.get("cheque", 0), currency),
        ledgers=Money(ledgers["total"] or 0, currency),
        own=Money(opening.own_minor, currency),
    )


def locale_of(account: TrustBankAccount, by: Person, today: date) -> Locale:
    """Return how the firm writes its days and amounts."""
    return Locale(account.currency, today, month_first=by.firm.country == "US")


def _figure_problems(account: TrustBankAccount, figures: Figures, today: date) -> list[Problem]:
    found = []
    locked = periods.locked_through(account.id)
    if figures.on > today:
        found.append(Problem("on", "Choose today or an earlier day."))
    elif locked and figures.on <= locked:
        words = f"The account's period is locked through {locked:%-d %b %Y}. Choose a later day."
        found.append(Problem("on", words))
    return found


def _later_items(opening: Opening, figures: Figures) -> list[Problem]:
    """Return a problem where parts of the draft would be later than its day."""
    moved = OpeningLedger.objects.filter(opening=opening, last_moved_on__gt=figures.on)
    items = OpeningItem.objects.filter(opening=opening, on__gt=figures.on)
    words = "Ledgers or items of this draft are later than this day. Take them out first."
    return [Problem("on", words)] if moved.exists() or items.exists() else []


def _begin(account: TrustBankAccount, figures: Figures, by: Person, at: datetime) -> Opening:
    opening = Opening.objects.create(
        firm_id=by.firm_id,
        account=account,
        on=figures.on,
        bank_minor=figures.bank.minor,
        own_minor=figures.own.minor,
        started_by=by,
        started_at=at,
    )
    changes = {name: ("", str(value)) for name, value in _told(opening).items()}
    record(opening, "Began the opening balances", by, at, changes)
    return opening


def _told(opening: Opening) -> dict[str, object]:
    currency = opening.account.currency
    return {
        "As at": f"{opening.on:%-d %b %Y}",
        "Bank statement": str(Money(opening.bank_minor, currency)),
        "The firm's own money": str(Money(opening.own_minor, currency)),
    }


def record(opening: Opening, act: str, by: Person, at: datetime, changes: history.Changes) -> None:
    """Write it in the account's own story: a draft that is thrown away leaves its trace there."""
    history.record(
        of=(KIND, opening.account_id),
        firm_id=opening.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )
