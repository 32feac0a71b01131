"""The files of the embedded database: where they lie, who owns them, and how they come to be."""

import hashlib
import locale
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from chancery.cli import keys
from chancery.cli.embedded import account as accounts
from chancery.cli.embedded import binaries as programs
from chancery.cli.embedded.account import Account
from chancery.cli.embedded.binaries import Binaries
from chancery.cli.folders import DataFolder
from chancery.lib.refusals import Outage, Refusal

SUPERUSER = "postgres"
_HOME_OF_ROOTS_DATA = Path(
    "/var/lib/chancery"
)  # where another user can go when root's home is closed


@dataclass(eq=False)
class OtherVersion(Refusal):
    """The files were made by another major version of PostgreSQL than the one installed."""

    code = "cli.postgres_other_version"

    folder: Path
    made_by: str
    installed: str

    def __str__(self) -> str:
        return (
            f"The database in {self.folder} was made by PostgreSQL {self.made_by} and "
            f"{self.installed} is installed: install the Chancery that made it, back the database "
            f"up with it, and restore that backup here."
        )


@dataclass(eq=False)
class DatabaseGone(Refusal):
    """The data folder says where the database lies, and it is not there."""

    code = "cli.postgres_gone"

    link: Path
    target: Path

    def __str__(self) -> str:
        return (
            f"The database that {self.link} leads to is not at {self.target}: put it back from a "
            f"backup, or remove {self.link} to begin with an empty one."
        )


@dataclass(eq=False)
class CannotCreate(Outage):
    """initdb could not make the database's files."""

    code = "cli.postgres_cannot_create"

    folder: Path
    said: str

    def __str__(self) -> str:
        return f"The database could not be created in {self.folder}: {self.said}"


@dataclass(frozen=True)
class Cluster:
    """The files of one database server, and what it takes to run it on them."""

    folder: DataFolder
    data: Path
    binaries: Binaries
    account: Account

    @property
    def password(self) -> str:
        """Return the superuser's password."""
        return keys.obtain(self.folder.keys, f"{SUPERUSER}.password")


def prepare(folder: DataFolder, binaries: Binaries | None = None) -> Cluster:
    """Return the database's files, made when there are none yet, by and for the right user.

    Refuses: DatabaseGone, OtherVersion, PostgresMissing, NoUserForPostgres.
    """
    if folder.postgres.is_symlink() and not folder.postgres.exists():
        raise DatabaseGone(folder.postgres, folder.postgres.resolve())
    exists = folder.postgres.exists()
    account = accounts.choose(folder.postgres.resolve() if exists else None)
    found = binaries or programs.find()
    reachable = programs.within_reach(found, account, _HOME_OF_ROOTS_DATA)
    data = folder.postgres.resolve() if exists else _place(folder, account)
    cluster = Cluster(folder, data, reachable, account)
    if not (data / "PG_VERSION").exists():
        _create(cluster)
    if data != folder.postgres.absolute() and not folder.postgres.exists():
        folder.postgres.symlink_to(data)
    _refuse_other_version(cluster)
    return cluster


def _place(folder: DataFolder, account: Account) -> Path:
    """Return where the files go: into the data folder, else to where the server's user can go."""
    if account.uid is None or account.can_enter(folder.root):
        return folder.postgres.absolute()
    named = hashlib.sha256(os.fsencode(folder.root.resolve())).hexdigest()[:16]
    return _HOME_OF_ROOTS_DATA / named / "postgres"


def _create(cluster: Cluster) -> None:
    """Make the files under another name and rename them: an interrupted creation leaves nothing."""
    fresh = cluster.data.with_name(f"{cluster.data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    cluster.data.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    cluster.account.own(fresh)
    password = fresh.with_name(f"{fresh.name}.password")
    try:
        _lend(password, cluster)
        _initdb(cluster, fresh, password)
    finally:
        password.unlink(missing_ok=True)
    try:
        fresh.rename(cluster.data)
    except OSError as error:
        raise CannotCreate(cluster.data, "the folder holds something else.") from error


def _lend(password: Path, cluster: Cluster) -> None:
    """Let the server's user read the superuser's password once."""
    password.unlink(missing_ok=True)
    descriptor = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(cluster.password)
        if cluster.account.uid is not None and cluster.account.gid is not None:
            os.fchown(opened.fileno(), cluster.account.uid, cluster.account.gid)


def _initdb(cluster: Cluster, fresh: Path, password: Path) -> None:
    words = ["--username", SUPERUSER, "--pwfile", str(password), "--auth=scram-sha-256"]
    words += ["--data-checksums", "--encoding=UTF8", f"--locale={_locale()}", "--no-instructions"]
    initdb = cluster.account.command(cluster.binaries.program("initdb"), "-D", str(fresh), *words)
    made = subprocess.run(  # noqa: S603 - our own paths
        initdb, check=False, capture_output=True, text=True, **cluster.account.options()
    )
    if made.returncode:
        said = made.stderr.strip().splitlines() or ["no reason given"]
        raise CannotCreate(cluster.data, said[0])


def _locale() -> str:
    """Return the locale whose order is the same on every machine, with Unicode where it is there."""
    before = locale.setlocale(locale.LC_COLLATE)
    try:
        locale.setlocale(locale.LC_COLLATE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_COLLATE, before)
    return "C.UTF-8"


def _refuse_other_version(cluster: Cluster) -> None:
    made_by = (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if made_by != cluster.binaries.major:
        raise OtherVersion(cluster.data, made_by, cluster.binaries.version)
