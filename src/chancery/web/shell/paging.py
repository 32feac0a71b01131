"""Pages of a list: bounded always, with addresses that can be shared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row")
Record = TypeVar("Record", bound=Model)
PER_PAGE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, where they stand in it, and the ways back and on."""

    rows: tuple[Row, ...]
    first: int
    last: int
    total: int
    back_url: str
    next_url: str


def page_of(
    request: HttpRequest,
    found: QuerySet[Record],
    row: Callable[[Record], Row],
    *,
    per_page: int = PER_PAGE,
) -> Page[Row]:
    """Return the page that the request's ``page`` asks for; the list is ordered by a unique key."""
    total = found.count()
    last_page = max((total - 1) // per_page, 0)
    number = min(max(_number(request) - 1, 0), last_page)
    start = number * per_page
    rows = tuple(row(record) for record in found[start : start + per_page])
    return Page(
        rows=rows,
        first=start + 1 if rows else 0,
        last=start + len(rows),
        total=total,
        back_url=_url(request, number) if number else "",
        next_url=_url(request, number + 2) if number < last_page else "",
    )


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1  # noqa: PLR2004


def _url(request: HttpRequest, number: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"
