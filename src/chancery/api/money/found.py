"""Find the records that a request names: by its address, else 404; in its body, else the field is wrong."""

from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from chancery.lib.problems import DetailsNotRight, Problem
from chancery.lib.refusals import Refusal
from chancery.practice import contacts, matters, people
from chancery.practice.contacts import Contact
from chancery.practice.matters import Matter
from chancery.practice.people import Person
from chancery.trust import (
    bank_accounts,
    clearances,
    client_ledgers,
    deficiencies,
    deposit_slips,
    history_imports,
    movements,
    opening_drafts,
    payees,
    powers,
    protections,
    receipts,
    record_lists,
    requests,
    transfers,
    withdrawals,
)

Record_co = TypeVar("Record_co", covariant=True)
Listed = TypeVar("Listed", bound=Model)


class Noun(Generic[Record_co]):
    """One kind of record, how it is found within the firm, and what says that it is not there."""

    def __init__(self, visible: Callable[[UUID], Record_co], *missing: type[Refusal]) -> None:
        self._visible, self._missing = visible, missing

    def at(self, record_id: UUID) -> Record_co:
        """Return the record that an address names; raises ``Http404``."""
        try:
            return self._visible(record_id)
        except self._missing as missing:
            raise Http404("No such record.") from missing

    def named(self, record_id: UUID, field: str) -> Record_co:
        """Return the record that a body names. Refuses: DetailsNotRight."""
        try:
            return self._visible(record_id)
        except self._missing as missing:
            raise not_there(field) from missing


ACCOUNT = Noun(bank_accounts.visible, bank_accounts.NoSuchAccount)
LEDGER = Noun(client_ledgers.visible, client_ledgers.NoSuchLedger)
REQUEST = Noun(requests.visible, requests.NoSuchRequest)
PAYEE = Noun(payees.visible, payees.NoSuchPayee)
CLEARANCE = Noun(clearances.visible, clearances.NoSuchClearance)
SLIP = Noun(deposit_slips.visible, deposit_slips.NoSuchSlip)
RECEIPT = Noun(receipts.visible, receipts.NoSuchReceipt)
WITHDRAWAL = Noun(withdrawals.visible, withdrawals.NoSuchWithdrawal)
TRANSFER = Noun(transfers.visible, transfers.NoSuchTransfer)
MOVEMENT = Noun(movements.visible, movements.NoSuchMovement)
PROTECTION = Noun(protections.visible, protections.NoSuchProtection)
DEFICIENCY = Noun(deficiencies.visible, deficiencies.NoSuchDeficiency)
POWER = Noun(powers.visible, powers.NoSuchPower)
OPENING = Noun(opening_drafts.visible, opening_drafts.NoSuchOpening)
IMPORT = Noun(history_imports.visible, history_imports.NoSuchImport)
REVERSAL = Noun(record_lists.reversal, record_lists.NoSuchReversal)


def listed(records: QuerySet[Listed], record_id: UUID) -> Listed:
    """Return the record of a list that an address names, with all that the list tells of it."""
    found = records.filter(pk=record_id).first()
    if found is None:
        raise Http404("No such record.")
    return found


def matter(by: Person, number: str, field: str = "matter") -> Matter:
    """Return the matter that a body names. Refuses: DetailsNotRight."""
    try:
        return matters.visible_to(by, number)
    except Matter.DoesNotExist as missing:
        raise not_there(field) from missing


def contact(by: Person, contact_id: UUID, field: str) -> Contact:
    """Return the contact that a body names. Refuses: DetailsNotRight."""
    try:
        return contacts.visible_to(by, contact_id)
    except Contact.DoesNotExist as missing:
        raise not_there(field) from missing


def person(by: Person, person_id: UUID, field: str) -> Person:
    """Return the person that a body names. Refuses: DetailsNotRight."""
    try:
        return people.visible_to(by, person_id)
    except Person.DoesNotExist as missing:
        raise not_there(field) from missing


def not_there(field: str) -> DetailsNotRight:
    """Return the refusal that a field names nothing of this firm."""
    return DetailsNotRight((Problem(field, "The firm has no such record. Send another id."),))
