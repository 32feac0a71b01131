"""`chancery reset`: throw the embedded database, its keys and the sandbox away, after asking."""

import argparse
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from chancery.cli import folders, locks, say
from chancery.cli.folders import DataFolder
from chancery.lib.refusals import Refusal

NAME = "reset"
SENTENCE = "Throw the embedded database, its keys and the sandbox away, after asking."
_WORD = "away"


@dataclass(eq=False)
class NotConfirmed(Refusal):
    """The person did not type the word."""

    code = "cli.not_confirmed"

    def __str__(self) -> str:
        return f"Nothing was thrown away: type {_WORD}, or start with --yes, to do it."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which options the command takes."""
    folders.add_option(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    """Throw away what this data folder holds.

    Refuses: AlreadyRunning, NotConfirmed, FolderUnwritable, FolderOfAnother.
    """
    folder = folders.prepare(options.data)
    with locks.held(folder.run / "up.lock", on_behalf_of=folder.root):
        if not options.yes and not _is_sure(folder):
            raise NotConfirmed
        for path in (folder.postgres, folder.keys, folder.static, folder.sandbox, folder.run):
            _throw_away(path)
    say.line(f"{folder.root} is empty; the next start makes everything anew.")
    return 0


def _is_sure(folder: DataFolder) -> bool:
    say.line(f"Every firm, contact and account in {folder.postgres.resolve()} will be gone.")
    say.line(f"Type {_WORD} to throw it away:")
    return sys.stdin.readline().strip() == _WORD


def _throw_away(path: Path) -> None:
    """Remove a file or folder, and where it is a link what it leads to, which is ours alone."""
    target = path.resolve()
    if path.is_symlink():
        path.unlink()
    for beside in target.parent.glob(f"{target.name}-*"):  # a SQLite store's journal files
        beside.unlink()
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
