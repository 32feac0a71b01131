"""One start at a time on one data folder: the kernel holds the lock and drops it with the process."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chancery.lib.refusals import Refusal


@dataclass(eq=False)
class AlreadyRunning(Refusal):
    """Another `chancery up` works on the same data folder."""

    code = "cli.already_running"

    folder: Path

    def __str__(self) -> str:
        return (
            f"Chancery already runs on the data folder {self.folder}: "
            f"stop it with Ctrl-C first, or choose another folder with --data."
        )


@contextmanager
def held(file: Path, *, on_behalf_of: Path) -> Iterator[None]:
    """Hold the lock while the block runs.

    Refuses: AlreadyRunning.
    """
    with file.open("a", encoding="ascii") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(on_behalf_of) from error
        yield


def is_held(file: Path) -> bool:
    """Return whether somebody holds the lock now."""
    if not file.exists():
        return False
    with file.open("a", encoding="ascii") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
