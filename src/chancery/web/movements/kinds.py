"""The four registers of movements, what each lists, and what can be recorded in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chancery.trust.movements import Movement, MovementKind
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_deposit import DepositKind
from chancery.trust.rules.policy_funds import Interest, OwnFundsKind
from chancery.trust.rules.ruled import Ruled
from chancery.web.movements import deposit_rules
from chancery.web.shell.words import plural

Minor = Callable[[Movement], int | None]


@dataclass(frozen=True)
class AmountColumn:
    """A column of figures: its head, and what of a movement stands in it, in minor units."""

    title: str
    minor: Minor


@dataclass(frozen=True)
class MovementRegister:
    """A register: its name in an address and on a page, what it lists, and which acts are recorded in it."""

    slug: str
    title: str
    told: str
    kinds: tuple[MovementKind, ...]
    amounts: tuple[AmountColumn, ...]
    acts: tuple[str, ...]
    names_ledger: bool
    when_empty: str


@dataclass(frozen=True)
class RecordedAct:
    """Something that a person records. Its sentences may name the firm's words."""

    slug: str
    register: str
    title: str
    button: str
    told: str
    reason: str

    def in_words(self, sentence: str, words: Mapping[str, str]) -> str:
        """Return a sentence of this act in the firm's words."""
        return sentence.format_map({**words, "persons": plural(words["person"])})


def _of(*kinds: MovementKind) -> Minor:
    return lambda moved: moved.amount_minor if moved.kind in kinds else None


def _kept(part: str) -> Minor:
    def minor(moved: Movement) -> int | None:
        return getattr(moved, part) if moved.kind == MovementKind.INTEREST else None

    return minor


def _short(moved: Movement) -> int | None:
    return int(getattr(moved, "short_minor", 0))


def _borne(moved: Movement) -> int | None:
    if moved.kind != MovementKind.BANK_CHARGE:
        return None
    return moved.amount_minor - int(getattr(moved, "short_minor", 0))


REGISTERS = {
    one.slug: one
    for one in (
        MovementRegister(
            slug="interest",
            title="Interest",
            told="What the bank paid on {money}, to whom it went, and what waits to be paid on.",
            kinds=(MovementKind.INTEREST, MovementKind.FOUNDATION_PAID),
            amounts=(
                AmountColumn("Gross", _kept("gross_minor")),
                AmountColumn("Tax", _kept("tax_minor")),
                AmountColumn("Fees", _kept("fees_minor")),
                AmountColumn("Credited", _of(MovementKind.INTEREST)),
                AmountColumn("Paid on", _of(MovementKind.FOUNDATION_PAID)),
            ),
            acts=("interest", "interest-for-others", "interest-paid-on"),
            names_ledger=True,
            when_empty="No interest is recorded yet",
        ),
        MovementRegister(
            slug="bank-charges",
            title="Bank charges",
            told="What the bank took. No {person} ever bears it: the firm's own money does, or the office.",
            kinds=(MovementKind.BANK_CHARGE,),
            amounts=(
                AmountColumn("Charge", _of(MovementKind.BANK_CHARGE)),
                AmountColumn("From our own money", _borne),
                AmountColumn("Short, for the office", _short),
            ),
            acts=("bank-charge",),
            names_ledger=False,
            when_empty="No bank charge is recorded yet",
        ),
        MovementRegister(
            slug="own-money",
            title="The firm's own money",
            told="What the firm keeps of its own in the account, and how far the place lets it.",
            kinds=(
                MovementKind.OWN_FUNDS_IN,
                MovementKind.OWN_FUNDS_OUT,
                MovementKind.BANK_CHARGE,
            ),
            amounts=(
                AmountColumn("Paid in", _of(MovementKind.OWN_FUNDS_IN)),
                AmountColumn("Taken out", _of(MovementKind.OWN_FUNDS_OUT)),
                AmountColumn("Bank charges borne", _borne),
            ),
            acts=("own-money-in", "own-money-out"),
            names_ledger=False,
            when_empty="None of the firm's own money has moved here",
        ),
        MovementRegister(
            slug="advances",
            title="Advances to a {ledger}",
            told="The firm's own money lent to a {ledger}, and taken back: its interest in the account.",
            kinds=(MovementKind.ADVANCE, MovementKind.ADVANCE_RECOVERED),
            amounts=(
                AmountColumn("Lent", _of(MovementKind.ADVANCE)),
                AmountColumn("Taken back", _of(MovementKind.ADVANCE_RECOVERED)),
            ),
            acts=("advance", "advance-back"),
            names_ledger=True,
            when_empty="Nothing was lent yet",
        ),
        MovementRegister(
            slug="statutory-deposit",
            title="Statutory deposit",
            told="The {money} that lies on deposit by statute. No {ledger} moves, only where money lies.",
            kinds=(MovementKind.DEPOSIT_MADE, MovementKind.DEPOSIT_DRAWN),
            amounts=(
                AmountColumn("Deposited", _of(MovementKind.DEPOSIT_MADE)),
                AmountColumn("Drawn", _of(MovementKind.DEPOSIT_DRAWN)),
            ),
            acts=("deposit-made", "deposit-drawn"),
            names_ledger=False,
            when_empty="Nothing was deposited yet",
        ),
    )
}
ACTS = {
    one.slug: one
    for one in (
        RecordedAct(
            "interest",
            "interest",
            "Credit {persons} with interest",
            "Credit the interest",
            "Each {ledger} is credited with what it earned, less the tax and fees that the bank kept back.",
            "Interest of the month, by the statement",
        ),
        RecordedAct(
            "interest-for-others",
            "interest",
            "Record interest to be paid on",
            "Record the interest",
            "It belongs to no {person}: it waits in a ledger of its own until it is paid on.",
            "Interest of the month, by the statement",
        ),
        RecordedAct(
            "interest-paid-on",
            "interest",
            "Pay interest on",
            "Record that it was paid on",
            "What waits leaves the account to whom the place gives it.",
            "To whom, and for which months",
        ),
        RecordedAct(
            "bank-charge",
            "bank-charges",
            "Record a bank charge",
            "Record the charge",
            "The firm's own money bears it first; the rest is a shortage that the office makes good.",
            "What the statement calls it",
        ),
        RecordedAct(
            "own-money-in",
            "own-money",
            "Pay our own money in",
            "Pay it in",
            "From the {firm_account} into the {pool_account}, as far as the place lets the firm.",
            "Such as: to meet bank charges",
        ),
        RecordedAct(
            "own-money-out",
            "own-money",
            "Take our own money out",
            "Take it out",
            "From the {pool_account} to the {firm_account}, as far as it goes.",
            "Such as: no longer needed",
        ),
        RecordedAct(
            "advance",
            "advances",
            "Lend a {ledger} our money",
            "Lend it",
            "From the {firm_account} to one {ledger}, to be taken back when the {person} has paid.",
            "Such as: filing fee, until funds arrive",
        ),
        RecordedAct(
            "advance-back",
            "advances",
            "Take back what we lent",
            "Take it back",
            "From the {ledger} to the {firm_account}, at most what was lent and the ledger holds.",
            "Such as: the {person} has paid",
        ),
        RecordedAct(
            "deposit-made",
            "statutory-deposit",
            "Record a deposit made",
            "Record the deposit",
            "From the {pool_account} to its statutory deposit.",
            "Such as: for the quarter to 30 Sep 2026",
        ),
        RecordedAct(
            "deposit-drawn",
            "statutory-deposit",
            "Record a deposit drawn",
            "Record that it was drawn",
            "From the statutory deposit back into the {pool_account}.",
            "Why it is needed",
        ),
    )
}
_NOT_CLIENTS_ALONE = frozenset(
    {Interest.HELD, Interest.PUBLIC_FUND, Interest.FOUNDATION, Interest.FAIR_SUM}
)


def is_here(register: MovementRegister, policy: Policy) -> bool:
    """Return whether the place knows this register at all."""
    here = {
        "advances": policy.funds.advances.value,
        "statutory-deposit": policy.deposit.kind.value is not DepositKind.NONE,
    }
    return here.get(register.slug, True)


def acts_of(register: MovementRegister, policy: Policy) -> list[RecordedAct]:
    """Return what the place lets a firm record in a register."""
    return [ACTS[slug] for slug in register.acts if _is_let(slug, policy)]


def rules_of(register: MovementRegister, policy: Policy) -> "list[Ruled[object]]":
    """Return the rules of the place that decide about a register."""
    funds = policy.funds
    by_slug: dict[str, list[Ruled[object]]] = {
        "interest": [funds.interest],
        "bank-charges": [funds.charges, funds.own_funds],
        "own-money": [funds.own_funds, funds.charges],
        "advances": [funds.advances],
        "statutory-deposit": deposit_rules.of(policy),
    }
    return by_slug[register.slug]


def _is_let(slug: str, policy: Policy) -> bool:
    funds = policy.funds
    if slug == "own-money-in":
        return funds.own_funds.value.kind is not OwnFundsKind.NONE
    if slug in ("interest-for-others", "interest-paid-on"):
        return funds.interest.value in _NOT_CLIENTS_ALONE
    return True
