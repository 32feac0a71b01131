"""Have the demo firm founded once per database, and say how to sign in to it.

Run as a program of its own, as founding needs Django and starting again does not.
"""

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from chancery.cli import keys, say, step
from chancery.cli.folders import DataFolder
from chancery.cli.step import Pause
from chancery.lib import clock
from chancery.lib.refusals import Outage

_NOTE = "demo.json"
_THIS_DATABASE = (
    "SELECT system_identifier::text || '/' || current_database() FROM pg_control_system()"
)


@dataclass(eq=False)
class DemoFailed(Outage):
    """The demo firm could not be founded; nothing of it was kept."""

    code = "cli.demo_failed"

    said: str

    def __str__(self) -> str:
        return f"The demo firm could not be founded ({self.said}): leave it out with --no-demo."


@dataclass(frozen=True)
class SignIn:
    """How to sign in to the demo firm; without a password where its file is gone."""

    email: str
    password: str


def is_fitting(base_url: str) -> bool:
    """Return whether a demo firm may be: only where nobody but this machine's own user comes by."""
    return urlsplit(base_url).hostname in {"localhost", "127.0.0.1", "::1"}


def obtain(
    folder: DataFolder,
    environment: Mapping[str, str],
    *,
    owner: str,
    pause: Pause = time.sleep,
) -> SignIn:
    """Return how to sign in, after founding the demo firm when this database has none."""
    note = folder.keys / _NOTE
    database = _identity(owner)
    noted = _read(note)
    if noted.get("database") != database:
        told = _found(environment, pause)
        noted = {**told, "database": database}
        keys.put(note, json.dumps(noted))
    return SignIn(noted["email"], noted["password"])


def _identity(owner: str) -> str:
    """Return a name that this database shares with no other, so that another one gets its own firm."""
    with psycopg.connect(owner) as connection:
        row = connection.execute(_THIS_DATABASE).fetchone()
    return str(row[0]) if row else ""


def _read(note: Path) -> dict[str, str]:
    try:
        told: dict[str, str] = json.loads(note.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return told


def _found(environment: Mapping[str, str], pause: Pause) -> dict[str, str]:
    command = [sys.executable, "-m", __spec__.name, environment["CHANCERY_DATA"]]
    founded = step.run(command, environment, pause=pause)
    if founded.code:
        raise DemoFailed(founded.last_complaint)
    told: dict[str, str] = json.loads(founded.result)
    return told


def main(words: list[str]) -> int:
    """Found the firm in the database that the environment names, and print how to sign in."""
    import django  # noqa: PLC0415 - only the program that founds it pays for Django

    django.setup()
    from chancery.cli import demo  # noqa: PLC0415 - models are imported after the set-up only

    sign_in = demo.seed(data=DataFolder(Path(words[0])).keys, at=clock.now())
    say.line(json.dumps({"email": sign_in.email, "password": sign_in.password}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
