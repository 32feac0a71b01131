"""One program that a start runs to its end before it goes on, such as a migration."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chancery.cli import processes

Pause = Callable[[float], None]
_TICK = 0.05


@dataclass(frozen=True)
class Outcome:
    """How a step ended and what it wrote."""

    code: int
    result: str
    complaints: str

    @property
    def last_complaint(self) -> str:
        """Return the last line it complained with, which says most."""
        return (self.complaints.strip().splitlines() or ["no reason given"])[-1]


def run(words: list[str], environment: Mapping[str, str], *, pause: Pause = time.sleep) -> Outcome:
    """Run the program to its end; when ``pause`` breaks off, so does the program."""
    with tempfile.TemporaryFile() as result, tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(  # noqa: S603 - our own words
            words,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=result,
            stderr=complaints,
            start_new_session=True,
            preexec_fn=processes.dies_with_its_parent(os.getpid(), signal.SIGTERM),  # noqa: PLW1509 - one thread
        )
        try:
            while child.poll() is None:
                pause(_TICK)
        finally:
            if child.poll() is None:
                child.terminate()
            child.wait()
        result.seek(0)
        complaints.seek(0)
        return Outcome(child.returncode, result.read().decode(), complaints.read().decode())
