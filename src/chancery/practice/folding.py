"""Names compared as the search does: accents, case and punctuation do not count."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from chancery.practice.models import SearchEntry

_AFTER_ALL_TEXT = "\U0010ffff"


def fold(words: str) -> str:
    """Return words folded by the database, so that no second rule exists."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT practice_fold(%s)", [words])
        return str(cursor.fetchone()[0])


def beginning(kind: str, words: str) -> QuerySet[SearchEntry, UUID]:
    """Return the ids of records of which a word begins so; for use inside a query."""
    start = fold(words)
    entries = SearchEntry.objects.filter(
        kind=kind, folded__gte=start, folded__lt=start + _AFTER_ALL_TEXT
    )
    return entries.values_list("record_id", flat=True)
