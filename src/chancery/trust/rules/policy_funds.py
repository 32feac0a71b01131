"""Whose money is in the account besides the clients': the firm's own, and interest."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from chancery.trust.rules import readers
from chancery.trust.rules.ruled import Reading, Ruled, Setting, Words


class OwnFundsKind(StrEnum):
    """How much of its own money a firm may keep with its clients'."""

    NONE = "none"
    CAPPED = "capped"
    BANK_CHARGES = "bank_charges"


@dataclass(frozen=True)
class OwnFunds:
    """The firm's own money that may lie in a pooled account; a cap is in whole units."""

    kind: OwnFundsKind
    cap: int | None = None

    def __str__(self) -> str:
        match self.kind:
            case OwnFundsKind.NONE:
                return "none"
            case OwnFundsKind.CAPPED:
                return f"at most {self.cap:,} in a pooled account"
        return "what bank charges need" + (
            f", at most {self.cap:,}" if self.cap is not None else ""
        )


class PaidBy(StrEnum):
    """Who bears the bank's charges; the clients never do."""

    OFFICE = "office"
    FLOAT = "float"


class Interest(StrEnum):
    """To whom interest on the pooled account goes; held until it is known to whom."""

    HELD = "held_until_known"
    PUBLIC_FUND = "public_fund"
    FOUNDATION = "foundation"
    CLIENT = "client"
    FAIR_SUM = "fair_sum"


def _own_funds(value: JsonValue) -> OwnFunds | None:
    if value is False:
        return OwnFunds(OwnFundsKind.NONE)
    cap = readers.whole(readers.part(value, "max"))
    if readers.part(value, "kind") == OwnFundsKind.BANK_CHARGES.value:
        return OwnFunds(OwnFundsKind.BANK_CHARGES, cap)
    return None if cap is None else OwnFunds(OwnFundsKind.CAPPED, cap)


def _keeps_less(one: OwnFunds, other: OwnFunds) -> bool:
    if one.kind is OwnFundsKind.NONE or other.kind is OwnFundsKind.NONE:
        return one.kind is OwnFundsKind.NONE
    if other.cap is None:
        return one.kind is other.kind or one.cap is not None
    return one.cap is not None and one.cap <= other.cap


OWN_FUNDS = Setting(
    paths=("own_funds.allowed",),
    title="The firm's own money in the account",
    read=_own_funds,
    is_as_strict=_keeps_less,
    strictest=OwnFunds(OwnFundsKind.NONE),
)
CHARGES = Setting(
    paths=("account.bank_charges", "own_funds.bank_charges", "own_funds.allowed"),
    title="Bank charges are borne by",
    read=readers.choice(PaidBy, "paid_by"),
    is_as_strict=readers.ranked(PaidBy.OFFICE, PaidBy.FLOAT),
    strictest=PaidBy.OFFICE,
)
INTEREST = Setting(
    paths=("interest.beneficiary", "interest.pooled", "interest.s86_2", "interest.duty"),
    title="Interest on the pooled account goes to",
    read=readers.choice(Interest, "pooled"),
    is_as_strict=readers.ranked(*Interest),
    strictest=Interest.HELD,
)
ADVANCES = Setting(
    paths=("own_funds.note",),
    title="The firm may lend a client's ledger its own money",
    read=readers.flag("may_advance"),
    is_as_strict=lambda one, other: other or not one,
    strictest=False,
)
SETTINGS = (OWN_FUNDS, CHARGES, INTEREST, ADVANCES)
WORDS = {
    "own_funds.allowed": "The firm's own money",
    "own_funds.note": "Advances to a client's ledger",
    "own_funds.sample": "Seen as the firm's own balance",
    "own_funds.bank_charges": "Bank charges",
    "account.bank_charges": "Bank charges",
    "interest.beneficiary": "Interest",
    "interest.duty": "Interest",
    "interest.pooled": "Interest on pooled money",
    "interest.s86_2": "Interest on pooled money",
}


@dataclass(frozen=True)
class FundsPolicy:
    """Money in the account that is no client's, and where it belongs."""

    own_funds: Ruled[OwnFunds]
    charges: Ruled[PaidBy]
    interest: Ruled[Interest]
    advances: Ruled[bool]
    words: tuple[Words, ...]

    @classmethod
    def of(cls, reading: Reading) -> "FundsPolicy":
        """Return what a place asks about money that is no client's."""
        return cls(
            own_funds=reading.of(OWN_FUNDS),
            charges=reading.of(CHARGES),
            interest=reading.of(INTEREST),
            advances=reading.of(ADVANCES),
            words=reading.words(WORDS),
        )
