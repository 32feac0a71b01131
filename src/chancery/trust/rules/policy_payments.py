"""What a place asks of payments out: how, by whom, on which cheque, and what is recorded."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from chancery.trust.rules import readers
from chancery.trust.rules.ruled import Reading, Ruled, Setting, Words, say


class PaymentMethod(StrEnum):
    """How money is paid out; cash is a cash payment, never a cheque to cash."""

    CHEQUE = "cheque"
    ELECTRONIC = "electronic"
    CASH = "cash"


class ChequeRule(StrEnum):
    """One thing that is asked of every trust cheque."""

    NAMED_PAYEE = "named_payee"
    NEVER_CASH = "never_cash"
    PRACTICE_NAME = "practice_name"
    NUMBERED = "numbered"
    NEVER_BLANK = "never_blank"
    NEVER_POST_DATED = "never_post_dated"
    HAND_SIGNED = "hand_signed"
    LAWYER_SIGNS = "lawyer_signs"


@dataclass(frozen=True)
class ChequeRules:
    """What is asked of every cheque, and the wordings of which it bears one each."""

    rules: frozenset[ChequeRule]
    marks: tuple[tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        marks = [" or ".join(f"“{words}”" for words in each) for each in self.marks]
        return "; ".join([say(self.rules), *marks])


class CashCheque(StrEnum):
    """Whether a cheque may be made out to cash."""

    NEVER = "never"
    WITH_CLIENT_AUTHORITY = "with_client_authority"


class CashOut(StrEnum):
    """Whether money may be handed out in cash."""

    NEVER = "never"
    WITNESSED_SIGNATURE = "witnessed_signature"


@dataclass(frozen=True)
class Release:
    """How many people stand behind a payment of more than an amount; fewer in a firm of one.

    The one who prepares it counts among them if they may sign.
    """

    people: int
    over: int = 0
    alone: int = 0

    def __str__(self) -> str:
        people = "two people" if self.people == _TWO else f"{self.people} person"
        people += f" above {self.over:,}, else one" if self.over else ""
        return people + (
            "; one where only one may sign" if self.alone and self.alone < self.people else ""
        )


_TWO = 2
_METHODS = {
    "cheque": PaymentMethod.CHEQUE,
    "eft": PaymentMethod.ELECTRONIC,
    "electronic": PaymentMethod.ELECTRONIC,
    "electronic_transfer": PaymentMethod.ELECTRONIC,
    "cash": PaymentMethod.CASH,
}


def _methods(value: JsonValue) -> frozenset[PaymentMethod] | None:
    if not isinstance(value, list) or not {str(each) for each in value} <= _METHODS.keys():
        return None
    return frozenset(_METHODS[str(each)] for each in value)


def _cheque_rules(value: JsonValue) -> ChequeRules | None:
    rules, marks = readers.part(value, "rules"), readers.part(value, "marks")
    if not isinstance(rules, list) or not {str(rule) for rule in rules} <= set(ChequeRule):
        return None
    alternatives = marks if isinstance(marks, list) else []
    return ChequeRules(
        frozenset(ChequeRule(str(rule)) for rule in rules),
        tuple(readers.names(each) or () for each in alternatives),
    )


def _cash_cheque(value: JsonValue) -> CashCheque | None:
    rules = _cheque_rules(value)
    if rules is None:
        return readers.choice(CashCheque)(value)
    return CashCheque.NEVER if ChequeRule.NEVER_CASH in rules.rules else None


def _release(value: JsonValue) -> Release | None:
    signatories = readers.part(value, "signatories") or readers.part(value, "people")
    people = readers.whole(signatories)
    over, alone = (readers.whole(readers.part(value, name)) for name in ("over", "alone"))
    return Release(people, over or 0, alone or people) if people else None


def _stricter_release(one: Release, other: Release) -> bool:
    if other.people <= 1:
        return one.people >= other.people
    return one.people >= other.people and one.over <= other.over


METHODS = Setting(
    paths=("payments.methods",),
    title="Money is paid out by",
    read=_methods,
    is_as_strict=readers.allows_no_more,
    strictest=frozenset({PaymentMethod.CHEQUE, PaymentMethod.ELECTRONIC}),
)
CHEQUE = Setting(
    paths=("payments.cheque_rules", "payments.cheque", "payments.checks", "payments.payee"),
    title="A cheque",
    read=_cheque_rules,
    is_as_strict=lambda one, other: one.rules >= other.rules,
    strictest=ChequeRules(frozenset(ChequeRule)),
)
CASH_CHEQUE = Setting(
    paths=("payments.cash_cheque", *CHEQUE.paths),
    title="A cheque to cash",
    read=_cash_cheque,
    is_as_strict=readers.ranked(CashCheque.NEVER, CashCheque.WITH_CLIENT_AUTHORITY),
    strictest=CashCheque.NEVER,
)
CASH_OUT = Setting(
    paths=("payments.cash_paid_out",),
    title="Money handed out in cash",
    read=readers.choice(CashOut),
    is_as_strict=readers.ranked(CashOut.NEVER, CashOut.WITNESSED_SIGNATURE),
    strictest=CashOut.NEVER,
)
RELEASE = Setting(
    paths=("payments.two_signatories", "payments.authorisation"),
    title="Behind a payment stand",
    read=_release,
    is_as_strict=_stricter_release,
    strictest=Release(people=2, alone=1),
)
RECORDS = Setting[tuple[str, ...]](
    paths=("payments.records",),
    title="The record of a payment shows",
    read=readers.names,
    is_as_strict=readers.holds_all,
    strictest=(
        *("date", "number", "amount"),
        "payee (for ADI-payable cheque: ADI and person benefiting)",
        *("client and matter", "ledger account", "EFT: account name, number, BSB"),
    ),
)
CLIENT_AUTHORITY = Setting(
    paths=("payments.conditions",),
    title="The client's instruction is recorded first",
    read=readers.flag("client_authority"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
BACK_THROUGH_POOL = Setting(
    paths=("payments.from_ibd",),
    title="Invested money returns to the pooled account before it is paid",
    read=readers.flag("through_trust_account"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
RELEASE_RECORD = Setting(
    paths=("payments.dual_release_record",),
    title="Who prepared and who released is recorded",
    read=readers.flag("initiator_and_releaser"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
SETTINGS = (
    *(METHODS, CHEQUE, CASH_CHEQUE, CASH_OUT, RELEASE, RECORDS, CLIENT_AUTHORITY),
    *(BACK_THROUGH_POOL, RELEASE_RECORD),
)
WORDS = {
    "payments.authorisation": "Who authorises",
    "payments.signatory": "Who signs",
    "payments.two_signatories": "Two signatories",
    "payments.conditions": "Before a payment",
    "payments.permitted_purposes": "What money may be paid for",
    "payments.cheque_rules": "Cheques",
    "payments.cheque": "Cheques",
    "payments.checks": "Checks",
    "payments.payee": "The payee",
    "payments.cash_cheque": "Cheques to cash",
    "payments.cash_paid_out": "Cash paid out",
    "payments.electronic": "Electronic payments",
    "payments.land_transfer": "Land transfer payments",
    "payments.from_ibd": "Payments from an interest bearing deposit",
    "payments.dual_release_record": "The record of a release",
    "payments.record": "What every payment shows",
    "payments.supporting_record": "The supporting record",
    "online_banking.rule": "Banking passwords",
}


@dataclass(frozen=True)
class PaymentsPolicy:
    """How money is paid out."""

    methods: Ruled[frozenset[PaymentMethod]]
    cheque: Ruled[ChequeRules]
    cash_cheque: Ruled[CashCheque]
    cash_out: Ruled[CashOut]
    release: Ruled[Release]
    records: Ruled[tuple[str, ...]]
    client_authority: Ruled[bool]
    back_through_pool: Ruled[bool]
    release_record: Ruled[bool]
    words: tuple[Words, ...]

    @classmethod
    def of(cls, reading: Reading) -> "PaymentsPolicy":
        """Return what a place asks of payments."""
        return cls(
            methods=reading.of(METHODS),
            cheque=reading.of(CHEQUE),
            cash_cheque=reading.of(CASH_CHEQUE),
            cash_out=reading.of(CASH_OUT),
            release=reading.of(RELEASE),
            records=reading.of(RECORDS),
            client_authority=reading.of(CLIENT_AUTHORITY),
            back_through_pool=reading.of(BACK_THROUGH_POOL),
            release_record=reading.of(RELEASE_RECORD),
            words=reading.words(WORDS),
        )
