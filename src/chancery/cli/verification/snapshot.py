"""One moment of the database, read as streams of text: whole tables pass by and are never held."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, LiteralString, Self

import psycopg

NULL = "\\N"  # as COPY writes it
Row = list[str]
_SETTINGS = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL work_mem = '128MB'"
_Connection = psycopg.Connection[tuple[Any, ...]]


class Snapshot:
    """Reads that all see the same moment, each over a connection of its own."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        first = self._connect()
        found = first.execute("SELECT pg_export_snapshot()").fetchone()
        assert found is not None
        self._name = str(found[0])
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def rows(self, query: LiteralString) -> Iterator[Row]:
        """Yield every row of a query, its values as COPY writes them; none holds a tab or a line's end."""
        connection = self._connect()
        connection.execute("SET TRANSACTION SNAPSHOT '" + self._name + "'")
        connection.execute(_SETTINGS)
        rest = ""
        with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            for block in copy:
                whole, ended, rest = (rest + str(block, "utf-8")).rpartition("\n")
                if ended:
                    for line in whole.split("\n"):
                        yield line.split("\t")
        connection.close()

    def _connect(self) -> _Connection:
        connection = self._stack.enter_context(psycopg.connect(self._address))
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        return connection
