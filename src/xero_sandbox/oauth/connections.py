"""Which organisations the user has connected to which app."""

import sqlite3
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from xero_sandbox.store import Store

ALL = """SELECT connection.*, json_extract(organisation.body, '$.name') AS tenant_name
         FROM connection JOIN organisation USING (tenant_id)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One organisation connected to one app. Its id is not the tenant's id."""

    connection_id: str
    client_id: str
    tenant_id: str
    tenant_name: str
    auth_event_id: str
    created_at: float
    updated_at: float


def connect(
    store: Store, *, client_id: str, tenant_ids: Iterable[str], auth_event_id: str, at: float
) -> None:
    """Connect the organisations; one that is connected already keeps its connection's id."""
    sql = """INSERT INTO connection VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (client_id, tenant_id)
             DO UPDATE SET auth_event_id = excluded.auth_event_id, updated_at = excluded.updated_at"""
    for tenant_id in tenant_ids:
        store.run(sql, (str(uuid.uuid4()), client_id, tenant_id, auth_event_id, at, at))


def of_app(store: Store, client_id: str) -> list[Connection]:
    """Return the app's connections, the first made first."""
    rows = store.rows(f"{ALL} WHERE client_id = ? ORDER BY connection.rowid", (client_id,))
    return [_connection(row) for row in rows]


def of_tenant(store: Store, client_id: str, tenant_id: str) -> Connection | None:
    """Return the app's connection to this organisation, or None."""
    row = store.row(f"{ALL} WHERE client_id = ? AND tenant_id = ?", (client_id, tenant_id))
    return _connection(row) if row else None


def everywhere(store: Store) -> list[Connection]:
    """Return every connection of every app."""
    return [_connection(row) for row in store.rows(f"{ALL} ORDER BY connection.rowid")]


def disconnect(store: Store, connection_id: str, *, client_id: str | None = None) -> bool:
    """End a connection (of this app, if one is named) and say whether there was one."""
    sql = "DELETE FROM connection WHERE connection_id = ? AND client_id = coalesce(?, client_id)"
    return store.run(sql, (connection_id.lower(), client_id)) > 0


def disconnect_tenant(store: Store, tenant_id: str) -> int:
    """End every connection of an organisation and return how many there were."""
    return store.run("DELETE FROM connection WHERE tenant_id = ?", (tenant_id,))


def disconnect_app(store: Store, client_id: str) -> int:
    """End every connection of an app and return how many there were."""
    return store.run("DELETE FROM connection WHERE client_id = ?", (client_id,))


def _connection(row: sqlite3.Row) -> Connection:
    return Connection(**dict(row))
