"""Bring the database to the shape this program expects, and note which shape it has."""

import hashlib
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import psycopg
from psycopg import sql

from chancery.cli import step
from chancery.cli.step import Pause
from chancery.lib.refusals import Outage

_PROGRAM = Path(__file__).parent.parent
_PATTERNS = ("*/migrations/*.py", "*/sql/**/*.sql")
_OTHERS = ("django", "django-allauth", "psycopg")  # their migrations, or how ours are run
_MIGRATE = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity=0"]
_LOCK = 4_270_201  # any number, the same in every version: one migration at a time
_NOTED = "SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')"


@dataclass(eq=False)
class MigrationFailed(Outage):
    """A migration ended with an error; its own transaction was undone."""

    code = "cli.migration_failed"

    said: str

    def __str__(self) -> str:
        return f"The database could not be migrated: {self.said}"


def stamp() -> str:
    """Return what stands for every migration of this program, and for how it would run them."""
    digest = hashlib.sha256()
    for pattern in _PATTERNS:
        for file in sorted(_PROGRAM.glob(pattern)):
            digest.update(str(file.relative_to(_PROGRAM)).encode() + b"\0" + file.read_bytes())
    for package in _OTHERS:
        digest.update(f"{package}=={metadata.version(package)}\0".encode())
    return f"migrated {digest.hexdigest()[:32]}"


def noted(owner: str) -> str | None:
    """Return the stamp of the last migration of this database; none when there was none."""
    with psycopg.connect(owner) as connection:
        row = connection.execute(_NOTED).fetchone()
    return row[0] if row else None


def apply(
    owner: str,
    environment: Mapping[str, str],
    *,
    say: Callable[[str], None],
    pause: Pause = time.sleep,
) -> None:
    """Migrate, unless this very shape is noted already; two at once take turns."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if connection.execute(_NOTED).fetchone() == (stamp(),):
            return
        say("Bringing the database up to date.")
        migrated = step.run(_MIGRATE, {**environment, "CHANCERY_DATABASE_URL": owner}, pause=pause)
        if migrated.code:
            raise MigrationFailed(migrated.last_complaint)
        note = sql.SQL("COMMENT ON TABLE public.django_migrations IS {}")
        connection.execute(note.format(sql.Literal(stamp())))
