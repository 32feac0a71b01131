"""Pages of a list by key: in the order in which records were made, so that nothing shifts meanwhile."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from pydantic import BaseModel, ConfigDict, Field

from chancery.api import limits
from chancery.api.requests import ApiRequest

Record = TypeVar("Record", bound=Model)
Item = TypeVar("Item", bound=BaseModel)
_OF_PAGE = frozenset({"limit", "cursor"})


class PageQuery(BaseModel):
    """Which part of a list is asked for."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[
        int, Field(ge=1, le=limits.PAGE_AT_MOST, description="How many records at most")
    ] = limits.PAGE
    cursor: Annotated[
        str,
        Field(
            max_length=300,
            pattern=r"^[\x21-\x7e]*$",
            description="Where the page before ended: its next_cursor, unread and unchanged",
        ),
    ] = ""


class Page(BaseModel, Generic[Item]):
    """Some records of a list. ``next`` is the address of the page after it, with the same filters."""

    items: list[Item]
    next: str | None
    next_cursor: str | None


def page_of(
    request: ApiRequest,
    found: QuerySet[Record],
    asked: PageQuery,
    shown: Callable[[Record], Item],
) -> Page[Item]:
    """Return the records after the cursor, the earliest made first.

    Refuses: FilterNotKnown, CursorNotRight.
    """
    _refuse_unknown(request, asked)
    narrowed = asked.model_dump(mode="json", exclude=set(_OF_PAGE), exclude_defaults=True)
    signer = _signer(request, narrowed)
    ordered = found.order_by("id")
    if asked.cursor:
        ordered = ordered.filter(pk__gt=_read(signer, asked.cursor))
    records = list(ordered[: asked.limit + 1])
    shown_ones, is_more = records[: asked.limit], len(records) > asked.limit
    cursor = signer.sign(shown_ones[-1].pk.hex) if is_more else None
    query = urlencode({**narrowed, "limit": asked.limit, "cursor": cursor})
    return Page(
        items=[shown(record) for record in shown_ones],
        next=f"{request.path}?{query}" if cursor else None,
        next_cursor=cursor,
    )


def _refuse_unknown(request: ApiRequest, asked: PageQuery) -> None:
    """Refuse a filter with a slip in its name, which would list everything in silence."""
    unknown = sorted(set(request.GET) - set(type(asked).model_fields))
    if unknown:
        raise limits.FilterNotKnown(unknown[0][:60])


def _signer(request: ApiRequest, narrowed: dict[str, Any]) -> Signer:
    """Return a signer whose cursors fit this firm's list under these filters only."""
    of_list = urlencode(sorted(narrowed.items()))
    return Signer(salt=f"api cursor {request.person.firm_id} {request.path} {of_list}", sep=".")


def _read(signer: Signer, cursor: str) -> UUID:
    try:
        return UUID(signer.unsign(cursor))
    except (BadSignature, ValueError) as error:
        raise limits.CursorNotRight from error
