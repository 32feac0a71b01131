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
    return page_together(request, found, asked, lambda records: [shown(one) for one in records])


def page_together(
    request: ApiRequest,
    found: QuerySet[Record],
    asked: PageQuery,
    shown: Callable[[list[Record]], list[Item]],
) -> Page[Item]:
    """Return the records after the cursor, shown all at once, as what belongs to them is read at once.

    Refuses: FilterNotKnown, CursorNotRight.
    """
    pager = Pager(request, asked)
    ordered = found.order_by("id")
    if pager.after:
        ordered = ordered.filter(pk__gt=_id(pager.after))
    records = list(ordered[: asked.limit + 1])
    kept, is_more = records[: asked.limit], len(records) > asked.limit
    return pager.page(shown(kept), kept[-1].pk.hex if is_more else "")


class Pager:
    """Reads the cursor of a request and makes the next; what stands in one is the list's own affair."""

    def __init__(self, request: ApiRequest, asked: PageQuery) -> None:
        """Read the cursor, if there is one, into ``after``. Refuses: FilterNotKnown, CursorNotRight."""
        refuse_unknown(request, type(asked))
        self._path, self._limit = request.path, asked.limit
        self._narrowed = asked.model_dump(mode="json", exclude=set(_OF_PAGE), exclude_defaults=True)
        self._signer = _signer(request, self._narrowed)
        self.after = _read(self._signer, asked.cursor) if asked.cursor else ""

    def page(self, items: list[Item], after: str) -> Page[Item]:
        """Return a page that ends at a place; nowhere where nothing comes after it."""
        cursor = self._signer.sign(after) if after else None
        query = urlencode({**self._narrowed, "limit": self._limit, "cursor": cursor})
        return Page(
            items=items, next=f"{self._path}?{query}" if cursor else None, next_cursor=cursor
        )


def refuse_unknown(request: ApiRequest, query: type[BaseModel]) -> None:
    """Refuse a filter with a slip in its name, which would list everything in silence."""
    unknown = sorted(set(request.GET) - set(query.model_fields))
    if unknown:
        raise limits.FilterNotKnown(unknown[0][:60])


def _signer(request: ApiRequest, narrowed: dict[str, Any]) -> Signer:
    """Return a signer whose cursors fit this firm's list under these filters only."""
    of_list = urlencode(sorted(narrowed.items()))
    return Signer(salt=f"api cursor {request.person.firm_id} {request.path} {of_list}", sep=".")


def _read(signer: Signer, cursor: str) -> str:
    try:
        return signer.unsign(cursor)
    except BadSignature as error:
        raise limits.CursorNotRight from error


def _id(after: str) -> UUID:
    try:
        return UUID(after)
    except ValueError as error:
        raise limits.CursorNotRight from error
