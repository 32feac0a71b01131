"""Rows of one organisation, kept as JSON under a kind and an id, found by name or number."""

import json
from dataclasses import dataclass
from typing import Any

from xero_sandbox.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A row as it is kept."""

    document_id: str
    updated_at: float
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawer:
    """All rows of one kind in one organisation."""

    store: Store
    tenant_id: str
    kind: str

    def keep(self, document: Document, *, name: str, number: str = "") -> None:
        """Write the row down, new or changed, to be found under this name and number."""
        sql = """INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (tenant_id, kind, document_id) DO UPDATE SET
                   name_key = excluded.name_key, number_key = excluded.number_key,
                   updated_at = excluded.updated_at, body = excluded.body"""
        self.store.run(
            sql,
            (
                self.tenant_id,
                self.kind,
                document.document_id,
                name.casefold(),
                number.casefold(),
                document.updated_at,
                json.dumps(document.body),
            ),
        )

    def remove(self, document_id: str) -> None:
        """Forget the row."""
        sql = "DELETE FROM document WHERE tenant_id = ? AND kind = ? AND document_id = ?"
        self.store.run(sql, (self.tenant_id, self.kind, document_id))

    def find(self, document_id: str) -> Document | None:
        """Return the row with this id, or None."""
        found = self._select("document_id = ?", document_id.lower())
        return found[0] if found else None

    def named(self, name: str) -> list[Document]:
        """Return the rows of this name, in any mixture of capitals."""
        return self._select("name_key = ?", name.casefold())

    def numbered(self, number: str) -> list[Document]:
        """Return the rows with this number or code, in any mixture of capitals."""
        return self._select("number_key = ?", number.casefold())

    def all(self) -> list[Document]:
        """Return every row, the oldest first."""
        return self._select("1 = 1")

    def _select(self, clause: str, *facts: str) -> list[Document]:
        sql = f"""SELECT document_id, updated_at, body FROM document
                  WHERE tenant_id = ? AND kind = ? AND {clause} ORDER BY rowid"""  # noqa: S608 - our own clauses
        return [
            Document(
                document_id=row["document_id"],
                updated_at=row["updated_at"],
                body=json.loads(row["body"]),
            )
            for row in self.store.rows(sql, (self.tenant_id, self.kind, *facts))
        ]
