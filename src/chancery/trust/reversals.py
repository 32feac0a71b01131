"""Take back what was posted: a mistake, a payment that bounced, a cheque that was stopped or went stale.

Nothing is edited: a linked journal mirrors the one it takes back, dated the day it is done, and both
stay. Money that bounced after it was spent is the one case where the law itself makes a debit: where the
place lets it be recorded, what is missing becomes the firm's shortage, so that no client's ledger is
below nothing and no other client's money covers it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from chancery.ledger import balances, posting
from chancery.ledger import reversals as mirrors
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Draft, Line
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.outbox import messages
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import client_ledgers, deficiencies, settings
from chancery.trust.models import Movement, Receipt, Transfer, TrustLedger, Withdrawal
from chancery.trust.models import Reversal as Reversal
from chancery.trust.rules import overdraw

LANE = "documents"
_OWING = (AccountKind.DEFICIENCY, AccountKind.STATUTORY_DEPOSIT)
Kind = Literal["reversal", "dishonor", "stop", "stale"]
Reversible = Receipt | Withdrawal | Transfer | Movement
_NAMES: dict[type[Reversible], str] = {
    each: each.__name__.lower() for each in (Receipt, Withdrawal, Transfer, Movement)
}
_FITS: dict[Kind, tuple[type[Reversible], ...]] = {
    "reversal": (Receipt, Withdrawal, Transfer, Movement),
    "dishonor": (Receipt,),
    "stop": (Withdrawal,),
    "stale": (Withdrawal,),
}


@dataclass(eq=False)
class AlreadyReversed(Refusal):
    """A document is taken back once."""

    code: ClassVar[str] = "trust.already_reversed"

    number: str

    def __str__(self) -> str:
        return f"{self.number} was reversed already. There is nothing left to take back."


@dataclass(eq=False)
class NotOfThisKind(Refusal):
    """Only money received bounces; only a cheque is stopped or goes stale."""

    code: ClassVar[str] = "trust.reversal_does_not_fit"

    number: str

    def __str__(self) -> str:
        return f"{self.number} cannot be taken back in this way. Choose “Reversal”."


@dataclass(frozen=True)
class ReversalDetails:
    """How and why a document is taken back; ``on`` is the legal day, no earlier than the document's."""

    kind: Kind
    on: date
    reason: str


@dataclass(frozen=True)
class Effect:
    """What taking a document back does to one ledger; ``moved`` below nothing is what leaves it.

    ``missing`` is what is to leave and cannot: a shortage where it is recorded, else a refusal.
    """

    ledger: TrustLedger
    before: Money
    moved: Money
    missing: Money

    @property
    def after(self) -> Money:
        """Return what the ledger holds then: a recorded shortage keeps it from going below nothing."""
        return self.before + self.moved + self.missing


def of_document(document: Reversible) -> Reversal | None:
    """Return what took a document back, if anything did."""
    return Reversal.objects.select_related("by").filter(document_id=document.id).first()


def kinds_for(document: Reversible) -> tuple[Kind, ...]:
    """Return in which ways a document may be taken back, the plain mistake first."""
    fitting = (kind for kind, types in _FITS.items() if isinstance(document, types))
    return tuple(kind for kind in fitting if not _is_no_cheque(document, kind))


def foresee(*, document: Reversible, kind: Kind, on: date) -> list[Effect]:
    """Return what taking a document back would do to each ledger. Holds them until commit.

    Only the plain reversal needs its money to be there; a dishonor records what is missing.
    """
    draft = mirrors.mirror(
        journal_id=document.journal_id, kind=kind, on=on, narrative="", key="foreseen"
    )
    touched = [line.account_id for line in draft.lines]
    ledgers = TrustLedger.objects.select_related("account", "matter__client").in_bulk(touched)
    currency = document.account.currency
    held = balances.lock(list(ledgers), on=on)
    missing = {
        ledger_id: max(asked - spendable, 0)
        for ledger_id, (spendable, asked) in _taken(draft, on).items()
    }
    moved = dict.fromkeys(ledgers, 0)
    for line in draft.lines:
        if line.account_id in moved:
            way = -1 if _leaves(line, ledgers[line.account_id].kind) else 1
            moved[line.account_id] += line.amount_minor * way
    return [
        Effect(
            ledger=ledger,
            before=Money(held[ledger_id].held_minor, currency),
            moved=Money(moved[ledger_id], currency),
            missing=Money(missing.get(ledger_id, 0), currency),
        )
        for ledger_id, ledger in ledgers.items()
    ]


def reverse(
    *, document: Reversible, details: ReversalDetails, by: Person, at: datetime, today: date
) -> Reversal:
    """Take a document back by its mirror.

    Refuses: NotAllowed, DetailsNotRight, AlreadyReversed, NotOfThisKind, WouldOverdraw,
    RestorationSettled, DishonorWouldOverdraw, PeriodLocked, LedgerClosed.
    """
    permissions.require(by, permissions.Act.REVERSE_MONEY)
    refuse_any(_problems(document, details, today))
    if not isinstance(document, _FITS[details.kind]) or _is_no_cheque(document, details.kind):
        raise NotOfThisKind(document.number_shown)
    if of_document(document):
        raise AlreadyReversed(document.number_shown)
    if isinstance(document, Movement):
        deficiencies.allow_reversal(document)
    name = _NAMES[type(document)]
    draft = mirrors.mirror(
        journal_id=document.journal_id,
        kind=details.kind,
        on=details.on,
        narrative=f"{details.kind.capitalize()} of {document.number_shown}: {tidy(details.reason)}",
        key=f"{details.kind}:{document.id}",
    )
    covers = _covers(draft, document, details, by=by, at=at)
    posting.post([*covers, draft], by=by.id, at=at)
    return _write(document, name, details, draft, covers=covers, by=by, at=at)


def _problems(document: Reversible, details: ReversalDetails, today: date) -> list[Problem]:
    found = []
    if not 0 < len(tidy(details.reason)) <= 300:  # noqa: PLR2004 - the column's length
        found.append(Problem("reason", "Say why, in at most 300 characters; both entries keep it."))
    if details.on > today:
        found.append(Problem("on", "Choose today or an earlier day."))
    elif details.on < document.on:
        found.append(Problem("on", "Choose the day of the document or a later one."))
    elif details.kind == "reversal" and details.on != today and _is_dated_today():
        found.append(Problem("on", "Here a mistake is put right by an entry dated today."))
    return found


def _is_dated_today() -> bool:
    return settings.policy().ledger.corrections.value.dated_today


def _is_no_cheque(document: Reversible, kind: Kind) -> bool:
    return kind in ("stop", "stale") and getattr(document, "cheque_number", None) is None


def _covers(
    draft: Draft, document: Reversible, details: ReversalDetails, *, by: Person, at: datetime
) -> list[Draft]:
    """Return the journals that record what is missing; refuse where nothing may be missing."""
    spent = _taken(draft, details.on)
    policy = settings.policy()
    currency = document.account.currency
    covers = []
    for ledger_id, (available, asked) in spent.items():
        missing = Money(asked - available, currency)
        if missing.minor <= 0:
            continue
        if details.kind != "dishonor":
            overdraw.allow_withdrawal(policy, Money(available, currency), Money(asked, currency))
        overdraw.dishonor(policy, Money(available, currency), Money(asked, currency))
        covers.append(_cover(ledger_id, missing, draft, document, by=by, at=at))
    return covers


def _taken(draft: Draft, on: date) -> dict[UUID, tuple[int, int]]:
    """Return for each ledger that the mirror takes from: what may leave it, and what is to leave."""
    asked: dict[UUID, int] = {}
    clears: dict[UUID, date] = {}
    ledgers = TrustLedger.objects.filter(pk__in=[line.account_id for line in draft.lines])
    kinds = dict(ledgers.values_list("id", "kind"))
    for line in draft.lines:
        if line.account_id in kinds and _leaves(line, kinds[line.account_id]):
            asked[line.account_id] = asked.get(line.account_id, 0) + line.amount_minor
            clears[line.account_id] = line.clears_on or on
    if not asked:
        return {}
    held = {day: balances.lock(list(asked), on=day) for day in sorted(set(clears.values()) | {on})}
    return {
        ledger: (held[clears[ledger]][ledger].spendable_minor, minor)
        for ledger, minor in asked.items()
    }


def _leaves(line: Line, kind: str) -> bool:
    """Tell whether a line takes from its ledger: a credit does, of what is missing or on deposit."""
    return (line.side == "D") != (kind in _OWING)


def _cover(
    ledger_id: UUID, missing: Money, draft: Draft, document: Reversible, *, by: Person, at: datetime
) -> Draft:
    deficiency = client_ledgers.of_account(
        account=document.account, kind=AccountKind.DEFICIENCY, by=by, at=at
    )
    lines = (
        Line(deficiency.id, "D", missing.minor),
        Line(ledger_id, "C", missing.minor),
    )
    narrative = f"Shortage by the dishonor of {document.number_shown}, for the firm to restore"
    return Draft("shortage", draft.on, narrative, f"shortage:{document.id}:{ledger_id}", lines)


def _write(
    document: Reversible,
    name: str,
    details: ReversalDetails,
    draft: Draft,
    *,
    covers: list[Draft],
    by: Person,
    at: datetime,
) -> Reversal:
    reversal = Reversal.objects.create(
        firm_id=by.firm_id,
        account=document.account,
        kind=details.kind,
        journal_id=draft.id,
        reversed_journal_id=document.journal_id,
        document_kind=name,
        document_id=document.id,
        on=details.on,
        reason=tidy(details.reason),
        shortage_minor=sum(cover.lines[0].amount_minor for cover in covers),
        by=by,
        at=at,
    )
    for cover in covers:
        _open_case(cover, reversal, document, by=by, at=at)
    changes = {"Why": ("", reversal.reason)}
    act = reversal.get_kind_display()
    history.record(
        of=(name, document.id), firm_id=by.firm_id, act=act, by=by, at=at, changes=changes
    )
    message = messages.Draft(
        f"trust.{details.kind}", reversal.id, f"trust.reversal:{reversal.id}", LANE, is_held=True
    )
    messages.enqueue(message, firm_id=by.firm_id, at=at)
    return reversal


def _open_case(
    cover: Draft, reversal: Reversal, document: Reversible, *, by: Person, at: datetime
) -> None:
    """Enter what a dishonor left missing in the register, a case a ledger."""
    missing, short = cover.lines
    found = deficiencies.Found(
        account=document.account,
        amount=Money(missing.amount_minor, document.account.currency),
        on=reversal.on,
        cause=f"Dishonor of {document.number_shown}: {reversal.reason}",
        source="dishonor",
        source_id=cover.id,
        ledger=client_ledgers.visible(short.account_id),
        rule=settings.policy().ledger.overdraw.rule,
    )
    deficiencies.open_case(found, by=by, at=at, firm_id=by.firm_id)
