"""Registers: shortages, matters' own bank accounts, money in transit, powers, to be read."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel

from chancery.api.cursors import Page, PageQuery, page_of
from chancery.api.money import found, shapes
from chancery.api.money.shapes import (
    AccountQuery,
    Amount,
    LedgerOfRecord,
    MatterNumber,
    MatterOfLedger,
)
from chancery.api.requests import ApiRequest
from chancery.api.shapes import Named
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.practice.matters import Matter
from chancery.trust import record_lists, shortfalls
from chancery.trust.controlled_accounts import ControlledAccount
from chancery.trust.powers import PowerEntry
from chancery.trust.transit import TransitEntry

router = Router(tags=["registers"])
_READ = Bearer(Scope.LEDGERS_READ)


class DeficiencyStepOut(BaseModel):
    """What was done about a shortage; ``movement_id`` is the money that restored it."""

    id: UUID
    act: Literal["cause", "restored", "notified", "closed"]
    on: date
    words: str
    reference: str
    amount: Amount
    movement_id: UUID | None
    by: Named
    recorded_at: datetime


class DeficiencyOut(BaseModel):
    """A shortage. ``missing`` is what is still to be restored; ``by`` is null where Chancery found it.

    ``account`` is null where a proof of the books names none.
    """

    id: UUID
    account: Named | None
    ledger: LedgerOfRecord | None
    source: str
    amount: Amount
    missing: Amount
    is_open: bool
    found_on: date
    cause: str
    rule: str
    by: Named | None
    recorded_at: datetime
    steps: list[DeficiencyStepOut]


class ControlledAccountOut(BaseModel):
    """A bank account held for one matter alone; ``turn`` counts its details, the highest holds."""

    id: UUID
    ledger: LedgerOfRecord
    turn: int
    bank: Named
    name: str
    number: str
    direction: str
    direction_on: date | None
    on: date
    reason: str
    by: Named
    recorded_at: datetime


class TransitEntryOut(BaseModel):
    """Money that was handed on without ever being in the firm's accounts."""

    id: UUID
    matter: MatterOfLedger
    received_on: date
    received_from: str
    form: str
    amount: Amount
    passed_on: date
    passed_to: str
    direction: str
    by: Named
    recorded_at: datetime


class PowerEntryOut(BaseModel):
    """A power over money for a client, or what was done by it; ``power_id`` names the power's first row."""

    id: UUID
    act: Literal["given", "exercised", "ended"]
    power_id: UUID | None
    matter: MatterOfLedger
    on: date
    donor: str
    account: str
    amount: Amount
    words: str
    by: Named
    recorded_at: datetime


class MatterQuery(PageQuery):
    """A register by matter."""

    matter: MatterNumber | None = None


@router.get("/deficiencies", auth=_READ, response=Page[DeficiencyOut], summary="List the shortages")
def list_deficiencies(request: ApiRequest, asked: Query[AccountQuery]) -> Page[DeficiencyOut]:
    """Answer with the register of shortages, the earliest first."""
    return page_of(request, record_lists.deficiencies(asked.account_id), asked, deficiency_out)


@router.get(
    "/deficiencies/{deficiency_id}", auth=_READ, response=DeficiencyOut, summary="Read a shortage"
)
def read_deficiency(request: ApiRequest, deficiency_id: UUID) -> DeficiencyOut:
    """Answer with one shortage and what was done about it."""
    return deficiency_out(found.listed(record_lists.deficiencies(None), deficiency_id))


@router.get(
    "/registers/controlled-accounts",
    auth=_READ,
    response=Page[ControlledAccountOut],
    summary="The register of matters' own bank accounts",
)
def list_controlled_accounts(
    request: ApiRequest, asked: Query[AccountQuery]
) -> Page[ControlledAccountOut]:
    """Answer with every version of the details of accounts held for one matter alone."""
    fitting = record_lists.controlled_accounts(asked.account_id)
    return page_of(request, fitting, asked, controlled_out)


@router.get(
    "/registers/transit-money",
    auth=_READ,
    response=Page[TransitEntryOut],
    summary="The register of money in transit",
)
def list_transit_money(request: ApiRequest, asked: Query[MatterQuery]) -> Page[TransitEntryOut]:
    """Answer with money that the firm handed on and never banked."""
    return page_of(request, record_lists.transit_entries(asked.matter), asked, transit_out)


@router.get(
    "/registers/powers",
    auth=_READ,
    response=Page[PowerEntryOut],
    summary="The register of powers",
)
def list_powers(request: ApiRequest, asked: Query[MatterQuery]) -> Page[PowerEntryOut]:
    """Answer with powers over money and what was done by them."""
    return page_of(request, record_lists.power_entries(asked.matter), asked, power_out)


def _matter(found_: Matter) -> MatterOfLedger:
    return MatterOfLedger(id=found_.id, number=found_.number, title=found_.title)


def deficiency_out(case: Any) -> DeficiencyOut:
    """Return a shortage and what was done about it as an answer tells it."""
    currency = shortfalls.currency_of(case)
    steps = sorted(case.steps.all(), key=lambda step: (step.at, step.id))
    return DeficiencyOut.model_validate(
        {
            "id": case.id,
            "account": shapes.account(case.account) if case.account else None,
            "ledger": shapes.ledger(case.ledger) if case.ledger else None,
            "source": case.source,
            "amount": shapes.of_minor(case.amount_minor, currency),
            "missing": shapes.of_minor(case.missing_minor, currency),
            "is_open": all(step.act != "closed" for step in steps),
            "found_on": case.found_on,
            "cause": case.cause,
            "rule": case.rule,
            "by": shapes.person(case.by) if case.by else None,
            "recorded_at": case.at,
            "steps": [
                {
                    "id": step.id,
                    "act": step.act,
                    "on": step.on,
                    "words": step.words,
                    "reference": step.reference,
                    "amount": shapes.of_minor(step.amount_minor, currency),
                    "movement_id": step.movement_id,
                    "by": shapes.person(step.by),
                    "recorded_at": step.at,
                }
                for step in steps
            ],
        }
    )


def controlled_out(kept: ControlledAccount) -> ControlledAccountOut:
    """Return one version of an account's details as an answer tells it."""
    return ControlledAccountOut(
        id=kept.id,
        ledger=shapes.ledger(kept.ledger),
        turn=kept.turn,
        bank=Named(id=str(kept.bank.id), name=kept.bank.name),
        name=kept.name,
        number=kept.number_shown,
        direction=kept.direction,
        direction_on=kept.direction_on,
        on=kept.on,
        reason=kept.reason,
        by=shapes.person(kept.by),
        recorded_at=kept.at,
    )


def transit_out(entry: TransitEntry) -> TransitEntryOut:
    """Return money that was handed on as an answer tells it."""
    return TransitEntryOut(
        id=entry.id,
        matter=_matter(entry.matter),
        received_on=entry.received_on,
        received_from=entry.received_from,
        form=entry.form,
        amount=shapes.of_minor(entry.amount_minor, entry.currency),
        passed_on=entry.passed_on,
        passed_to=entry.passed_to,
        direction=entry.direction,
        by=shapes.person(entry.by),
        recorded_at=entry.at,
    )


def power_out(entry: PowerEntry) -> PowerEntryOut:
    """Return a row of the register of powers as an answer tells it."""
    return PowerEntryOut.model_validate(
        {
            "id": entry.id,
            "act": entry.act,
            "power_id": entry.power_id,
            "matter": _matter(entry.matter),
            "on": entry.on,
            "donor": entry.donor,
            "account": entry.account,
            "amount": shapes.of_minor(entry.amount_minor, entry.currency),
            "words": entry.words,
            "by": shapes.person(entry.by),
            "recorded_at": entry.at,
        }
    )
