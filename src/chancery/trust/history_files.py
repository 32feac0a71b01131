"""The rows of a file of the past as they are kept: in their own words, each with what is wrong with it."""

import json
from typing import Any

from django.db import connection

from chancery.lib import ids
from chancery.lib.comma_files import Row
from chancery.trust.history_facts import Judged
from chancery.trust.models import HistoryImport, HistoryRow
from chancery.trust.rules.history_rows import LENGTHS


def rows_of(batch: HistoryImport) -> list[Row]:
    """Return the rows as they were read, in the order of the file."""
    columns = tuple(LENGTHS)
    rows = HistoryRow.objects.filter(batch=batch).order_by("number")
    kept = rows.values_list("number", "findings", *columns).iterator(chunk_size=10_000)
    return [
        Row(number, dict(zip(columns, cells, strict=True)), is_whole=_is_whole(findings))
        for number, findings, *cells in kept
    ]


def keep(batch: HistoryImport, rows: list[Row], judged: Judged) -> None:
    """Keep every row of a file in its own words, with what was found beside it."""
    columns: list[list[Any]] = [[ids.new() for _ in rows], [row.number for row in rows]]
    cells = [[row.cells.get(name, "")[:most] for row in rows] for name, most in LENGTHS.items()]
    found = [_as_json(judged, row.number) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [batch.firm_id, batch.id, *columns, *cells, found])


def rewrite_findings(batch: HistoryImport, judged: Judged) -> None:
    """Put what is found now in place of what was found before."""
    numbers = list(judged.findings)
    found = [_as_json(judged, number) for number in numbers]
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [batch.id, numbers])
        cursor.execute(_FIND, [numbers, found, batch.id])


def forget(batch: HistoryImport) -> None:
    """Throw the rows of a file away, in one act however many they are."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trust_historyrow WHERE batch_id = %s", [batch.id])


def _is_whole(findings: list[list[str]]) -> bool:
    """Tell whether the file's row was kept as it was: cells too many or too long are cut off."""
    return not any(code in ("cells_do_not_fit", "too_long") for code, _ in findings)


def _as_json(judged: Judged, number: int) -> str:
    return json.dumps([(each.code, each.words) for each in judged.findings.get(number, [])])


_KEEP = """
INSERT INTO trust_historyrow (firm_id, batch_id, id, number, date, matter, kind, amount, to_matter, party,
                              reference, method, findings)
SELECT %s, %s, r.* FROM unnest(%s::uuid[], %s::int[], %s::text[], %s::text[], %s::text[], %s::text[],
                               %s::text[], %s::text[], %s::text[], %s::text[], %s::jsonb[]) AS r"""

_FORGET = """
UPDATE trust_historyrow SET findings = '[]'
 WHERE batch_id = %s AND findings <> '[]' AND number <> ALL (%s::int[])"""

_FIND = """
UPDATE trust_historyrow h SET findings = f.found
  FROM unnest(%s::int[], %s::jsonb[]) AS f (number, found)
 WHERE h.batch_id = %s AND h.number = f.number"""
