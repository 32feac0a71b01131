"""Name a process for ever, so that a number that was reused by the system is never mistaken for ours.

A pid alone is a promise nobody made: after a crash it may belong to anything. A pid with its start
time and the boot it belongs to names one process. Nothing here may signal on a pid alone.
"""

import ctypes
import os
import signal as signals
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1
_TICK = 0.02
_STATE, _STARTED = 0, 19  # fields of /proc/<pid>/stat, counted after the name


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
    def program(self) -> Path | None:
        """Return the program file it runs; none when that is hidden from us."""
        return _link(self.pid, "exe")

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment it was started with; none when that is hidden from us."""
        try:
            text = (_PROC / str(self.pid) / "environ").read_bytes().decode(errors="replace")
        except OSError:
            return {}
        return dict(entry.split("=", 1) for entry in text.split("\0") if "=" in entry)


def everyone() -> list[Process]:
    """Return every process that can be seen, in order of number."""
    pids = sorted(int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())
    return [process for pid in pids if (process := Process.find(pid))]


def all_gone(processes: Iterable[Process], *, within: float) -> bool:
    """Wait until none of them runs; return whether that came about in so many seconds."""
    deadline = time.monotonic() + within
    while any(process.is_alive() for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(_TICK)
    return True


def end(processes: Sequence[Process], *, first: signals.Signals, within: float) -> None:
    """Ask exactly these processes to end, and make them when they do not."""
    for number in (first, signals.SIGKILL):
        for process in processes:
            process.signal(number)
        if all_gone(processes, within=within):
            return


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
