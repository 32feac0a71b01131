"""The parts of an opening from files, where they are more than one request of JSON holds."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from ninja import Router

from chancery.api import limits
from chancery.api.money.openings import WRITE, OpeningOut, live, shown
from chancery.api.requests import ApiRequest, today
from chancery.lib import comma_files
from chancery.lib.comma_files import Row, Table
from chancery.trust import opening_parts
from chancery.trust.rules.openings import ITEMS, LEDGERS

router = Router(tags=["openings"])


def _about(what: str, table: Table) -> str:
    return (
        f"Put the {what} of a file in place of those in the draft: all of them, or none where a row has "
        f"a finding; the facts of the refusal name each. The columns are {', '.join(table.columns)}; "
        f"needed are {', '.join(table.needed)}. At most {table.limits}. It takes no key: nothing is "
        "posted by it, and the same file again changes nothing."
    )


@router.post(
    "/openings/{opening_id}/ledgers/file",
    auth=WRITE,
    response=OpeningOut,
    summary="Put the ledgers of a file in an opening",
    description=_about("ledgers", LEDGERS),
)
@limits.takes_file(bytes_at_most=LEDGERS.bytes_at_most)
def read_opening_ledgers(request: ApiRequest, opening_id: UUID) -> OpeningOut:
    """Put the ledgers of a file in place of those in the draft. Refuses: FileHasFindings."""
    account = live(opening_id)
    opening_parts.put_ledgers(account=account, rows=_rows(request, LEDGERS), **_who(request))
    return shown(opening_id)


@router.post(
    "/openings/{opening_id}/items/file",
    auth=WRITE,
    response=OpeningOut,
    summary="Put the outstanding items of a file in an opening",
    description=_about("outstanding items", ITEMS),
)
@limits.takes_file(bytes_at_most=ITEMS.bytes_at_most)
def read_opening_items(request: ApiRequest, opening_id: UUID) -> OpeningOut:
    """Put the outstanding items of a file in place of those in the draft. Refuses: FileHasFindings."""
    account = live(opening_id)
    opening_parts.put_items(account=account, rows=_rows(request, ITEMS), **_who(request))
    return shown(opening_id)


def _rows(request: ApiRequest, table: Table) -> Iterator[Row]:
    return comma_files.read(limits.file_of(request), table)


def _who(request: ApiRequest) -> dict[str, Any]:
    return {"by": request.person, "at": request.at, "today": today(request)}
