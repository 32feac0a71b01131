"""Payees: contacts' bank details in every version, and the call by which a second person checked them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, Field, StringConstraints

from chancery.api import idempotency, problems
from chancery.api.cursors import Page, PageQuery, page_of
from chancery.api.money import found, shapes
from chancery.api.money.found import PAYEE
from chancery.api.requests import ApiRequest
from chancery.api.shapes import NOT_NUL, Asked, Named
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import payees, record_lists
from chancery.trust.payees import CallBack, PayeeCheck, PayeeDetails

router = Router(tags=["payees"])
_READ = Bearer(Scope.PAYEES_READ)
_PART = "number_"
Part = Annotated[str, Field(max_length=40, pattern=NOT_NUL)]
AccountName = Annotated[str, StringConstraints(min_length=1, max_length=150, pattern=NOT_NUL)]
CalledNumber = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=NOT_NUL)]
Source = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NOT_NUL)]
SpokenWith = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=NOT_NUL)]


class PayeeIn(Asked):
    """A contact's bank details, or other ones in place of those it has.

    ``number`` is by the parts of the firm's country, such as bsb and account.
    """

    contact_id: UUID
    account_name: AccountName
    number: Annotated[dict[Part, Part], Field(max_length=6)]


class CheckIn(Asked):
    """A call to the payee: which number, where that was found, who answered."""

    called_number: CalledNumber
    number_source: Source
    spoke_with: SpokenWith


class CheckOut(BaseModel):
    """The call that confirmed bank details."""

    called_number: str
    number_source: str
    spoke_with: str
    by: Named
    at: datetime


class PayeeOut(BaseModel):
    """One version of a contact's bank details. Money goes only to the latest, once it is checked."""

    id: UUID
    contact: Named
    turn: int
    is_latest: bool
    account_name: str
    number: dict[str, str]
    number_shown: str
    entered_by: Named
    entered_at: datetime
    check: CheckOut | None


class PayeeQuery(PageQuery):
    """What the list is narrowed to."""

    contact_id: UUID | None = None
    is_latest: bool | None = None


@router.get("/payees", auth=_READ, response=Page[PayeeOut], summary="List payees' bank details")
def list_payees(request: ApiRequest, asked: Query[PayeeQuery]) -> Page[PayeeOut]:
    """Answer with contacts' bank details in every version, or those alone that now stand."""
    fitting = record_lists.payees(contact=asked.contact_id, is_latest=asked.is_latest)
    return page_of(request, fitting, asked, _shown)


@router.get(
    "/payees/{payee_id}", auth=_READ, response=PayeeOut, summary="Read a payee's bank details"
)
def read_payee(request: ApiRequest, payee_id: UUID) -> PayeeOut:
    """Answer with one version of a contact's bank details."""
    return _read(payee_id)


@router.post(
    "/payees",
    auth=Bearer(Scope.PAYEES_WRITE),
    response={201: PayeeOut},
    summary="Enter or change a payee's bank details",
)
@idempotency.required
def enter_payee(request: ApiRequest, payload: PayeeIn, response: HttpResponse) -> Status[PayeeOut]:
    """Enter bank details as a new version, which is unchecked; earlier ones stay and get no money."""
    contact = found.contact(request.person, payload.contact_id, "contact_id")
    with problems.naming(_path):
        entered = payees.enter(
            contact=contact,
            account_name=payload.account_name,
            number=payload.number,
            by=request.person,
            at=request.at,
        )
    response["Location"] = f"{request.path}/{entered.id}"
    return Status(201, _read(entered.id))


@router.post(
    "/payees/{payee_id}/check",
    auth=Bearer(Scope.PAYEES_CHECK),
    response=PayeeOut,
    summary="Record the call that checked bank details",
)
@idempotency.required
def check_payee(request: ApiRequest, payee_id: UUID, payload: CheckIn) -> PayeeOut:
    """Record that someone other than who entered them heard these details from the payee."""
    details = PAYEE.at(payee_id)
    payees.require_latest(details)
    call = CallBack(**payload.model_dump())
    payees.check(details=details, call=call, by=request.person, at=request.at)
    return _read(payee_id)


def _path(field: str) -> str:
    """Return where a part of a number stands in what was sent."""
    return f"number.{field.removeprefix(_PART)}" if field.startswith(_PART) else field


def _read(payee_id: UUID) -> PayeeOut:
    return _shown(found.listed(record_lists.payees(contact=None, is_latest=None), payee_id))


def _shown(details: PayeeDetails) -> PayeeOut:
    check: PayeeCheck | None = getattr(details, "check_made", None)
    return PayeeOut(
        id=details.id,
        contact=Named(id=str(details.contact_id), name=details.contact.name),
        turn=details.turn,
        is_latest=details.is_latest,  # type: ignore[attr-defined]  # the list adds it
        account_name=details.account_name,
        number=details.number,
        number_shown=details.number_shown,
        entered_by=shapes.person(details.entered_by),
        entered_at=details.entered_at,
        check=_call(check) if check else None,
    )


def _call(check: PayeeCheck) -> CheckOut:
    return CheckOut(
        called_number=check.called_number,
        number_source=check.number_source,
        spoke_with=check.spoke_with,
        by=shapes.person(check.by),
        at=check.at,
    )
