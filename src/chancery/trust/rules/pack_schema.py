"""The shape of a jurisdiction pack as it is written, one file a place.

Each model refuses what it does not know, so a slip of the pen is a finding and never a silent
default. What several files make together is resolved in ``pack_inheritance``.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StrictBool,
    StringConstraints,
    model_validator,
)

from chancery.trust.rules.bank_numbers import Check

Confidence = Literal["low", "medium", "high"]
Basis = Literal["rule_text", "regulator_guidance", "secondary", "recall", "derived"]
KindCode = Literal["current", "investment", "controlled", "statutory"]
Status = Literal["ready_for_legal_review", "needs_verification", "not_found", "base_template"]
TermKey = Literal[
    "money",
    "pool_account",
    "firm_account",
    "person",
    "work_unit",
    "bill",
    "ledger",
    "cheque",
    "bank",
    "deposit_identifier",
    "supervisor",
    "interest_account",
    "journal",
    "reconciliation",
    "extra",
]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(_[a-z]+)?$")]

CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")


def lower_of(one: Confidence, other: Confidence | None) -> Confidence:
    """Return the lower of two confidences; no second one leaves the first."""
    return one if other is None else min(one, other, key=CONFIDENCES.index)


def _exact(value: JsonValue) -> JsonValue:
    if isinstance(value, float):
        raise ValueError("a float is never exact; write a whole number or text")  # noqa: TRY004 - pydantic turns ValueError into a finding
    for part in value if isinstance(value, list) else ():
        _exact(part)
    for part in value.values() if isinstance(value, dict) else ():
        _exact(part)
    return value


class Written(BaseModel):
    """Anything written in a pack: no unknown key, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Written):
    """A page or rule that was read."""

    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    kind: Literal[
        "legislation",
        "regulator_guidance",
        "law_society_journal",
        "training_provider",
        "vendor_doc",
        "secondary",
    ]
    note: Text | None = None


class Cited(Written):
    """What makes a value believable: its authority, how it was read, and how far to trust it.

    ``rule`` was read in, or stated by, a source; ``rule_to_check`` is remembered and unconfirmed.
    ``valid_from`` is None where it is unknown. ``stated_by`` is the pack that wrote the value.
    """

    rule: Text | None = None
    rule_to_check: Text | None = None
    source: tuple[Text, ...]
    confidence: Confidence
    basis: Basis
    valid_from: date | None = None
    note: Text | None = None
    stated_by: str = ""

    @model_validator(mode="after")
    def _has_authority(self) -> Self:
        if self.basis in ("recall", "derived") and self.confidence == "high":
            raise ValueError(f"what is {self.basis} is never of high confidence")
        if self.basis not in ("recall", "derived") and not self.source:
            raise ValueError(f"the basis {self.basis} needs a source")
        return self

    @property
    def authority(self) -> str:
        """Return the rule as a reader sees it; an unconfirmed one says so; empty if none."""
        if self.rule:
            return self.rule
        return f"{self.rule_to_check}, not checked" if self.rule_to_check else ""

    def stated(self, by: str) -> Self:
        """Return the same statement with the code of the pack that makes it."""
        return self.model_copy(update={"stated_by": by})

    def capped(self, cap: Confidence | None) -> Self:
        """Return the same statement, trusted no further than the cap."""
        lower = lower_of(self.confidence, cap)
        return self if lower == self.confidence else self.model_copy(update={"confidence": lower})


class Parameter(Cited):
    """One value of the law of a place; None means looked for and not established.

    ``typed`` says in a form that a machine can decide by what the value says in words. It is our
    reading, under the same citation and confidence; None where the value needs none or has none.
    """

    value: Annotated[JsonValue, AfterValidator(_exact)]
    typed: Annotated[JsonValue, AfterValidator(_exact)] = None


class AccountKindText(Cited):
    """That a place knows a kind of trust account, and what it calls it."""

    word: Text
    one_client: StrictBool = False


class NameWording(Written):
    """What the name of an account must hold. ``or_similar``: words of the same meaning will do."""

    must_contain_any: tuple[Text, ...] = ()
    or_similar: StrictBool = False
    must_contain_firm_name: StrictBool = False
    must_contain_particulars: StrictBool = False

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.must_contain_any and not self.must_contain_firm_name:
            raise ValueError("a name rule asks for a wording, the firm's name, or both")
        return self


class NameRule(Cited):
    """The wording that a place asks for in the name of one kind of account."""

    value: NameWording


class BankNumberField(Written):
    """One field of a bank account's number, and the check that reads it."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    label: Text
    check: Check


class Inheritance(Written):
    """How far what a pack inherits, and hands on, may be trusted."""

    confidence_cap: Confidence
    note: Text


class PackFile(Written):
    """A pack as it is written, before it takes what it lacks from the pack it extends."""

    code: Code
    name: Text
    label: Text
    version: Text
    extends: Code | None = None
    abstract: StrictBool = False
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    country_name: Text | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}-[A-Z]{2}$")] | None = None
    time_zone: Text | None = None
    regulator: Text | None = None
    instrument: Text | None = None
    status: Status
    note: Text | None = None
    inheritance: Inheritance | None = None
    terms: dict[TermKey, Text] = Field(default_factory=dict)
    fallback_terms: dict[TermKey, Text] = Field(default_factory=dict)
    screen_terms: dict[TermKey, Text] = Field(default_factory=dict)
    account_kinds: dict[KindCode, AccountKindText] = Field(default_factory=dict)
    account_name_rules: dict[KindCode, NameRule] = Field(default_factory=dict)
    bank_number_fields: tuple[BankNumberField, ...] = ()
    parameters: dict[str, dict[str, Parameter]] = Field(default_factory=dict)
