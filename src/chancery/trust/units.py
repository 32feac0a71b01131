"""Post what was before Chancery as one unit, and take the whole of it back while nothing stands beside it.

A unit is known by how the keys of its journals begin. Each journal has its movement; each undoing its
reversal, linked and with the reason. All of it is written set by set: a unit may be 100,000 journals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection

from chancery.ledger import pools, posting, reversals
from chancery.ledger.posting import Draft
from chancery.lib import ids
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import permissions
from chancery.practice.people import Person
from chancery.trust.models import MovementKind, TrustBankAccount

LONGEST_REASON = 300


@dataclass(eq=False)
class OthersArePosted(Refusal):
    """Something was posted on the account since; taking the unit back would pull the ground from it."""

    code: ClassVar[str] = "trust.others_are_posted"

    account: str

    def __str__(self) -> str:
        return (
            f"Other entries stand on “{self.account}” by now, so this cannot be undone as a whole."
            " Put single entries right by reversing them."
        )


@dataclass(frozen=True)
class Unit:
    """How the keys of a unit's journals begin, and how many others stood in its pool before it."""

    name: str
    stood_before: int = 0


@dataclass(frozen=True)
class Entry:
    """One journal of a unit and what its movement says. ``ledger_id`` is whose money it is."""

    draft: Draft
    ledger_id: UUID
    amount_minor: int
    reference: str = ""


def post(
    account: TrustBankAccount,
    kind: MovementKind,
    entries: Sequence[Entry],
    *,
    by: Person,
    at: datetime,
    today: date,
) -> None:
    """Post every journal of a unit in one call and write its movements.

    Refuses: LedgerBelowZero, PeriodLocked, LedgerClosed, KeyNamesAnother.
    """
    posting.post([entry.draft for entry in entries], by=by.id, at=at)
    columns: list[list[Any]] = [
        [ids.new() for _ in entries],
        [entry.draft.id for entry in entries],
        [entry.ledger_id for entry in entries],
        [entry.draft.on for entry in entries],
        [entry.amount_minor for entry in entries],
        [entry.reference for entry in entries],
        [entry.draft.narrative[:LONGEST_REASON] for entry in entries],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_MOVEMENTS, [by.firm_id, account.id, kind.value, today, by.id, at, *columns])


def undo(
    account: TrustBankAccount,
    journal_ids: Sequence[UUID],
    *,
    unit: Unit,
    reason: str,
    by: Person,
    at: datetime,
) -> str:
    """Take every journal of a unit back, on its own day, in one act; return the reason as it is kept.

    Refuses: NotAllowed, DetailsNotRight, OthersArePosted, PeriodLocked.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    reason = tidy(reason)
    problem = "Say why, in at most 300 characters; every entry that is taken back keeps it."
    refuse_any([] if 0 < len(reason) <= LONGEST_REASON else [Problem("reason", problem)])
    pools.hold(account.id)
    if pools.others(account.id, unit=unit.name) != unit.stood_before:
        raise OthersArePosted(account.name)
    drafts = reversals.mirrors(
        journal_ids=journal_ids,
        kind="reversal",
        narrative=f"Undone: {reason}",
        key=f"{pools.UNDOING}{unit.name}",
    )
    posting.post(drafts, by=by.id, at=at)
    _write_reversals(account, drafts, reason, by, at)
    return reason


def _write_reversals(
    account: TrustBankAccount, drafts: list[Draft], reason: str, by: Person, at: datetime
) -> None:
    columns: list[list[Any]] = [
        [ids.new() for _ in drafts],
        [draft.id for draft in drafts],
        [draft.reverses_id for draft in drafts],
        [draft.on for draft in drafts],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_REVERSALS, [by.firm_id, account.id, reason, by.id, at, *columns])


_MOVEMENTS = """
INSERT INTO trust_movement (id, firm_id, account_id, kind, made_on, by_id, at, journal_id, ledger_id, "on",
                            amount_minor, reference, reason, gross_minor, tax_minor, fees_minor)
SELECT m.id, f.firm, f.account, f.kind, f.today, f.actor, f.at, m.journal, m.ledger, m.on_day,
       m.amount, m.reference, m.reason, 0, 0, 0
  FROM (VALUES (%s::uuid, %s::uuid, %s, %s::date, %s::uuid, %s::timestamptz))
         AS f (firm, account, kind, today, actor, at),
       unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::date[], %s::bigint[], %s::text[], %s::text[])
         AS m (id, journal, ledger, on_day, amount, reference, reason)"""

_REVERSALS = """
INSERT INTO trust_reversal (id, firm_id, account_id, reason, by_id, at, kind, journal_id, reversed_journal_id,
                            document_kind, document_id, "on", shortage_minor)
SELECT r.id, f.firm, f.account, f.reason, f.actor, f.at, 'reversal', r.journal, r.reversed,
       'movement', m.id, r.on_day, 0
  FROM (VALUES (%s::uuid, %s::uuid, %s, %s::uuid, %s::timestamptz)) AS f (firm, account, reason, actor, at),
       unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::date[]) AS r (id, journal, reversed, on_day)
  JOIN trust_movement m ON m.journal_id = r.reversed"""
