"""Lists taken out as CSV or XLSX: the address says which."""

from django.http import HttpRequest, HttpResponse

from chancery.lib import clock
from chancery.reports import sheets
from chancery.reports.sheets import Sheet

ROWS_AT_MOST = 100_000
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(request: HttpRequest, name: str, sheet: Sheet) -> HttpResponse:
    """Answer with a file to keep: XLSX where the address asks ``format=xlsx``, else CSV."""
    if request.GET.get("format") == "xlsx":
        return _file(f"{name}.xlsx", sheets.as_xlsx(sheet, made_at=clock.now()), _XLSX)
    return _file(f"{name}.csv", sheets.as_csv(sheet), _CSV)


def _file(name: str, content: bytes, content_type: str) -> HttpResponse:
    made = HttpResponse(content, content_type=content_type)
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    return made
