"""A file of interest: send it, look at what was read row by row, then post all rows in one act."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib import clock, comma_files, ids
from chancery.lib.comma_files import Row
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import interest_files, settings
from chancery.trust.interest_files import Judged, JudgedRow
from chancery.trust.movements import LONGEST_REASON, Said
from chancery.trust.rules.interest_rows import TABLE
from chancery.web.firm_of_request import FirmRequest
from chancery.web.movements.kinds import REGISTERS
from chancery.web.movements.pages import rules_beside
from chancery.web.openings.forms import FileForm
from chancery.web.openings.opening_pages import template_of
from chancery.web.shell.answers import go, invalid, refused, show
from chancery.web.shell.forms import PlainForm, tell
from chancery.web.trust_accounts import frame

_PAGE = "movements/upload.html"
_LONGEST_TEXT = 2 * TABLE.bytes_at_most


class PostForm(PlainForm):
    """What is said of all rows; ``rows`` carries them from the preview to the posting."""

    reason = forms.CharField(label="What it is", max_length=LONGEST_REASON)
    reference = forms.CharField(label="Bank reference", max_length=80, required=False)
    rows = forms.CharField(widget=forms.HiddenInput, max_length=_LONGEST_TEXT, strip=False)
    key = forms.UUIDField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class PreviewRow:
    """One row of the file in its own words, where it goes, and everything that is wrong with it."""

    number: int
    cells: tuple[str, ...]
    where: str
    findings: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: FirmRequest) -> HttpResponse:
    """Show what a file looks like (GET); read one and show what was read, or post what was seen (POST)."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    listed = REGISTERS["interest"]
    context: dict[str, Any] = {
        "file_form": FileForm(),
        "limits": TABLE.limits,
        "currency": request.person.firm.currency,
        **rules_beside(listed, settings.policy()),
    }
    if request.method != "POST":
        return show(request, _PAGE, context)
    if request.POST.get("act") == "post":
        return _post(request, context)
    return _read(request, context)


@require_safe
def template(request: FirmRequest) -> HttpResponse:
    """Answer with the heading of a file to fill in."""
    require(request.person, Act.READ_MONEY)
    return template_of(TABLE, "interest.csv")


def _read(request: FirmRequest, context: dict[str, Any]) -> HttpResponse:
    form = context["file_form"] = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return invalid(request, _PAGE, context | {"form": form})
    sent = form.cleaned_data["file"]
    try:
        rows = list(comma_files.read(sent.chunks(), TABLE))
        judged = interest_files.judge(rows, by=request.person, today=frame.today(request))
    except Refusal as refusal:
        return refused(request, refusal, _PAGE, context, title="File not read", holds_money=False)
    said = {"reason": f"Interest, {sent.name}"[:LONGEST_REASON], "key": ids.new()}
    context["form"] = PostForm(initial={**said, "rows": _as_text(rows)})
    return show(request, _PAGE, context | _preview(judged))


def _post(request: FirmRequest, context: dict[str, Any]) -> HttpResponse:
    form = context["form"] = PostForm(request.POST)
    today, by = frame.today(request), request.person
    text = request.POST.get("rows", "")
    try:
        rows = list(comma_files.read([text.encode()], TABLE))
        context |= _preview(interest_files.judge(rows, by=by, today=today))
        if not form.is_valid():
            return invalid(request, _PAGE, context)
        typed = form.cleaned_data
        made = interest_files.post(
            rows=rows,
            said=Said(today, typed["reason"], typed["reference"]),
            by=by,
            at=clock.now(),
            today=today,
            key=str(typed["key"]),
        )
    except DetailsNotRight as refusal:
        tell(form, refusal)
        return invalid(request, _PAGE, context)
    except Refusal as refusal:
        return refused(request, refusal, _PAGE, context, title="Not posted")
    messages.info(request, f"{len(made)} rows are posted.")
    return go(request, "movement_list", "interest")


def _preview(judged: Judged) -> dict[str, Any]:
    shown = [one for one in judged.rows if one.findings] or judged.rows
    return {
        "rows": [_shown(one) for one in shown],
        "others": len(judged.rows) - len(shown),
        "faulty": judged.faulty_count,
        "net": judged.net,
        "columns": TABLE.columns,
    }


def _shown(one: JudgedRow) -> PreviewRow:
    matter = one.ledger.matter if one.ledger else None
    where = f"{matter.number} {matter.title}" if matter else ""
    if one.account and not where:
        where = f"To be paid on, {one.account.name}"
    return PreviewRow(
        number=one.row.number,
        cells=tuple(one.row.cells.get(name, "") for name in TABLE.columns),
        where=where,
        findings=tuple(finding.words for finding in one.findings),
    )


def _as_text(rows: Sequence[Row]) -> str:
    """Return the rows as they are sent back by the button that posts them, each in its own line."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(TABLE.columns)
    writer.writerows(_lines(rows))
    return text.getvalue()


def _lines(rows: Sequence[Row]) -> Iterable[list[str]]:
    """Yield each row in the line that it had, so that it keeps its number; a torn row stays torn."""
    line = 2
    for row in rows:
        yield from ([] for _ in range(row.number - line))
        cells = [row.cells.get(name, "") for name in TABLE.columns]
        yield cells if row.is_whole else [*cells, "", "torn"]
        line = row.number + 1
