"""Post journals: the only way that money moves, for one deed and for an import alike.

The SQL function ``ledger_post`` writes; what it and the triggers refuse becomes a refusal here. Deeds
decide first, under the lock of ``balances.lock``, and so rarely meet one.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db import DatabaseError, connection

from chancery.ledger import faults
from chancery.ledger.models import Journal
from chancery.lib import ids

Side = Literal["D", "C"]
_SEED = 16
"""Bytes: as many as a salt has."""


@dataclass(frozen=True)
class Line:
    """One entry to be: a side, and an amount in minor units greater than nothing.

    ``clears_on`` is the day from which it counts as cleared; None is the day it takes effect.
    """

    account_id: UUID
    side: Side
    amount_minor: int
    clears_on: date | None = None


@dataclass(frozen=True)
class Draft:
    """A journal to be. ``key`` names it for ever within the firm; ``on`` is a legal day.

    ``narrative`` may hold personal words: only its salted digest is sealed, so it can be erased.
    """

    kind: str
    on: date
    narrative: str
    key: str
    lines: tuple[Line, ...]
    reverses_id: UUID | None = None
    id: UUID = field(default_factory=ids.new)


class Posted(NamedTuple):
    """The journal that stands under the key; ``was_there`` when an earlier call had posted it."""

    journal_id: UUID
    was_there: bool


def post(drafts: Sequence[Draft], *, by: UUID, at: datetime) -> list[Posted]:
    """Post all journals or none, in the firm's transaction; ``by`` is a person's id.

    The same key with the same content returns the journal that is there.
    Refuses: LedgerBelowZero, LedgerClosed, PeriodLocked, KeyNamesAnother, ReversedAlready.
    """
    assert connection.in_atomic_block, "money moves inside a transaction of its firm"
    with connection.cursor() as cursor:
        try:
            cursor.execute(_POST, [by, at, *_arrays(drafts)])
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", None):
                cursor.execute(_BACK)  # the server said so, and the savepoint stands
            if refusal := faults.refusal_of(error):
                raise refusal from error
            raise
        cursor.nextset()  # past the savepoint's own answer
        stood = dict(cursor.fetchall())
    return [
        Posted(stood.get(place, draft.id), place in stood) for place, draft in enumerate(drafts, 1)
    ]


def journal_under(key: str) -> UUID | None:
    """Return the journal that stands under a key, so that a deed done before is not judged again."""
    return Journal.objects.filter(key=key).values_list("id", flat=True).first()


# The transaction stays usable after a refusal. The savepoint goes with the call, in one round trip: one more
# before it and one after would take longer than the posting.
_BACK = "ROLLBACK TO SAVEPOINT posting; RELEASE SAVEPOINT posting"
_POST = """SAVEPOINT posting;
SELECT place, journal_id FROM ledger_post(%s, %s, %s, %s::uuid[], %s::date[], %s::text[], %s::text[],
  %s::text[], %s::uuid[], %s::smallint[], %s::integer[], %s::smallint[], %s::uuid[],
  %s::text[], %s::bigint[], %s::date[]);
RELEASE SAVEPOINT posting"""


def _arrays(drafts: Sequence[Draft]) -> list[Any]:
    """Return the seed of the salts, then journals and entries column by column, as ``ledger_post`` asks."""
    places: list[int] = []
    lines: list[Line] = []
    for place, draft in enumerate(drafts, 1):
        places += [place] * len(draft.lines)
        lines += draft.lines
    return [
        secrets.token_bytes(_SEED),
        _plain([draft.id.hex for draft in drafts]),
        _plain([draft.on for draft in drafts]),
        _plain([draft.kind for draft in drafts]),
        _quoted([draft.narrative for draft in drafts]),
        _quoted([draft.key for draft in drafts]),
        _plain([draft.reverses_id or "NULL" for draft in drafts]),
        _plain([len(draft.lines) for draft in drafts]),
        _plain(places),
        _plain([number for draft in drafts for number in range(1, len(draft.lines) + 1)]),
        _plain([line.account_id.hex for line in lines]),
        _plain([line.side for line in lines]),
        _plain([line.amount_minor for line in lines]),
        _plain([line.clears_on or "NULL" for line in lines]),
    ]


def _plain(values: Iterable[object]) -> str:
    """Return an array of what needs no quotes (identifiers, days, numbers) as PostgreSQL reads it.

    Written out here because adapting each of fourteen lists costs more than the posting itself.
    """
    return f"{{{','.join(map(str, values))}}}"


def _quoted(texts: Iterable[str]) -> str:
    """Return an array of any texts, each in its quotes."""
    escaped = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join([f'"{text}"' for text in escaped]) + "}"
