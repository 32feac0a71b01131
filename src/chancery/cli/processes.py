"""Name a process for ever, so that a number that was reused by the system is never mistaken for ours.

A pid alone is a promise nobody made: after a crash it may belong to anything. A pid with its start
time and the boot it belongs to names one process. Nothing here may signal on a pid alone.
"""

import ctypes
import os
import signal as signals
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1
_STATE, _PARENT, _STARTED = 0, 1, 19  # fields of /proc/<pid>/stat, counted after the name


@dataclass(frozen=True)
class Process:
    """One process of this machine: its number, when it began (ticks since boot), and which boot."""

    pid: int
    started: int
    boot: str

    @classmethod
    def find(cls, pid: int) -> Self | None:
        """Return the process that lives under this number now; none when it is gone or a zombie."""
        stat = _stat(pid)
        if stat is None or stat[_STATE] in {"Z", "X"}:
            return None
        return cls(pid=pid, started=int(stat[_STARTED]), boot=_boot())

    @classmethod
    def read(cls, file: Path) -> Self | None:
        """Return the process a file names, when that very process still lives."""
        try:
            pid, started, boot = file.read_text(encoding="ascii").split()
            written = cls(pid=int(pid), started=int(started), boot=boot)
        except (OSError, ValueError):
            return None
        return written if written.is_alive() else None

    def write(self, file: Path) -> None:
        """Leave the name of this process in a file, whole or not at all."""
        fresh = file.with_name(f"{file.name}.new")
        fresh.write_text(f"{self.pid} {self.started} {self.boot}\n", encoding="ascii")
        fresh.replace(file)

    def is_alive(self) -> bool:
        """Return whether this very process, not a later one under its number, still runs."""
        return Process.find(self.pid) == self

    def signal(self, number: signals.Signals) -> bool:
        """Signal this very process; return whether it was there to receive it."""
        try:
            handle = os.pidfd_open(self.pid)
        except OSError:
            return False
        try:
            if not self.is_alive():  # checked while the handle keeps the number from being reused
                return False
            signals.pidfd_send_signal(handle, number)
        except ProcessLookupError:
            return False
        finally:
            os.close(handle)
        return True

    @property
    def parent(self) -> int:
        """Return the number of the process that began or adopted this one; 0 when it is gone."""
        stat = _stat(self.pid)
        return int(stat[_PARENT]) if stat else 0

    @property
    def folder(self) -> Path | None:
        """Return the folder it works in; none when that is hidden from us."""
        return _link(self.pid, "cwd")

    @property
    def program(self) -> Path | None:
        """Return the program file it runs; none when that is hidden from us."""
        return _link(self.pid, "exe")

    @property
    def words(self) -> list[str]:
        """Return the words it was started with; none when they are hidden from us."""
        try:
            return (_PROC / str(self.pid) / "cmdline").read_bytes().decode().split("\0")[:-1]
        except OSError:
            return []


def everyone() -> list[Process]:
    """Return every process that can be seen, in order of number."""
    pids = sorted(int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())
    return [process for pid in pids if (process := Process.find(pid))]


def dies_with_its_parent(parent: int, number: signals.Signals) -> Callable[[], None]:
    """Return what a child runs before its program: the kernel signals it when its parent is gone."""
    library = ctypes.CDLL(None, use_errno=True)

    def tie() -> None:
        library.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died between the fork and the line above
            os._exit(1)

    return tie


def _stat(pid: int) -> list[str] | None:
    try:
        text = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return text.rpartition(")")[2].split()


def _link(pid: int, name: str) -> Path | None:
    try:
        return (_PROC / str(pid) / name).readlink()
    except OSError:
        return None


def _boot() -> str:
    return (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
