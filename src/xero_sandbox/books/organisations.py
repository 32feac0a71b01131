"""The pretend organisations."""

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import date

from xero_sandbox.store import Store

NAMESPACE = uuid.UUID("5f2b0f4e-9f0c-4a57-8d7b-0d6a2f1c7e11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One tenant: its name, its place and its lock dates."""

    tenant_id: str
    name: str
    version: str
    country: str
    currency: str
    time_zone: str
    short_code: str
    tax_number: str = ""
    year_end_day: int = 30
    year_end_month: int = 6
    uses_multicurrency: bool = False
    period_lock_on: str = ""
    year_lock_on: str = ""
    created_at: float = 0.0

    def locked_on(self, which: str) -> date | None:
        """Return the lock date of this kind (`period` or `year`), if one is set."""
        text = self.period_lock_on if which == "period" else self.year_lock_on
        return date.fromisoformat(text) if text else None


def tenant_id_of(name: str) -> str:
    """Return the id that an organisation of this name has in every sandbox."""
    return str(uuid.uuid5(NAMESPACE, name))


def keep(store: Store, organisation: Organisation) -> None:
    """Write the organisation down, new or changed."""
    sql = """INSERT INTO organisation (tenant_id, position, body)
             VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM organisation), ?)
             ON CONFLICT (tenant_id) DO UPDATE SET body = excluded.body"""
    store.run(sql, (organisation.tenant_id, json.dumps(asdict(organisation))))


def find(store: Store, tenant_id: str) -> Organisation | None:
    """Return the organisation with this id, or None."""
    row = store.row("SELECT body FROM organisation WHERE tenant_id = ?", (tenant_id,))
    return Organisation(**json.loads(row["body"])) if row else None


def all_of(store: Store) -> list[Organisation]:
    """Return every organisation in the order in which they were made."""
    rows = store.rows("SELECT body FROM organisation ORDER BY position")
    return [Organisation(**json.loads(row["body"])) for row in rows]
