"""Lists taken out as CSV: read by any spreadsheet, and never run by one."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse

ROWS_AT_MOST = 100_000
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(name: str, heads: list[str], rows: Iterable[list[str]]) -> HttpResponse:
    """Answer with a file to keep; a cell that a spreadsheet would calculate is marked as words."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    answer = HttpResponse(
        text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
