"""Count a receipt as cleared before its day: one person asks with evidence, a second one confirms.

Nothing is posted: the money was held all the while. From the day of the confirmation it may leave.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from chancery.ledger import balances, holds
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import receipts, reversals, settings
from chancery.trust.models import ClearanceAnswer as ClearanceAnswer
from chancery.trust.models import ClearanceRequest as ClearanceRequest
from chancery.trust.models import Receipt, ReceiptLine

LONGEST_WORDS, LONGEST_REFERENCE = 300, 80


@dataclass(eq=False)
class NoSuchClearance(Refusal):
    """This firm has no such question."""

    code: ClassVar[str] = "trust.no_such_clearance"

    def __str__(self) -> str:
        return "Nobody asked such a question. Go back to the receipt."


@dataclass(eq=False)
class ReceiptCleared(Refusal):
    """The receipt counts as cleared already."""

    code: ClassVar[str] = "trust.receipt_cleared"

    number: str
    on: date

    def __str__(self) -> str:
        return f"{self.number} counts as cleared from {self.on:%-d %b %Y}. There is nothing left to do."


@dataclass(eq=False)
class ReceiptTakenBack(Refusal):
    """A receipt that was reversed or bounced never clears."""

    code: ClassVar[str] = "trust.receipt_taken_back"

    number: str

    def __str__(self) -> str:
        return f"{self.number} was taken back. Take a new receipt if the money came again."


@dataclass(eq=False)
class ClearanceAsked(Refusal):
    """Somebody asked already and waits for an answer."""

    code: ClassVar[str] = "trust.clearance_asked"

    number: str
    by: str

    def __str__(self) -> str:
        return f"{self.by} asked for {self.number} already. Let a second person answer that first."


@dataclass(eq=False)
class NoClearanceAsked(Refusal):
    """Nobody asked, or the question was answered."""

    code: ClassVar[str] = "trust.no_clearance_asked"

    number: str

    def __str__(self) -> str:
        return f"Nobody waits for an answer about {self.number}. Look at its history."


@dataclass(eq=False)
class OwnClearance(Refusal):
    """Whoever asks does not confirm."""

    code: ClassVar[str] = "trust.own_clearance"

    rule: str

    def __str__(self) -> str:
        return "You asked for this yourself. Let a second person look at the evidence and confirm."


@dataclass(frozen=True)
class Evidence:
    """Why the money is thought to be there: in words, and by the bank's own reference."""

    words: str
    bank_reference: str


def found() -> QuerySet[ClearanceRequest]:
    """Return every question and its answer, with who asked and who answered."""
    named = ("receipt__account", "asked_by", "answer__by")
    return ClearanceRequest.objects.select_related(*named)


def visible(clearance_id: UUID) -> ClearanceRequest:
    """Return a question of this firm with its answer, if there is one.

    Refuses: NoSuchClearance.
    """
    question = found().filter(pk=clearance_id).first()
    if question is None:
        raise NoSuchClearance
    return question


def asked(receipt: Receipt) -> ClearanceRequest | None:
    """Return the request that waits for an answer, if one does."""
    requests = ClearanceRequest.objects.select_related("asked_by", "receipt")
    return requests.filter(receipt=receipt, answer__isnull=True).first()


def confirmed(receipt: Receipt) -> ClearanceAnswer | None:
    """Return the confirmation by which a receipt cleared early, if there is one."""
    answers = ClearanceAnswer.objects.select_related("by", "request__asked_by")
    return answers.filter(request__receipt=receipt, is_confirmed=True).first()


def cleared_from(receipt: Receipt) -> date:
    """Return the day from which a receipt counts as cleared, as it stands now."""
    early = confirmed(receipt)
    return early.on if early else receipt.clears_on


def ask(
    *, receipt: Receipt, evidence: Evidence, by: Person, at: datetime, today: date
) -> ClearanceRequest:
    """Ask to count a receipt as cleared; a second person answers.

    Refuses: NotAllowed, DetailsNotRight, ReceiptTakenBack, ReceiptCleared, ClearanceAsked.
    """
    permissions.require(by, permissions.Act.TAKE_RECEIPTS)
    words, reference = tidy(evidence.words), tidy(evidence.bank_reference)
    refuse_any(_problems(words, reference))
    _lock(receipt, today)
    _may_clear(receipt, today)
    if waiting := asked(receipt):
        raise ClearanceAsked(receipt.number_shown, waiting.asked_by.name)
    request = ClearanceRequest.objects.create(
        firm_id=by.firm_id,
        receipt=receipt,
        evidence=words,
        bank_reference=reference,
        asked_by=by,
        asked_at=at,
    )
    changes = {"Evidence": ("", words), "Bank reference": ("", reference)}
    _record(receipt, "Asked to count it as cleared", by, at, changes)
    return request


def confirm(*, receipt: Receipt, by: Person, at: datetime, today: date) -> ClearanceAnswer:
    """Count a receipt as cleared from today on.

    Refuses: NotAllowed, NoClearanceAsked, OwnClearance, ReceiptTakenBack, ReceiptCleared.
    """
    permissions.require(by, permissions.Act.APPROVE_MONEY)
    request = _waiting(receipt, by, today)
    _may_clear(receipt, today)
    for line in _lines_of(receipt):
        holds.clear_early(journal_id=receipt.journal_id, line=line, on=today, by=by.id, at=at)
    changes = {"Cleared from": (f"{receipt.clears_on:%-d %b %Y}", f"{today:%-d %b %Y}")}
    _record(receipt, "Confirmed that it cleared", by, at, changes)
    return _answer(request, is_confirmed=True, words="", on=today, by=by, at=at)


def decline(
    *, receipt: Receipt, words: str, by: Person, at: datetime, today: date
) -> ClearanceAnswer:
    """Leave a receipt to clear on its day; whoever asked may take the question back so, too.

    Refuses: NotAllowed, DetailsNotRight, NoClearanceAsked.
    """
    words = tidy(words)
    problem = Problem("words", "Say why, in at most 300 characters; whoever asked reads it.")
    refuse_any([] if 0 < len(words) <= LONGEST_WORDS else [problem])
    _lock(receipt, today)
    request = asked(receipt)
    if request is None:
        raise NoClearanceAsked(receipt.number_shown)
    if request.asked_by_id != by.id:
        permissions.require(by, permissions.Act.APPROVE_MONEY)
    _record(receipt, "Declined to count it as cleared", by, at, {"Why": ("", words)})
    return _answer(request, is_confirmed=False, words=words, on=today, by=by, at=at)


def _problems(words: str, reference: str) -> list[Problem]:
    found = []
    if not 0 < len(words) <= LONGEST_WORDS:
        found.append(Problem("words", "Say what shows that the bank has paid, in 300 characters."))
    if not 0 < len(reference) <= LONGEST_REFERENCE:
        found.append(Problem("bank_reference", "Enter the bank's reference, up to 80 characters."))
    return found


def _waiting(receipt: Receipt, by: Person, today: date) -> ClearanceRequest:
    _lock(receipt, today)
    request = asked(receipt)
    if request is None:
        raise NoClearanceAsked(receipt.number_shown)
    if request.asked_by_id == by.id:
        raise OwnClearance(settings.policy().clearing.hold.rule)
    return request


def _lock(receipt: Receipt, today: date) -> None:
    """Hold the receipt's ledgers: who asks, answers or takes it back does so one after the other."""
    ledgers = ReceiptLine.objects.filter(receipt=receipt).values_list("ledger_id", flat=True)
    balances.lock(list(ledgers), on=today)


def _may_clear(receipt: Receipt, today: date) -> None:
    if reversals.of_document(receipt):
        raise ReceiptTakenBack(receipt.number_shown)
    on = cleared_from(receipt)
    if on <= today:
        raise ReceiptCleared(receipt.number_shown, on)


def _lines_of(receipt: Receipt) -> list[int]:
    """Return the lines of the receipt's journal that wait: the bank's is the first, then the parts."""
    parts = ReceiptLine.objects.filter(receipt=receipt).order_by("line")
    return [line + 1 for line in parts.values_list("line", flat=True)]


def _answer(
    request: ClearanceRequest, *, is_confirmed: bool, words: str, on: date, by: Person, at: datetime
) -> ClearanceAnswer:
    return ClearanceAnswer.objects.create(
        firm_id=by.firm_id,
        request=request,
        is_confirmed=is_confirmed,
        words=words,
        on=on,
        by=by,
        at=at,
    )


def _record(receipt: Receipt, act: str, by: Person, at: datetime, changes: history.Changes) -> None:
    of: tuple[str, UUID] = (receipts.KIND, receipt.id)
    history.record(of=of, firm_id=by.firm_id, act=act, by=by, at=at, changes=changes)
