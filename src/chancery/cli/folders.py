"""The data folder of an installation: what lies where in it, and who may look."""

import argparse
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from chancery.lib.refusals import Refusal

_OWNER_ONLY = 0o700
_OTHERS_PASS = 0o711  # the database's own user must reach its files, and may list nothing


@dataclass(eq=False)
class FolderUnwritable(Refusal):
    """The data folder cannot be made or written."""

    code = "cli.folder_unwritable"

    folder: Path
    reason: str

    def __str__(self) -> str:
        return (
            f"The data folder {self.folder} cannot be written ({self.reason}): "
            f"give it to this user, or choose another one with --data."
        )


@dataclass(eq=False)
class FolderOfAnother(Refusal):
    """Root was asked to run an installation that belongs to an ordinary user."""

    code = "cli.folder_of_another"

    folder: Path
    owner: str

    def __str__(self) -> str:
        return (
            f"The data folder {self.folder} belongs to {self.owner}: "
            f"start Chancery as {self.owner}, or choose another folder with --data."
        )


@dataclass(frozen=True)
class DataFolder:
    """Everything of an installation that is not the program."""

    root: Path

    @property
    def keys(self) -> Path:
        """Return where the secrets lie, each in a file that only its owner reads."""
        return self.root / "keys"

    @property
    def run(self) -> Path:
        """Return where the names of running processes and the chosen ports are noted."""
        return self.root / "run"

    @property
    def log(self) -> Path:
        """Return where each program writes its log."""
        return self.root / "log"

    @property
    def postgres(self) -> Path:
        """Return the embedded database; a link, when its own user cannot reach this folder."""
        return self.root / "postgres"

    @property
    def static(self) -> Path:
        """Return where the collected stylesheets, scripts and fonts lie."""
        return self.root / "static"

    @property
    def sandbox(self) -> Path:
        """Return the store of the Xero sandbox."""
        return self.root / "sandbox.sqlite3"


def add_option(parser: argparse.ArgumentParser) -> None:
    """Let a command be told which data folder it works on."""
    named = os.environ.get("CHANCERY_DATA")
    default = Path(named) if named else _checkout() / "var"
    told = f"the data folder ({default})"
    parser.add_argument("--data", type=Path, metavar="FOLDER", default=default, help=told)


def _checkout() -> Path:
    """Return the folder of the program's source; where it was installed otherwise, where one stands."""
    source = Path(__file__).parents[3]
    return source if (source / "pyproject.toml").is_file() else Path.cwd()


def prepare(root: Path) -> DataFolder:
    """Return the data folder, made and writable.

    Refuses: FolderUnwritable, FolderOfAnother.
    """
    folder = DataFolder(root.absolute())
    try:
        _make(folder.root, _OTHERS_PASS if os.geteuid() == 0 else _OWNER_ONLY)
        _refuse_to_take_over(folder.root)
        for inner in (folder.keys, folder.run, folder.log):
            _make(inner, _OWNER_ONLY)
        trial = folder.run / "trial"
        trial.write_text("", encoding="ascii")
        trial.unlink()
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise FolderUnwritable(folder.root, reason) from error
    return folder


def _make(folder: Path, mode: int) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=mode, parents=True)
        folder.chmod(mode)  # whatever the umask


def _refuse_to_take_over(root: Path) -> None:
    owner = root.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        raise FolderOfAnother(root, _name_of(owner))


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"
