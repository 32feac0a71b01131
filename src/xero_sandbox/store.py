"""One SQLite file that holds all that the sandbox knows; it survives a restart and a kill."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FORMAT = 1

SCHEMA = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE app (client_id TEXT PRIMARY KEY, secret TEXT NOT NULL, name TEXT NOT NULL,
  redirect_uris TEXT NOT NULL) STRICT;
CREATE TABLE organisation (tenant_id TEXT PRIMARY KEY, position INTEGER NOT NULL,
  body TEXT NOT NULL) STRICT;
CREATE TABLE document (tenant_id TEXT NOT NULL REFERENCES organisation ON DELETE CASCADE,
  kind TEXT NOT NULL, document_id TEXT NOT NULL, name_key TEXT NOT NULL, number_key TEXT NOT NULL,
  updated_at REAL NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (tenant_id, kind, document_id)) STRICT;
CREATE INDEX document_by_name ON document (tenant_id, kind, name_key);
CREATE INDEX document_by_number ON document (tenant_id, kind, number_key);
CREATE TABLE consent (client_id TEXT PRIMARY KEY, scopes TEXT NOT NULL) STRICT;
CREATE TABLE code (code TEXT PRIMARY KEY, client_id TEXT NOT NULL, redirect_uri TEXT NOT NULL,
  scopes TEXT NOT NULL, challenge TEXT NOT NULL, nonce TEXT NOT NULL,
  auth_event_id TEXT NOT NULL, expires_at REAL NOT NULL) STRICT;
CREATE TABLE access_token (token TEXT PRIMARY KEY, client_id TEXT NOT NULL,
  auth_event_id TEXT NOT NULL, scopes TEXT NOT NULL, expires_at REAL NOT NULL) STRICT;
CREATE TABLE refresh_token (token TEXT PRIMARY KEY, client_id TEXT NOT NULL,
  auth_event_id TEXT NOT NULL, scopes TEXT NOT NULL, issued_at REAL NOT NULL,
  replaced_at REAL) STRICT;
CREATE TABLE connection (connection_id TEXT PRIMARY KEY, client_id TEXT NOT NULL,
  tenant_id TEXT NOT NULL REFERENCES organisation ON DELETE CASCADE,
  auth_event_id TEXT NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL,
  UNIQUE (client_id, tenant_id)) STRICT;
CREATE TABLE allowance (name TEXT PRIMARY KEY, window_start INTEGER NOT NULL,
  used INTEGER NOT NULL) STRICT;
CREATE TABLE remembered_answer (client_id TEXT NOT NULL, key TEXT NOT NULL,
  fingerprint TEXT NOT NULL, status INTEGER NOT NULL, content_type TEXT NOT NULL,
  body BLOB NOT NULL, answered_at REAL NOT NULL, PRIMARY KEY (client_id, key)) STRICT;
CREATE TABLE fault (fault_id INTEGER PRIMARY KEY AUTOINCREMENT, method TEXT NOT NULL,
  path TEXT NOT NULL, times INTEGER NOT NULL, kind TEXT NOT NULL, facts TEXT NOT NULL) STRICT;
CREATE TABLE call (call_id INTEGER PRIMARY KEY AUTOINCREMENT, called_at REAL NOT NULL,
  method TEXT NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL, tenant_id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL, status INTEGER, fault TEXT NOT NULL,
  took_ms REAL NOT NULL) STRICT;
"""


class StoreUnusable(Exception):
    """The store file cannot be opened, written or understood."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"The store {path} cannot be used: {why}.")


class Store:
    """The open file. One thread uses it; every change stands in a transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._settings: dict[str, Any] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=5)
            self._db.row_factory = sqlite3.Row
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise StoreUnusable(path, str(error).rstrip(".")) from error

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, FORMAT):
            raise StoreUnusable(self.path, f"it has format {found}, this program writes {FORMAT}")
        self._db.execute("BEGIN IMMEDIATE")  # fails here, at the start, on a file that is read-only
        if found == 0:
            for statement in SCHEMA.split(";\n"):
                if statement.strip():
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {FORMAT}")
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes made inside, or none of them."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            self._settings.clear()
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def savepoint(self) -> Iterator["Savepoint"]:
        """Mark a point inside a transaction to which it may be undone."""
        self._db.execute("SAVEPOINT point")
        try:
            yield Savepoint(self._db)
        except BaseException:
            Savepoint(self._db).undo()
            raise
        finally:
            self._db.execute("RELEASE point")

    def run(self, sql: str, facts: Sequence[Any] = ()) -> int:
        """Carry out one statement and return how many rows it changed."""
        return self._db.execute(sql, facts).rowcount

    def row(self, sql: str, facts: Sequence[Any] = ()) -> sqlite3.Row | None:
        """Return the first row, or None."""
        found: sqlite3.Row | None = self._db.execute(sql, facts).fetchone()
        return found

    def rows(self, sql: str, facts: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Return all rows."""
        return self._db.execute(sql, facts).fetchall()

    def setting(self, name: str, absent: Any) -> Any:
        """Return what was set under this name, or what to take in its absence."""
        if name not in self._settings:
            row = self.row("SELECT value FROM setting WHERE name = ?", (name,))
            self._settings[name] = json.loads(row["value"]) if row else None
        kept = self._settings[name]
        return absent if kept is None else kept

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a value under this name."""
        sql = "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        self.run(sql, (name, json.dumps(value)))
        self._settings[name] = value

    def empty(self) -> None:
        """Forget everything but the registered apps."""
        kept = {"app", "sqlite_sequence"}
        for row in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            if row["name"] not in kept:
                self.run(f"DELETE FROM {row['name']}")  # noqa: S608 - names from our own schema
        self._settings.clear()


class Savepoint:
    """A point inside a transaction."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def undo(self) -> None:
        """Take back all changes made since."""
        self._database.execute("ROLLBACK TO point")
