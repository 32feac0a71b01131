"""What a list may be asked: changed since, where, in which order, which page."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from xero_sandbox import dates
from xero_sandbox.api import answers, where
from xero_sandbox.api.answers import Stopped
from xero_sandbox.api.calls import Call

PAGE_SIZE, PAGE_SIZE_MAX = 100, 1000
Elements = list[dict[str, Any]]


def modified_since(headers: Mapping[str, str]) -> float:
    """Return the instant of If-Modified-Since, to the second; without one, the beginning of time.

    Refuses: Stopped with 400.
    """
    text = headers.get("if-modified-since", "")
    if not text:
        return 0.0
    at = dates.instant_of(text)
    if at is None:
        raise Stopped(answers.post_data_invalid(f"If-Modified-Since '{text}' is not a date."))
    return float(int(at))


def chosen(elements: Elements, call: Call, *, known: Collection[str]) -> Elements:
    """Return the elements that `where` lets through, in the order asked.

    Refuses: Stopped with 400.
    """
    try:
        if call.asked("where"):
            test = where.read(call.asked("where"), known)
            elements = [element for element in elements if test(element)]
        return _ordered(elements, call.asked("order"), known)
    except where.Unreadable as why:
        raise Stopped(answers.query_unreadable(str(why))) from why


def _ordered(elements: Elements, order: str, known: Collection[str]) -> Elements:
    names = {name.lower(): name for name in known}
    for part in reversed([part.split() for part in order.split(",") if part.strip()]):
        name = names.get(part[0].lower())
        direction = part[1].upper() if len(part) > 1 else "ASC"
        if name is None or direction not in {"ASC", "ASCENDING", "DESC", "DESCENDING"}:
            raise where.Unreadable(f"The order '{order}' cannot be read")
        elements = sorted(
            elements, key=lambda e: _rank(e.get(name)), reverse=direction.startswith("DESC")
        )
    return elements


def _rank(value: Any) -> tuple[bool, str]:
    return (value is not None, str(value).casefold() if value is not None else "")


def paged(elements: Elements, call: Call) -> tuple[Elements, dict[str, int] | None]:
    """Return the page asked for and its place among the pages; without a page asked, all.

    Refuses: Stopped with 400.
    """
    if not call.asked("page") and not call.asked("pageSize"):
        return elements, None
    page = _whole(call, "page", 1)
    size = min(_whole(call, "pageSize", PAGE_SIZE), PAGE_SIZE_MAX)
    place = {
        "page": page,
        "pageSize": size,
        "pageCount": -(-len(elements) // size),
        "itemCount": len(elements),
    }
    return elements[(page - 1) * size : page * size], place


def _whole(call: Call, name: str, absent: int) -> int:
    text = call.asked(name) or str(absent)
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text):
        raise Stopped(
            answers.query_unreadable(f"The {name} '{text}' is not a whole number above 0")
        )
    return int(text)
