"""Shortages by programs: recorded by hand, their cause, what the regulator was told, and their end.

They are added to the router of the registers, for one address answers both ways only within one router;
what restores a shortage is a movement.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Status

from chancery.api import idempotency
from chancery.api.money import found, register_entries
from chancery.api.money.found import DEFICIENCY
from chancery.api.money.movements import MovementIn, moved, said
from chancery.api.money.registers import DeficiencyOut, deficiency_out
from chancery.api.money.shapes import On, Reason, Words80
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Asked
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import deficiencies, deficiency_steps, record_lists
from chancery.trust.deficiency_steps import DeficiencyStep, Noted

router = register_entries.router
_WRITE = Bearer(Scope.REGISTERS_WRITE)


class StepIn(Asked):
    """What is said of a shortage, and its legal day."""

    on: On = None
    words: Reason


class NotificationIn(StepIn):
    """What the regulator was told, and under which reference."""

    reference: Words80 = ""


@router.post(
    "/deficiencies",
    auth=Bearer(Scope.MOVEMENTS_WRITE),
    response={201: DeficiencyOut},
    summary="Record a shortage that the bank shows",
)
@idempotency.required
def record_deficiency(
    request: ApiRequest, payload: MovementIn, response: HttpResponse
) -> Status[DeficiencyOut]:
    """Enter money that the bank lacks and no document explains; no client's ledger bears it."""
    case = deficiencies.record(**moved(payload), **said(request, payload))
    response["Location"] = f"{request.path}/{case.id}"
    return Status(201, _read(case.id))


@router.post(
    "/deficiencies/{deficiency_id}/cause",
    auth=_WRITE,
    response={201: DeficiencyOut},
    summary="Say what caused a shortage",
)
@idempotency.required
def explain_deficiency(
    request: ApiRequest, deficiency_id: UUID, payload: StepIn
) -> Status[DeficiencyOut]:
    """Enter what caused a shortage, as it was found out."""
    return _done(request, deficiency_id, payload, deficiency_steps.explain)


@router.post(
    "/deficiencies/{deficiency_id}/notifications",
    auth=_WRITE,
    response={201: DeficiencyOut},
    summary="Record that the regulator was told",
)
@idempotency.required
def notify_of_deficiency(
    request: ApiRequest, deficiency_id: UUID, payload: NotificationIn
) -> Status[DeficiencyOut]:
    """Enter when the regulator was told of a shortage, in which words, under which reference."""
    return _done(request, deficiency_id, payload, deficiency_steps.notify)


@router.post(
    "/deficiencies/{deficiency_id}/closing",
    auth=_WRITE,
    response={201: DeficiencyOut},
    summary="Close a shortage",
)
@idempotency.required
def close_deficiency(
    request: ApiRequest, deficiency_id: UUID, payload: StepIn
) -> Status[DeficiencyOut]:
    """Close a shortage of which nothing is missing, or a proof's whose books are right again."""
    return _done(request, deficiency_id, payload, deficiency_steps.close)


def _done(
    request: ApiRequest, deficiency_id: UUID, payload: StepIn, deed: Callable[..., DeficiencyStep]
) -> Status[DeficiencyOut]:
    day: date = today(request)
    noted = Noted(payload.on or day, payload.words, getattr(payload, "reference", ""))
    who: dict[str, Any] = {"by": request.person, "at": request.at, "today": day}
    case = DEFICIENCY.at(deficiency_id)
    deed(case=case, noted=noted, key=idempotency.deed_key(request), **who)
    return Status(201, _read(case.id))


def _read(deficiency_id: UUID) -> DeficiencyOut:
    return deficiency_out(found.listed(record_lists.deficiencies(None), deficiency_id))
