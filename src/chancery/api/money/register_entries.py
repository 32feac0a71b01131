"""Entries of registers: matters' own bank accounts, money in transit, powers; one at a time, and new ones.

They are added to the router of the registers, for one address answers both ways only within one router.
"""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Status
from pydantic import Field, StringConstraints

from chancery.api import idempotency
from chancery.api.money import found, registers, shapes
from chancery.api.money.found import ACCOUNT, LEDGER, POWER
from chancery.api.money.registers import (
    ControlledAccountOut,
    PowerEntryOut,
    TransitEntryOut,
    controlled_out,
    power_out,
    transit_out,
)
from chancery.api.money.shapes import AmountIn, MatterNumber, On, Reason, Words200
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import NOT_NUL, Asked, Day
from chancery.api.tokens import Bearer
from chancery.lib.money import Money
from chancery.practice.api_tokens import Scope
from chancery.trust import controlled_accounts, powers, record_lists, transit
from chancery.trust.controlled_accounts import ControlledDetails
from chancery.trust.powers import PowerAct, PowerDetails
from chancery.trust.transit import TransitDetails

router = registers.router
_READ, _WRITE = Bearer(Scope.LEDGERS_READ), Bearer(Scope.REGISTERS_WRITE)
Said = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NOT_NUL)]
Part = Annotated[str, Field(max_length=40, pattern=NOT_NUL)]


class OwnDetailsIn(Asked):
    """The details of a matter's own bank account; ``number`` by the parts of the firm's country."""

    bank_id: UUID
    name: Annotated[str, StringConstraints(min_length=1, max_length=150, pattern=NOT_NUL)]
    number: Annotated[dict[Part, Part], Field(max_length=6)]
    direction: Words200 = ""
    direction_on: Day | None = None
    reason: Reason


class OwnAccountIn(OwnDetailsIn):
    """A bank account to be opened for one matter, kept under a controlled account of the firm."""

    matter: MatterNumber
    account_id: UUID


class TransitIn(Asked):
    """Money that came for a matter and was handed on as it was."""

    matter: MatterNumber
    received_on: On = None
    received_from: Said
    form: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=NOT_NUL)]
    is_cash: bool = False
    amount: AmountIn
    passed_on: On = None
    passed_to: Said
    direction: Said


class PowerIn(Asked):
    """A power over money for a client."""

    matter: MatterNumber
    on: On = None
    donor: Said
    account: Said
    words: Reason


class PowerEndIn(Asked):
    """How a power ended."""

    on: On = None
    words: Reason


class PowerUseIn(PowerEndIn):
    """Money that was moved by a power."""

    amount: AmountIn


@router.get(
    "/registers/controlled-accounts/{entry_id}",
    auth=_READ,
    response=ControlledAccountOut,
    summary="Read one version of a matter's own bank account",
)
def read_controlled_account(request: ApiRequest, entry_id: UUID) -> ControlledAccountOut:
    """Answer with one version of the details of an account held for one matter alone."""
    return controlled_out(found.listed(record_lists.controlled_accounts(None), entry_id))


@router.post(
    "/registers/controlled-accounts",
    auth=Bearer(Scope.LEDGERS_WRITE),
    response={201: ControlledAccountOut},
    summary="Open a matter's own bank account",
)
@idempotency.required
def open_controlled_account(
    request: ApiRequest, payload: OwnAccountIn, response: HttpResponse
) -> Status[ControlledAccountOut]:
    """Open a ledger for a matter with a bank account of its own, by the client's direction."""
    opened = controlled_accounts.open(
        matter=found.matter(request.person, payload.matter),
        account=ACCOUNT.named(payload.account_id, "account_id"),
        details=_details(request, payload),
        **_who(request),
    )
    return Status(201, read_controlled_account(request, _at(response, opened.account.id, _OWN)))


@router.post(
    "/ledgers/{ledger_id}/controlled-account",
    auth=Bearer(Scope.LEDGERS_WRITE),
    response={201: ControlledAccountOut},
    summary="Change the details of a matter's own bank account",
)
@idempotency.required
def change_controlled_account(
    request: ApiRequest, ledger_id: UUID, payload: OwnDetailsIn, response: HttpResponse
) -> Status[ControlledAccountOut]:
    """Enter changed details as a new version; the earlier ones stay."""
    changed = controlled_accounts.change(
        ledger=LEDGER.at(ledger_id), details=_details(request, payload), **_who(request)
    )
    return Status(201, read_controlled_account(request, _at(response, changed.account.id, _OWN)))


@router.get(
    "/registers/transit-money/{entry_id}",
    auth=_READ,
    response=TransitEntryOut,
    summary="Read money in transit",
)
def read_transit_money(request: ApiRequest, entry_id: UUID) -> TransitEntryOut:
    """Answer with money that was handed on."""
    return transit_out(found.listed(record_lists.transit_entries(None), entry_id))


@router.post(
    "/registers/transit-money",
    auth=_WRITE,
    response={201: TransitEntryOut},
    summary="Record money in transit",
)
@idempotency.required
def record_transit_money(
    request: ApiRequest, payload: TransitIn, response: HttpResponse
) -> Status[TransitEntryOut]:
    """Enter money that the firm handed on and never banked; cash is banked where the place says so."""
    day = today(request)
    details = TransitDetails(
        matter=found.matter(request.person, payload.matter),
        received_on=payload.received_on or day,
        received_from=payload.received_from,
        form=payload.form,
        amount=_money(request, payload.amount),
        passed_on=payload.passed_on or day,
        passed_to=payload.passed_to,
        direction=payload.direction,
        is_cash=payload.is_cash,
    )
    made = transit.record(details=details, **_who(request))
    return Status(201, read_transit_money(request, _at(response, made.id, "transit-money")))


@router.get(
    "/registers/powers/{entry_id}",
    auth=_READ,
    response=PowerEntryOut,
    summary="Read a row of the register of powers",
)
def read_power_entry(request: ApiRequest, entry_id: UUID) -> PowerEntryOut:
    """Answer with a power, or with what was done by one."""
    return power_out(found.listed(record_lists.power_entries(None), entry_id))


@router.post(
    "/registers/powers",
    auth=_WRITE,
    response={201: PowerEntryOut},
    summary="Record a power",
)
@idempotency.required
def record_power(
    request: ApiRequest, payload: PowerIn, response: HttpResponse
) -> Status[PowerEntryOut]:
    """Enter a power over money that was given for a matter."""
    details = PowerDetails(
        matter=found.matter(request.person, payload.matter),
        on=payload.on or today(request),
        donor=payload.donor,
        account=payload.account,
        words=payload.words,
        currency=request.person.firm.currency,
    )
    made = powers.give(details=details, **_who(request))
    return Status(201, read_power_entry(request, _at(response, made.id, _POWERS)))


@router.post(
    "/registers/powers/{power_id}/uses",
    auth=_WRITE,
    response={201: PowerEntryOut},
    summary="Record what was done by a power",
)
@idempotency.required
def use_power(
    request: ApiRequest, power_id: UUID, payload: PowerUseIn, response: HttpResponse
) -> Status[PowerEntryOut]:
    """Enter money that was moved by a power that has not ended."""
    power = POWER.at(power_id)
    amount = shapes.money(payload.amount, power.currency)
    done = PowerAct(payload.on or today(request), payload.words, amount)
    made = powers.exercise(power=power, done=done, **_who(request))
    return Status(201, read_power_entry(request, _at(response, made.id, _POWERS)))


@router.post(
    "/registers/powers/{power_id}/end",
    auth=_WRITE,
    response={201: PowerEntryOut},
    summary="End a power",
)
@idempotency.required
def end_power(
    request: ApiRequest, power_id: UUID, payload: PowerEndIn, response: HttpResponse
) -> Status[PowerEntryOut]:
    """Enter that a power ended; nothing is done by it any more."""
    done = PowerAct(payload.on or today(request), payload.words)
    made = powers.end(power=POWER.at(power_id), done=done, **_who(request))
    return Status(201, read_power_entry(request, _at(response, made.id, _POWERS)))


_OWN, _POWERS = "controlled-accounts", "powers"


def _who(request: ApiRequest) -> dict[str, Any]:
    """Return what every deed is told: who, when, and under which key."""
    day: date = today(request)
    key = idempotency.deed_key(request)
    return {"by": request.person, "at": request.at, "today": day, "key": key}


def _at(response: HttpResponse, entry_id: UUID, register: str) -> UUID:
    response["Location"] = f"/api/v1/registers/{register}/{entry_id}"
    return entry_id


def _money(request: ApiRequest, sent: AmountIn) -> Money:
    return shapes.money(sent, request.person.firm.currency)


def _details(request: ApiRequest, payload: OwnDetailsIn) -> ControlledDetails:
    return ControlledDetails(
        bank=found.contact(request.person, payload.bank_id, "bank_id"),
        name=payload.name,
        number=payload.number,
        direction=payload.direction,
        direction_on=payload.direction_on,
        reason=payload.reason,
    )
