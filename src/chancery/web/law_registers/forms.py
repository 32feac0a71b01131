"""What is typed into these registers; the deeds judge everything else."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import capfirst

from chancery.practice.people import Person
from chancery.trust import queries
from chancery.trust.controlled_accounts import ControlledDetails
from chancery.trust.powers import PowerAct, PowerDetails
from chancery.trust.rules.policy import Policy
from chancery.trust.transit import TransitDetails
from chancery.web.law_registers.matter_choice import MatterForm
from chancery.web.requests.filters import offer
from chancery.web.shell.amounts import AmountField
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm, dress
from chancery.web.trust_setup.forms import AskedText


class TransitForm(MatterForm):
    """Money that came and was handed on."""

    received_on = DayField(label="Came on")
    received_from = forms.CharField(label="From whom", max_length=200)
    form = forms.CharField(
        label="In which form", max_length=60, help_text="Such as: bank cheque, cheque 000123"
    )
    is_cash = forms.BooleanField(label="It was cash", required=False)
    passed_on = DayField(label="Handed on")
    passed_to = forms.CharField(label="To whom", max_length=200)
    direction = forms.CharField(
        label="By which direction", max_length=200, help_text="Whose, and of which day"
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["amount"] = AmountField(label="Amount", currency=person.firm.currency)
        dress(self)

    def details(self) -> TransitDetails:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        parts = ("received_on", "received_from", "form", "amount", "is_cash")
        handed = ("passed_on", "passed_to", "direction")
        return TransitDetails(
            matter=self.matter_found(), **{name: typed[name] for name in (*parts, *handed)}
        )


class PowerForm(MatterForm):
    """A power that was given."""

    on = DayField(label="Given on")
    donor = forms.CharField(label="Who gave it", max_length=200)
    account = forms.CharField(
        label="Over which account", max_length=200, help_text="The bank, the name, the number"
    )
    words = forms.CharField(
        label="What it lets the firm do", max_length=300, help_text="And who may use it"
    )

    def details(self) -> PowerDetails:
        """Return what was typed, as the deed takes it."""
        typed = {name: self.cleaned_data[name] for name in ("on", "donor", "account", "words")}
        currency = self.person.firm.currency
        return PowerDetails(matter=self.matter_found(), currency=currency, **typed)


class PowerActForm(PlainForm):
    """What was done by a power, or how it ended."""

    on = DayField(label="Day")
    words = forms.CharField(label="In words", max_length=300)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, moves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if moves:
            self.fields["amount"] = AmountField(label="Amount moved", currency=currency)
        dress(self)

    def done(self) -> PowerAct:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return PowerAct(typed["on"], typed["words"], typed.get("amount"))


class AskedDay(DayField):
    """A day that the deed asks for: when it is missing, the deed says so and by which rule."""

    def validate(self, value: Any) -> None:
        """Leave the judgement to the deed."""


class DetailsFields(PlainForm):
    """The details of a matter's own bank account."""

    bank = forms.ChoiceField(label="Bank")
    name = forms.CharField(label="Account name", max_length=150)
    direction = AskedText(
        label="Written direction", max_length=200, help_text="Which letter or form"
    )
    direction_on = AskedDay(label="Direction of")
    reason = forms.CharField(label="What changed", max_length=300)

    def ask(self, policy: Policy, words: Mapping[str, str]) -> None:
        """Add the fields of the country's bank numbers, and offer the firm's banks."""
        self.parts = policy.pack.bank_number_fields
        self.banks = {str(bank.id): bank for bank in queries.banks()}
        banks = [(key, bank.name) for key, bank in self.banks.items()]
        offer(self, "bank", banks if len(banks) == 1 else [("", "Choose"), *banks])
        if not banks:
            self.fields["bank"].help_text = "No contact has the type Bank yet: add it in Contacts."
        self.fields["bank"].label = capfirst(words["bank"])
        for part in self.parts:
            self.fields[f"number_{part.key}"] = AskedText(label=part.label, max_length=40)
        for name in ("direction", "direction_on"):
            self.fields[name].required = policy.accounts.direction.value
        dress(self)

    @property
    def number_fields(self) -> list[BoundField]:
        """Return the fields of the country's bank numbers."""
        return [self[f"number_{part.key}"] for part in self.parts]

    def details(self) -> ControlledDetails:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return ControlledDetails(
            bank=self.banks[typed["bank"]],
            name=typed["name"],
            number={part.key: typed[f"number_{part.key}"] for part in self.parts},
            direction=typed["direction"],
            direction_on=typed["direction_on"],
            reason=typed["reason"],
        )


class ChangeForm(DetailsFields):
    """The details of a matter's own bank account, as they change."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, policy: Policy, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(policy, words)


class OwnAccountForm(DetailsFields, MatterForm):
    """A matter's own bank account to be opened."""

    account = forms.ChoiceField(label="Kept under")

    def __init__(self, *args: Any, policy: Policy, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, words=words, **kwargs)
        self.fields["reason"].label = "Held for what"
        self.accounts = {str(one.id): one for one in queries.matter_by_matter()}
        offer(self, "account", [(key, one.name) for key, one in self.accounts.items()])
        self.ask(policy, words)
