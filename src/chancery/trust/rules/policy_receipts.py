"""What a place asks of receipts: what they show, when they are made, and when money is banked."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from chancery.trust.rules import readers
from chancery.trust.rules.ruled import Reading, Ruled, Setting, Words, say
from chancery.trust.rules.spans import Due, Span, sooner


class ReceiptField(StrEnum):
    """One thing that a receipt shows."""

    DATE_MADE_OUT = "date_made_out"
    DATE_RECEIVED_IF_DIFFERENT = "date_received_if_different"
    RECEIPT_NUMBER = "receipt_number"
    AMOUNT = "amount"
    AMOUNT_IN_WORDS = "amount_in_words"
    FORM_OF_MONEY = "form_of_money"
    RECEIVED_FROM = "received_from"
    CLIENT_NAME = "client_name"
    MATTER_DESCRIPTION = "matter_description"
    MATTER_REFERENCE = "matter_reference"
    REASON = "reason"
    PRACTICE_NAME = "practice_name"
    MADE_OUT_BY = "made_out_by"


_OTHER_NAMES = {
    "purpose": ReceiptField.REASON,
    "client_credited": ReceiptField.CLIENT_NAME,
    "amount_in_figures": ReceiptField.AMOUNT,
    "date_of_issue": ReceiptField.DATE_MADE_OUT,
    "signature_of_authorised_person": ReceiptField.MADE_OUT_BY,
    "form: cheque | cash | bank transfer": ReceiptField.FORM_OF_MONEY,
}
_LITERAL = "literal:"


@dataclass(frozen=True)
class ReceiptContent:
    """The fields that a receipt shows, and the wordings of which it bears one each."""

    fields: frozenset[ReceiptField]
    literals: tuple[tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        literals = [" or ".join(f"“{words}”" for words in each) for each in self.literals]
        return "; ".join([say(self.fields), *literals])


class Issue(StrEnum):
    """For which money a receipt is made out."""

    EVERY_RECEIPT = "every_receipt"
    CASH_OR_ON_REQUEST = "cash_or_on_request"


class Give(StrEnum):
    """Whether the payer is handed the receipt."""

    ALWAYS = "always"
    ON_REQUEST = "on_request"


@dataclass(frozen=True)
class ControlledSeries:
    """Whether money held for one client alone has receipts of its own, and their wording."""

    is_separate: bool
    literal: str = ""

    def __str__(self) -> str:
        if not self.is_separate:
            return "no"
        return f"yes, headed “{self.literal}”" if self.literal else "yes"


@dataclass(frozen=True)
class Ceiling:
    """An amount in whole units of the place's currency above which something follows, if any."""

    whole: int | None = None

    def __str__(self) -> str:
        return "none" if self.whole is None else f"{self.whole:,}"


def lower_ceiling(one: Ceiling, other: Ceiling) -> bool:
    """Tell whether the first stops no later than the second."""
    return other.whole is None or (one.whole is not None and one.whole <= other.whole)


def ceiling(value: JsonValue) -> Ceiling | None:
    """Return the amount that a limit names."""
    amount = readers.whole(readers.part(value, "amount"))
    return None if amount is None else Ceiling(amount)


def _content(value: JsonValue) -> ReceiptContent | None:
    if not isinstance(value, list):
        return None
    names = [str(each) for each in value]
    literals = tuple(_alternatives(name) for name in names if name.startswith(_LITERAL))
    fields = [_field(name) for name in names if not name.startswith(_LITERAL)]
    known = frozenset(found for found in fields if found is not None)
    return ReceiptContent(known, literals) if None not in fields else None


def _field(name: str) -> ReceiptField | None:
    if name in set(ReceiptField):
        return ReceiptField(name)
    return _OTHER_NAMES.get(name)


def _alternatives(name: str) -> tuple[str, ...]:
    return tuple(each.strip().strip('"') for each in name.removeprefix(_LITERAL).split("|"))


def _consecutive(value: JsonValue) -> bool | None:
    known = ("consecutive_and_issued_in_sequence", "sequential")
    return True if value in known else readers.flag("consecutive")(value)


def _series(value: JsonValue) -> ControlledSeries | None:
    separate, literal = readers.part(value, "separate"), readers.part(value, "literal")
    if not isinstance(separate, bool):
        return None
    return ControlledSeries(separate, literal if isinstance(literal, str) else "")


def _mixed(value: JsonValue) -> Due | None:
    return Due.read(readers.part(value, "transfer_office_part_within") or value)


CONTENT = Setting(
    paths=("receipts.fields",),
    title="A receipt shows",
    read=_content,
    is_as_strict=lambda one, other: one.fields >= other.fields,
    strictest=ReceiptContent(frozenset(ReceiptField)),
)
NUMBERING = Setting(
    paths=("receipts.numbering",),
    title="Receipts numbered and issued in order",
    read=_consecutive,
    is_as_strict=readers.is_yes,
    strictest=True,
)
ISSUE = Setting(
    paths=("receipts.issue_when",),
    title="A receipt is made out for",
    read=readers.choice(Issue),
    is_as_strict=readers.ranked(Issue.EVERY_RECEIPT, Issue.CASH_OR_ON_REQUEST),
    strictest=Issue.EVERY_RECEIPT,
)
GIVE = Setting(
    paths=("receipts.give_to_payer",),
    title="The payer is given the receipt",
    read=readers.choice(Give),
    is_as_strict=readers.ranked(Give.ALWAYS, Give.ON_REQUEST),
    strictest=Give.ON_REQUEST,
)
KEEP_CANCELLED = Setting(
    paths=("receipts.cancelled",),
    title="The original of a cancelled receipt is kept",
    read=readers.flag("keep_original"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
CONTROLLED_SERIES = Setting(
    paths=("receipts.controlled_money_series",),
    title="Controlled money has receipts of its own",
    read=_series,
    is_as_strict=lambda one, other: one.is_separate >= other.is_separate,
    strictest=ControlledSeries(is_separate=True),
)
BANKING = Setting(
    paths=("receipts.banking_deadline",),
    title="Money is banked",
    read=Due.read,
    is_as_strict=sooner,
    strictest=Due(Span(1, "banking_days")),
)
CASH_FIRST = Setting(
    paths=("receipts.cash",),
    title="Cash goes to the pooled account first",
    read=readers.flag("general_account_first"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
CASH_LIMIT = Setting(
    paths=("receipts.cash_limit",),
    title="Cash is refused from",
    read=ceiling,
    is_as_strict=lower_ceiling,
    strictest=Ceiling(7500),
    silent=Ceiling(),
)
CASH_REPORT = Setting(
    paths=("receipts.cash_threshold_reporting",),
    title="Cash is to be reported from",
    read=ceiling,
    is_as_strict=lower_ceiling,
    strictest=Ceiling(10000),
)
MIXED = Setting(
    paths=("receipts.mixed_payment",),
    title="The firm's part of a mixed payment is moved out",
    read=_mixed,
    is_as_strict=sooner,
    strictest=Due(Span(14)),
)
SETTINGS = (
    *(CONTENT, NUMBERING, ISSUE, GIVE, KEEP_CANCELLED, CONTROLLED_SERIES, BANKING),
    *(CASH_FIRST, CASH_LIMIT, CASH_REPORT, MIXED),
)
WORDS = {
    "receipts.issue_when": "When a receipt is made out",
    "receipts.duplicate_required": "A duplicate",
    "receipts.controlled_money_series": "Receipts of controlled money",
    "receipts.cash": "Cash",
    "receipts.cash_limit": "Cash that is refused",
    "receipts.cash_threshold_reporting": "Cash that is reported",
    "receipts.banking_deadline": "Banking",
    "receipts.computer": "Receipts made by computer",
    "receipts.deposit_slip": "The deposit slip",
    "receipts.outside_forms": "Printed receipt forms",
    "receipts.posting": "What the record of a receipt shows",
}


@dataclass(frozen=True)
class ReceiptsPolicy:
    """How money is received."""

    content: Ruled[ReceiptContent]
    numbering: Ruled[bool]
    issue: Ruled[Issue]
    give: Ruled[Give]
    keep_cancelled: Ruled[bool]
    controlled_series: Ruled[ControlledSeries]
    banking: Ruled[Due]
    cash_first: Ruled[bool]
    cash_limit: Ruled[Ceiling]
    cash_report: Ruled[Ceiling]
    mixed: Ruled[Due]
    words: tuple[Words, ...]

    @classmethod
    def of(cls, reading: Reading) -> "ReceiptsPolicy":
        """Return what a place asks of receipts."""
        return cls(
            content=reading.of(CONTENT),
            numbering=reading.of(NUMBERING),
            issue=reading.of(ISSUE),
            give=reading.of(GIVE),
            keep_cancelled=reading.of(KEEP_CANCELLED),
            controlled_series=reading.of(CONTROLLED_SERIES),
            banking=reading.of(BANKING),
            cash_first=reading.of(CASH_FIRST),
            cash_limit=reading.of(CASH_LIMIT),
            cash_report=reading.of(CASH_REPORT),
            mixed=reading.of(MIXED),
            words=reading.words(WORDS),
        )
