"""Faults planted on purpose, one at a time: each is what somebody might break, in the database or a rule."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from chancery.lib import ids
from chancery.practice import permissions
from chancery.trust import receipts, releases, requests, reversals, transfers
from chancery.trust.rules import clearing, costs, overdraw
from chancery.trust.rules import receipts as receipt_rules
from chancery.trust.rules import withdrawals as rules

Patch = Callable[[pytest.MonkeyPatch], None]
Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Fault:
    """Something broken: statements on the database, words of a function replaced, or a rule patched.

    ``told_in`` names the scenarios that tell of it, where no sequence of the machine comes near;
    ``in_a_race`` says that only somebody who acts at the same moment could notice.
    """

    name: str
    statements: tuple[str, ...] = ()
    function: str = ""
    words: str = ""
    instead: str = ""
    patch: Patch | None = None
    told_in: str = ""
    in_a_race: bool = False

    @property
    def is_in_database(self) -> bool:
        """Tell whether a database has to be thrown away for it."""
        return bool(self.statements or self.function)


@contextmanager
def planted(fault: Fault, owner: str) -> Iterator[None]:
    """Break it for the block; ``owner`` is the address of the role that owns the throwaway tables."""
    if fault.is_in_database:
        with psycopg.connect(owner, autocommit=True) as connection:
            _break(connection, fault)
    with pytest.MonkeyPatch.context() as patched:
        if fault.patch:
            fault.patch(patched)
        yield


def _break(connection: Connection, fault: Fault) -> None:
    for statement in fault.statements:
        connection.execute(statement.encode())
    if fault.function:
        query = "SELECT pg_get_functiondef(%s::regproc)"
        row = connection.execute(query, [fault.function]).fetchone()
        assert row, f"there is no {fault.function}"
        assert fault.words in row[0], f"{fault.function} does not say: {fault.words}"
        connection.execute(row[0].replace(fault.words, fault.instead).encode())


def _instead(owner: object, name: str, value: object) -> Patch:
    return lambda patched: patched.setattr(owner, name, value)


def _lets(*_given: object, **_named: object) -> None:
    """Refuse nothing."""


def _any_version(prepared: rules.Prepared, given: Any) -> frozenset[str]:
    return frozenset(each.by for each in given if not prepared.was_prepared_by(each.by))


def _fresh_key(patched: pytest.MonkeyPatch) -> None:
    draft = receipts._draft

    def unkeyed(details: Any, setting: Any, key: str) -> Any:
        return draft(details, setting, f"{key}{ids.new()}")

    patched.setattr(receipts, "_draft", unkeyed)


def _a_day_early(patched: pytest.MonkeyPatch) -> None:
    first = costs.first_allowed_on

    def early(policy: Any, delivered_on: Any) -> Any:
        return first(policy, delivered_on) - timedelta(days=1)

    patched.setattr(costs, "first_allowed_on", early)


def _whoever_asks(request: Any, how: Any, *, by: Any, today: Any) -> None:
    releases.require_ready(request, how, by=by, today=today)


FAULTS = (
    Fault(
        "No check keeps the days of a ledger above nought",
        (
            "ALTER TABLE ledger_day DROP CONSTRAINT client_ledger_is_never_below_zero",
            "ALTER TABLE ledger_day DROP CONSTRAINT only_available_money_is_spent",
            "ALTER TABLE ledger_day DROP CONSTRAINT available_money_is_held",
        ),
    ),
    Fault(
        "Protecting and clearing early moves nothing",
        ("ALTER TABLE ledger_availability DISABLE TRIGGER availability_moves",),
    ),
    Fault(
        "A protection that ends takes the money again",
        function="ledger_move_availability",
        words="ELSE NEW.amount_minor END",
        instead="ELSE -NEW.amount_minor END",
    ),
    Fault(
        "A journal is reversed as often as one likes",
        ("DROP INDEX ledger_journal_is_reversed_once",),
    ),
    Fault(
        "A locked period takes entries",
        function="ledger_judge_entries",
        words="IF coalesce(earliest <= locked, false) AND EXISTS",
        instead="IF false AND EXISTS",
    ),
    Fault(
        "A closed ledger takes entries",
        function="ledger_judge_entries",
        words="IF closed IS NOT NULL THEN",
        instead="IF false THEN",
    ),
    Fault(
        "A journal need not balance",
        function="ledger_judge_entries",
        words="ELSIF found.lopsided IS NOT NULL THEN",
        instead="ELSIF false THEN",
    ),
    Fault(
        "Only today is looked at when a payment is dated earlier",
        function="ledger_lock",
        words="(SELECT min(d.available_minor) FROM ledger_day d"
        " WHERE d.account_id = b.account_id AND d.day > on_day)",
        instead="NULL",
    ),
    Fault(
        "A document's number leaves one out",
        function="trust_give_number",
        words="SET last_number = s.last_number + 1",
        instead="SET last_number = s.last_number + 2",
    ),
    Fault(
        "Another firm sees the entries",
        ("ALTER TABLE ledger_entry DISABLE ROW LEVEL SECURITY",),
    ),
    Fault(
        "What is posted may be written over",
        (
            "DROP TRIGGER never_changed ON ledger_entry",
            "GRANT UPDATE ON ledger_entry TO chancery_app",
        ),
    ),
    Fault(
        "A payment may be larger than the ledger",
        patch=_instead(overdraw, "allow_withdrawal", _lets),
    ),
    Fault(
        "A cheque may be spent on the day it comes",
        patch=_instead(clearing, "clears_on", lambda _policy, _method, received_on: received_on),
    ),
    Fault("An approval outlives an edit", patch=_instead(rules, "standing", _any_version)),
    Fault(
        "One may approve what one asked for",
        patch=_instead(rules.Prepared, "was_prepared_by", lambda *_: False),
    ),
    Fault("No daily total is kept", patch=_instead(rules, "within_daily_total", _lets)),
    Fault("A form sent twice is two receipts", patch=_fresh_key),
    Fault("What bounced is not covered", patch=_instead(reversals, "_covers", lambda *_, **__: [])),
    Fault("A transfer needs no authority", patch=_instead(transfers, "_may_move", _whoever_asks)),
    Fault("What was paid may be asked for again", patch=_instead(requests, "finish", _lets)),
    Fault("Roles allow everything", patch=_instead(permissions, "require", _lets)),
    Fault("Nobody has to sign in again", patch=_instead(releases, "require_step_up", _lets)),
)
"""What the machine finds by itself."""
BESIDE = (
    Fault(
        "Nobody waits for a ledger that another holds",
        function="ledger_lock",
        words="FOR UPDATE",
        instead="",
        in_a_race=True,
    ),
    Fault("A bill is paid a day too early", patch=_a_day_early, told_in="bills"),
    Fault(
        "Any sum of cash is taken",
        patch=_instead(receipt_rules, "allow_cash", _lets),
        told_in="ontario",
    ),
)
"""What only a scenario tells, or somebody who acts at the same moment."""
SEEN_BY_NOBODY = Fault("Nothing is broken")
