"""Pages of a list by key: a page begins after a record, so nothing shifts when others add or delete."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from chancery.web.shell.paging import PER_PAGE, Page

Row = TypeVar("Row")
Record = TypeVar("Record", bound=Model)
_AFTER, _BEFORE = "after", "before"


def page_of(
    request: HttpRequest,
    found: QuerySet[Record],
    row: Callable[[Record], Row],
    *,
    order: tuple[str, ...],
    per_page: int = PER_PAGE,
) -> Page[Row]:
    """Return the page before or after the record that the request names, else the first one.

    ``order`` names the columns the list is ordered by, together unique; ``-`` means descending.
    """
    total = found.count()
    records = _records(request, found, order, per_page)
    if not records:
        return Page(rows=(), first=0, last=0, total=total, back_url="", next_url="")
    first = found.filter(_beyond(_key(records[0], order), order, is_after=False)).count() + 1
    last = first + len(records) - 1
    return Page(
        rows=tuple(row(record) for record in records),
        first=first,
        last=last,
        total=total,
        back_url=_url(request, _BEFORE, records[0]) if first > 1 else "",
        next_url=_url(request, _AFTER, records[-1]) if last < total else "",
    )


def _records(
    request: HttpRequest, found: QuerySet[Record], order: tuple[str, ...], per_page: int
) -> list[Record]:
    after, before = (_anchor(request, found, name, order) for name in (_AFTER, _BEFORE))
    records: list[Record] = []
    if after:
        records = list(found.filter(_beyond(after, order, is_after=True))[:per_page])
    elif before:
        earlier = found.filter(_beyond(before, order, is_after=False)).reverse()[:per_page]
        records = list(earlier)[::-1]
    return records or list(found[:per_page])


def _anchor(
    request: HttpRequest, found: QuerySet[Record], name: str, order: tuple[str, ...]
) -> tuple[Any, ...]:
    """Return the key of the record that the address names; nothing when it is gone or no record's."""
    try:
        named = UUID(request.GET.get(name, ""))
    except ValueError:
        return ()
    record = found.filter(pk=named).first()
    return _key(record, order) if record else ()


def _key(record: Model, order: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(record, column.lstrip("-")) for column in order)


def _beyond(key: tuple[Any, ...], order: tuple[str, ...], *, is_after: bool) -> Q:
    """Return the condition of standing beyond a key, as one comparison of rows written out.

    Its first part, not beyond the first column, is what lets an index begin there.
    """
    beyond, so_far = Q(pk__in=[]), Q()
    for column, value in zip(order, key, strict=True):
        name, side = column.lstrip("-"), _side(column, is_after=is_after)
        beyond |= so_far & Q(**{f"{name}__{side}": value})
        so_far &= Q(**{name: value})
    first = order[0]
    start = Q(**{f"{first.lstrip('-')}__{_side(first, is_after=is_after)}e": key[0]})
    return start & beyond


def _side(column: str, *, is_after: bool) -> str:
    grows = is_after != column.startswith("-")
    return "gt" if grows else "lt"


def _url(request: HttpRequest, name: str, record: Model) -> str:
    asked = request.GET.copy()
    for other in (_AFTER, _BEFORE, "page"):
        asked.pop(other, None)
    asked[name] = str(record.pk)
    return f"?{asked.urlencode()}"
