"""One program of an installation while it runs: started, watched, ended, never left behind."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chancery.cli import logs, processes
from chancery.cli.processes import Process

MARK = "CHANCERY_STARTED_ON"  # in the environment of all that we start: the data folder
_PATIENCE = 15.0
_KILL_PATIENCE = 5.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_STEADY = 60.0  # after so many seconds at work an end is a new misfortune, not the old one again


@dataclass
class Program:
    """What is run, where it writes its log, and how one tells that it answers."""

    name: str
    words: list[str]
    log: Path
    answers: Callable[[], bool] = lambda: True
    is_patient: bool = False  # starts when the others answer, and leaves them the machine till then

    child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    began_at: float = field(default=0.0, init=False)
    pause: float = field(default=_SHORTEST_PAUSE, init=False)
    not_before: float = field(default=0.0, init=False)

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it through its supervisor only."""
        with logs.opened(self.log) as log:
            self.child = subprocess.Popen(  # noqa: S603 - our own words
                self.words,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.dies_with_its_parent(os.getpid(), signal.SIGTERM),  # noqa: PLW1509 - one thread
            )
        self.began_at = time.monotonic()

    def has_ended(self) -> bool:
        """Return whether it was started and runs no longer."""
        return self.child is not None and self.child.poll() is not None

    def put_off(self) -> float:
        """Return how many seconds to wait before it starts again: longer each time it ends soon."""
        now = time.monotonic()
        if now - self.began_at > _STEADY:
            self.pause = _SHORTEST_PAUSE
        waiting, self.pause = self.pause, min(self.pause * 2, _LONGEST_PAUSE)
        self.not_before = now + waiting
        self.child = None
        return waiting

    def is_due(self) -> bool:
        """Return whether it ended and has waited long enough."""
        return self.child is None and time.monotonic() >= self.not_before

    def stop(self, *, is_urgent: Callable[[], bool]) -> None:
        """Ask it to end and wait; when patience ends or somebody is in a hurry, make it."""
        if self.child is None:
            return
        deadline = time.monotonic() + _PATIENCE
        if self.child.poll() is None:
            self.child.terminate()  # not waited for yet, so the number is still its own
        while self.child.poll() is None and time.monotonic() < deadline and not is_urgent():
            time.sleep(0.02)
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()
        self.child = None

    def last_line(self) -> str:
        """Return the last thing it wrote to its log."""
        return logs.last_line(self.log)


def left_over(folder: Path) -> list[Process]:
    """Return what an earlier start on this data folder left running: only what carries our mark."""
    return [
        process
        for process in processes.everyone()
        if process.pid != os.getpid() and process.environment.get(MARK) == str(folder)
    ]


def clear_away(folder: Path) -> int:
    """End what an earlier start left running; return how many there were."""
    found = left_over(folder)
    processes.end(found, first=signal.SIGTERM, within=_KILL_PATIENCE)
    return len(found)
