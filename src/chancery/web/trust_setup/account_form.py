"""The window of a trust bank account: what it asks, with what it starts, and what the deed found wrong."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse

from chancery.lib.problems import DetailsNotRight
from chancery.practice.contacts import PLACEHOLDER_BANK_NAME, Contact
from chancery.trust.account_details import AccountDetails
from chancery.trust.bank_accounts import SERIES, TrustBankAccount
from chancery.trust.rules import bank_numbers, numbering
from chancery.trust.rules.numbering import Series
from chancery.trust.rules.packs import Pack
from chancery.web.shell.forms import PlainForm
from chancery.web.trust_setup.forms import AskedChoice, AskedText, Choices

_LETTERS = {"receipt": "R", "withdrawal": "W", "transfer": "T"}
_LABELS = {"receipt": "Receipts", "withdrawal": "Withdrawals", "transfer": "Transfers"}
_OTHER_BANK = "Choose a bank"
_CHECKS_NAME = {
    "hx-trigger": "input changed delay:300ms, change from:#id_kind",
    "hx-include": "#id_kind",
    "hx-target": "#name-wording",
    "hx-swap": "outerHTML",
    "aria-describedby": "name-wording id_name_error",
}


@dataclass(frozen=True)
class Offers:
    """What the window lets a person choose from. ``gl_accounts`` is None where no package is used."""

    place: Pack
    banks: Sequence[Contact]
    gl_accounts: Choices | None = None
    gl_account_gone: str = ""
    """Why the account of the package that was asked for cannot be chosen any more."""
    asks_status: bool = True
    """True in the window, which is for a new account; its first field then has the focus."""


class BankAccountForm(PlainForm):
    """A trust bank account as a person describes it; the deed judges everything at once."""

    gl_account = AskedChoice(
        label="GL account",
        help_text="Chancery makes a bank account in Xero and gives it the next free code.",
    )
    kind = AskedChoice(label="Account type")
    status = AskedChoice(label="Status", choices=[("open", "Open"), ("closed", "Closed")])
    bank = AskedChoice(label="Bank contact record")
    name = AskedText(label="Account name")
    statement_title = forms.CharField(
        label="Title on statements",
        required=False,
        help_text="Left empty, statements carry the account's name.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offers: Offers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = offers.place
        self._offer(offers)
        for field in offers.place.bank_number_fields:
            self.fields[f"number_{field.key}"] = _figures(field.label)
        for which in SERIES:
            self.fields[f"{which}_prefix"] = _figures(f"{_LABELS[which]}: prefix", size=8)
            self.fields[f"{which}_first"] = _figures(f"{_LABELS[which]}: first number", size=7)
        for name in ("name", "statement_title"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if offers.asks_status:
            next(iter(self.fields.values())).widget.attrs["autofocus"] = True
        self.fields["name"].widget.attrs.update(
            _CHECKS_NAME | {"hx-get": reverse("trust_account_wording")}
        )

    def _offer(self, offers: Offers) -> None:
        """Fill the lists to choose from, and leave out what this window does not ask."""
        self._choices("kind", [(kind.kind, kind.name) for kind in offers.place.account_kinds])
        banks = [(str(bank.id), bank.name) for bank in offers.banks]
        self._choices("bank", [("", _OTHER_BANK), *banks])
        if offers.gl_accounts is None:
            del self.fields["gl_account"]
        else:
            self._choices("gl_account", offers.gl_accounts)
            if offers.gl_account_gone:
                self.fields["gl_account"].error_messages["invalid_choice"] = offers.gl_account_gone
        if not offers.asks_status:
            del self.fields["status"]

    def _choices(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def number_fields(self) -> list[BoundField]:
        """Return the fields of the country's bank numbers."""
        return [self[f"number_{field.key}"] for field in self.place.bank_number_fields]

    @property
    def series_fields(self) -> list[BoundField]:
        """Return the prefix and the first number of each series."""
        return [self[f"{which}_{part}"] for which in SERIES for part in ("prefix", "first")]

    @property
    def has_trouble_below(self) -> bool:
        """Tell whether something is wrong among the fields that are folded away at first."""
        return any(field.errors for field in (*self.series_fields, self["statement_title"]))

    def value(self, name: str) -> str:
        """Return what a field shows now, typed or given."""
        return str(self[name].value() or "").strip()

    def details(self) -> AccountDetails:
        """Return what was typed, as the deed takes it."""
        typed: dict[str, str] = self.cleaned_data
        keys = [field.key for field in self.place.bank_number_fields]
        receipt, withdrawal, transfer = (
            Series(typed[f"{which}_prefix"].strip(), _count(typed[f"{which}_first"]))
            for which in SERIES
        )
        return AccountDetails(
            name=typed["name"],
            kind=typed["kind"],
            bank_id=UUID(typed["bank"]) if typed["bank"] else None,
            number={key: typed[f"number_{key}"] for key in keys},
            statement_title=typed["statement_title"],
            receipt=receipt,
            withdrawal=withdrawal,
            transfer=transfer,
        )

    def blame(self, refusal: DetailsNotRight) -> None:
        """Put each problem beside its field."""
        for problem in refusal.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.words)


def of_new(banks: Sequence[Contact], taken: Collection[str]) -> dict[str, object]:
    """Return what an empty window starts with: free prefixes, and the bank where but one has a name."""
    series: dict[str, object] = {}
    for which in SERIES:
        series[f"{which}_prefix"] = numbering.next_free(_LETTERS[which], taken)
        series[f"{which}_first"] = "1"
    named = [bank for bank in banks if not is_unnamed(bank)] or list(banks)
    return {**series, "bank": str(named[0].id) if len(named) == 1 else ""}


def is_unnamed(bank: Contact) -> bool:
    """Tell whether a contact stands for the firm's own bank and nobody has named it yet."""
    return bank.stands_for_own_bank and bank.name == PLACEHOLDER_BANK_NAME


def of_account(account: TrustBankAccount, place: Pack) -> dict[str, object]:
    """Return what the window of an account starts with."""
    shown = _shown_parts(account, place)
    series = {
        f"{which}_{part}": str(getattr(account, f"{which}_{part}"))
        for which in SERIES
        for part in ("prefix", "first")
    }
    return {
        "kind": account.kind,
        "bank": str(account.bank_id or ""),
        "name": account.name,
        "statement_title": account.statement_title,
        "version": account.version,
        **{f"number_{key}": text for key, text in shown.items()},
        **series,
    }


def _shown_parts(account: TrustBankAccount, place: Pack) -> dict[str, str]:
    """Return each part of the number as people write it."""
    kept: dict[str, str] = account.number
    return {
        field.key: bank_numbers.read(field.check, kept[field.key]).display
        for field in place.bank_number_fields
        if kept.get(field.key)
    }


def _figures(label: str, size: int | None = None) -> AskedText:
    attrs: dict[str, object] = {"class": "input num", "autocomplete": "off"}
    if size:
        attrs["maxlength"] = size
    return AskedText(label=label, widget=forms.TextInput(attrs=attrs))


def _count(text: str) -> int:
    """Return a whole number, or nought, which the deed refuses with its own words."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() else 0
