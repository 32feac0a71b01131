"""Deposit slips: cash and paper that goes to the bank together, where the firm keeps such slips."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import client_ledgers, jurisdiction, reversals
from chancery.trust.models import DepositSlip as DepositSlip
from chancery.trust.models import DepositSlipLine, Receipt, TrustBankAccount
from chancery.trust.rules.policy_clearing import Method

KIND = "deposit slip"
CARRIED = (Method.CASH, Method.CHEQUE, Method.BANK_CHEQUE)
ORDER = ("-opened_at", "-id")
LINES_AT_MOST = 500


@dataclass(eq=False)
class NoSuchSlip(Refusal):
    """This firm has no such deposit slip."""

    code: ClassVar[str] = "trust.no_such_slip"

    def __str__(self) -> str:
        return "There is no such deposit slip. Go back to the list."


@dataclass(eq=False)
class NotForThisSlip(Refusal):
    """The receipt is of another account, came electronically, was taken back, or lies on a slip."""

    code: ClassVar[str] = "trust.receipt_is_not_for_this_slip"

    def __str__(self) -> str:
        return "One of the receipts does not wait for the bank any more. Reload the page and choose again."


@dataclass(eq=False)
class SlipBanked(Refusal):
    """A slip that was banked stays as it is."""

    code: ClassVar[str] = "trust.slip_banked"

    number: int

    def __str__(self) -> str:
        return f"Deposit slip {self.number} was banked. Put the receipt on the open one."


@dataclass(eq=False)
class SlipNotSound(Refusal):
    """A slip with nothing on it, or with a receipt that was taken back, is not banked."""

    code: ClassVar[str] = "trust.slip_not_sound"

    numbers: tuple[str, ...]

    def __str__(self) -> str:
        if not self.numbers:
            return "Nothing lies on this slip. Put the cash and cheques on it first."
        return f"{', '.join(self.numbers)} was taken back. Take it off the slip first."


def visible(slip_id: UUID) -> DepositSlip:
    """Return a deposit slip of this firm.

    Refuses: NoSuchSlip.
    """
    slips = DepositSlip.objects.select_related("account", "opened_by", "banked_by")
    found = slips.filter(pk=slip_id).first()
    if found is None:
        raise NoSuchSlip
    return found


def found(account_id: UUID | None = None) -> QuerySet[DepositSlip]:
    """Return the slips, the latest first."""
    slips = DepositSlip.objects.select_related("account", "opened_by", "banked_by")
    return (slips.filter(account_id=account_id) if account_id else slips).order_by(*ORDER)


def open_one(account: TrustBankAccount) -> DepositSlip | None:
    """Return the account's open slip, if it has one."""
    return DepositSlip.objects.filter(account=account, banked_on__isnull=True).first()


def receipts_on(slip: DepositSlip) -> list[Receipt]:
    """Return what lies on a slip, by number."""
    return list(Receipt.objects.filter(slip_line__slip=slip).order_by("number"))


def slip_of(receipt: Receipt) -> DepositSlip | None:
    """Return the slip that a receipt lies on, if any."""
    return DepositSlip.objects.filter(lines__receipt=receipt).first()


def total_of(slip: DepositSlip) -> Money:
    """Return what lies on a slip, together."""
    return Money(sum(one.amount_minor for one in receipts_on(slip)), slip.account.currency)


def waiting(account: TrustBankAccount) -> list[Receipt]:
    """Return cash and cheques of an account that lie on no slip and stand, the oldest first."""
    receipts = on_no_slip(Receipt.objects.filter(account=account)).order_by("on", "number")
    return list(receipts[:LINES_AT_MOST])


def on_no_slip(receipts: QuerySet[Receipt]) -> QuerySet[Receipt]:
    """Return those of receipts that are cash or paper, lie on no slip and stand."""
    taken_back = reversals.Reversal.objects.filter(document_id=OuterRef("pk"))
    return receipts.filter(method__in=CARRIED, slip_line__isnull=True).exclude(Exists(taken_back))


def put_on(
    *, account: TrustBankAccount, receipt_ids: Collection[UUID], by: Person, at: datetime
) -> DepositSlip:
    """Put receipts on the account's open slip; open the next slip where none is open.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, NotForThisSlip.
    """
    permissions.require(by, permissions.Act.TAKE_RECEIPTS)
    client_ledgers.require_open(account)
    refuse_any([] if receipt_ids else [Problem("receipts", "Choose at least one receipt.")])
    jurisdiction.lock_firm(by.firm_id)
    chosen = [one for one in waiting(account) if one.id in set(receipt_ids)]
    if len(chosen) != len(set(receipt_ids)):
        raise NotForThisSlip
    slip = open_one(account) or _open(account, by, at)
    DepositSlipLine.objects.bulk_create(
        DepositSlipLine(firm_id=by.firm_id, slip=slip, receipt=one) for one in chosen
    )
    numbers = ", ".join(one.number_shown for one in chosen)
    _record(slip, "Put on", by, at, {"Receipts": ("", numbers)})
    return slip


def take_off(*, slip: DepositSlip, receipt_id: UUID, by: Person, at: datetime) -> None:
    """Take a receipt off a slip that is still open; it waits for the bank again.

    Refuses: NotAllowed, SlipBanked, NotForThisSlip.
    """
    permissions.require(by, permissions.Act.TAKE_RECEIPTS)
    slip = _locked(slip)
    line = DepositSlipLine.objects.filter(slip=slip, receipt_id=receipt_id)
    line = line.select_related("receipt")
    taken = line.first()
    if taken is None:
        raise NotForThisSlip
    taken.delete()
    _record(slip, "Taken off", by, at, {"Receipts": (taken.receipt.number_shown, "")})


def bank(
    *, slip: DepositSlip, on: date, reference: str, by: Person, at: datetime, today: date
) -> DepositSlip:
    """Close a slip: its money was paid in at the bank on a day. The ledger holds it already.

    Refuses: NotAllowed, DetailsNotRight, SlipBanked, SlipNotSound.
    """
    permissions.require(by, permissions.Act.TAKE_RECEIPTS)
    slip = _locked(slip)
    lying = receipts_on(slip)
    refuse_any(_problems(lying, on, reference, today))
    back = tuple(one.number_shown for one in lying if reversals.of_document(one))
    if back or not lying:
        raise SlipNotSound(back)
    slip.banked_on, slip.banked_at, slip.banked_by = on, at, by
    slip.bank_reference = tidy(reference)
    slip.save(update_fields=["banked_on", "banked_at", "banked_by", "bank_reference"])
    changes = {"Banked on": ("", f"{on:%-d %b %Y}"), "Bank reference": ("", slip.bank_reference)}
    _record(slip, "Banked", by, at, {key: told for key, told in changes.items() if told[1]})
    return slip


def _problems(lying: list[Receipt], on: date, reference: str, today: date) -> list[Problem]:
    found = []
    if on > today:
        found.append(Problem("on", "Choose today or an earlier day."))
    elif any(one.on > on for one in lying):
        found.append(Problem("on", "Choose a day on or after the latest receipt of the slip."))
    if len(tidy(reference)) > 80:  # noqa: PLR2004 - the column's length
        found.append(Problem("reference", "Use at most 80 characters."))
    return found


def _open(account: TrustBankAccount, by: Person, at: datetime) -> DepositSlip:
    last = DepositSlip.objects.filter(account=account).aggregate(last=Max("number"))["last"] or 0
    slip = DepositSlip.objects.create(
        firm_id=by.firm_id, account=account, number=last + 1, opened_at=at, opened_by=by
    )
    _record(slip, "Opened", by, at, {"Trust account": ("", account.name)})
    return slip


def _locked(slip: DepositSlip) -> DepositSlip:
    jurisdiction.lock_firm(slip.firm_id)
    found = visible(slip.id)
    if found.banked_on is not None:
        raise SlipBanked(found.number)
    return found


def _record(
    slip: DepositSlip, act: str, by: Person, at: datetime, changes: history.Changes
) -> None:
    of = (KIND, slip.id)
    history.record(of=of, firm_id=by.firm_id, act=act, by=by, at=at, changes=changes)
