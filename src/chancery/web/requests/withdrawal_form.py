"""A withdrawal as it is asked for: to a third party or back to the client, and how it is paid."""

from typing import Any
from uuid import UUID

from django import forms

from chancery.practice import contact_list, contacts
from chancery.practice.contact_list import ContactFilter
from chancery.practice.contacts import Contact
from chancery.practice.people import Person
from chancery.reports.gathered import methods
from chancery.trust import payees, settings
from chancery.trust.payees import PayeeDetails
from chancery.trust.request_details import REISSUE, TO_CLIENT
from chancery.trust.requests import RequestKind
from chancery.trust.rules.policy_payments import CashOut, PaymentMethod
from chancery.web.requests.ask_forms import AskForm
from chancery.web.requests.filters import offer

PAYEES_OFFERED = 8
CLIENT, OTHER = "client", "other"


class WithdrawalForm(AskForm):
    """The payee is the client, a contact, or for a cheque a name that is no contact."""

    kind = RequestKind.WITHDRAWAL
    to = forms.ChoiceField(label="Paid to", widget=forms.RadioSelect)
    payee_text = forms.CharField(label="Payee", max_length=200, required=False)
    payee = forms.UUIDField(required=False)
    method = forms.ChoiceField(label="Paid by")
    authority = forms.CharField(label="Authority", max_length=200, required=False)
    reissue = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reissue_number = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def fill(self) -> None:
        """Offer the client by name, and the ways of payment that the place allows."""
        words, matter = self.asking.words, self.asking.ledger.matter
        client = [(CLIENT, f"The {words['person']}, {matter.client.name}")] if matter else []
        offer(self, "to", [(OTHER, "Somebody else"), *client])
        self.fields[
            "authority"
        ].help_text = f"By whose word, such as a letter of the {words['person']}"
        offer(self, "method", _methods(self.asking.words))

    def offered(self) -> list[Contact]:
        """Return the contacts to choose the payee among: the one chosen, then those whose name fits."""
        chosen = self._contact()
        fitting = payees_like(self.asking.by, str(self["payee_text"].value() or ""))
        return ([chosen] if chosen else []) + [one for one in fitting if one != chosen]

    def chosen_id(self) -> UUID | None:
        """Return the id of the chosen contact, to tick it."""
        chosen = self._contact()
        return chosen.id if chosen else None

    def clean(self) -> dict[str, Any]:
        """Find the payee, and for an electronic payment where it goes."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        contact = self._payee(typed)
        typed["contact"], typed["bank_details"] = contact, None
        if contact is None and not typed.get("payee_text", "").strip():
            self.add_error("payee_text", "Enter who is paid")
        elif typed.get("method") == PaymentMethod.ELECTRONIC:
            typed["bank_details"] = self._details(contact)
        return typed

    def own(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return who is paid, and how."""
        contact: Contact | None = typed["contact"]
        details: dict[str, Any] = {TO_CLIENT: True} if typed["to"] == CLIENT else {}
        if typed.get("reissue_number"):
            details |= {REISSUE: str(typed["reissue"]), "reissue_number": typed["reissue_number"]}
        return {
            "payee": contact.name if contact else typed["payee_text"],
            "payee_details": typed["bank_details"],
            "method": typed["method"],
            "authority": typed["authority"],
            "details": details,
        }

    def _payee(self, typed: dict[str, Any]) -> Contact | None:
        matter = self.asking.ledger.matter
        if typed.get("to") == CLIENT and matter:
            return matter.client
        chosen = self._contact()
        fitting = payees_like(self.asking.by, typed.get("payee_text", ""))
        return chosen or (fitting[0] if len(fitting) == 1 else None)

    def _details(self, contact: Contact | None) -> PayeeDetails | None:
        if contact is None:
            self.add_error(
                "payee_text", "Choose the payee among the contacts, who have bank details"
            )
            return None
        details = payees.latest(contact.id)
        if details is None:
            words = f"{contact.name} has no bank details yet. Enter them with the contact first"
            self.add_error("method", words)
        return details

    def _contact(self) -> Contact | None:
        asked = str(self["payee"].value() or "")
        try:
            return contacts.visible_to(self.asking.by, UUID(asked)) if asked else None
        except (ValueError, Contact.DoesNotExist):
            return None


def payees_like(by: Person, typed: str) -> list[Contact]:
    """Return a few contacts of which a word begins so."""
    if not typed.strip():
        return []
    return list(contact_list.found(by, ContactFilter(text=typed))[:PAYEES_OFFERED])


def _methods(words: Any) -> list[tuple[str, str]]:
    payments = settings.policy().payments
    allowed = set(payments.methods.value)
    if payments.cash_out.value is CashOut.WITNESSED_SIGNATURE:
        allowed.add(PaymentMethod.CASH)
    named = methods.payments(words)
    return [("", "Choose"), *((key, name) for key, name in named.items() if key in allowed)]
