"""The user that the database server runs as: PostgreSQL refuses root, so root steps aside for it."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chancery.lib.refusals import Refusal

NAME = "chancery-db"
_NOBODY = 65534
_NAMESPACE = ("unshare", "--user", f"--map-user={_NOBODY}", "--")


@dataclass(eq=False)
class NoUserForPostgres(Refusal):
    """Root can neither make a user for the server nor hide behind one."""

    code = "cli.no_user_for_postgres"

    def __str__(self) -> str:
        return (
            f"PostgreSQL does not run as root, and no user {NAME} could be made for it: "
            f"start Chancery as an ordinary user, or name a server of your own in DATABASE_URL."
        )


@dataclass(frozen=True)
class Account:
    """Who the server runs as: this very user, another user, or this user under another number."""

    uid: int | None = None
    gid: int | None = None
    prefix: tuple[str, ...] = ()

    def options(self) -> dict[str, Any]:
        """Return what ``subprocess`` needs to start a program as this account, free of our settings."""
        environment = {"PATH": os.defpath, "LC_MESSAGES": "C", "TZ": "UTC"}
        started: dict[str, Any] = {"env": environment, "cwd": "/", "start_new_session": True}
        if self.uid is not None:
            started |= {"user": self.uid, "group": self.gid, "extra_groups": [], "umask": 0o077}
        return started

    def command(self, *words: str) -> list[str]:
        """Return the words that start a program as this account."""
        return [*self.prefix, *words]

    def can_run(self, program: Path) -> bool:
        """Return whether this account reaches the program and may execute it."""
        trial = self.command("test", "-x", str(program))
        return subprocess.run(trial, check=False, **self.options()).returncode == 0  # noqa: S603 - fixed words

    def can_enter(self, folder: Path) -> bool:
        """Return whether this account may pass through the folder."""
        return self.can_run(folder)

    def own(self, folder: Path) -> None:
        """Make a folder, and give it to this account alone."""
        folder.mkdir(mode=0o700, parents=True)
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)


def choose(data: Path | None = None) -> Account:
    """Return who runs the server on these files: their owner; for new files, never root itself.

    Refuses: NoUserForPostgres.
    """
    if os.geteuid() != 0:
        return Account()
    if data is not None:
        owner = data.stat()
        return Account(owner.st_uid, owner.st_gid) if owner.st_uid else _renumbered()
    user = _find() or _make()
    return Account(user.pw_uid, user.pw_gid) if user else _renumbered()


def _find() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _make() -> pwd.struct_passwd | None:
    """Make a system user without home, shell or password; none where the system will not have it."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd is None:
        return None
    where = ("--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin")
    command = [useradd, "--system", "--user-group", *where, NAME]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - fixed words
    return _find()


def _renumbered() -> Account:
    account = Account(prefix=_NAMESPACE)
    if shutil.which("unshare") is None or not account.can_run(Path("/")):
        raise NoUserForPostgres
    return account
