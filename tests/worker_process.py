"""Start and kill worker processes, and wait for what they bring about."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

from sandbox_server import SandboxServer

HERE = Path(__file__).parent
PATIENCE_SECONDS = 60


def environment(xero: SandboxServer, data: Path) -> dict[str, str]:
    """Return what a worker is told: this run's database, this sandbox, this folder of keys."""
    return {
        **os.environ,
        "PYTHONPATH": f"{HERE.parent / 'src'}",
        "DJANGO_SETTINGS_MODULE": "chancery.config.settings",
        "CHANCERY_DATA": str(data),
        "XERO_SANDBOX_URL": xero.base_url,
        "XERO_CLIENT_ID": xero.client_id,
        "XERO_CLIENT_SECRET": xero.client_secret,
    }


def wait_until(is_so: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait for something to become true; fail when it does not."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"waited {seconds} seconds in vain"
        time.sleep(0.01)


def is_alive(process: int) -> bool:
    """Return whether a process still runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def kill(process: int) -> None:
    """End a process as a power cut would, and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    wait_until_gone(process)


def wait_until_gone(process: int) -> None:
    """Wait until a process has ended."""
    wait_until(lambda: not is_alive(process))


class WarmWorkers:
    """Real workers, forked from a program that has everything loaded."""

    def __init__(self, xero: SandboxServer, data: Path, *, lease: float = 1.0) -> None:
        self.log = data / "worker.log"
        self._told = {"lease": lease, "threads": 4}
        self._environment = environment(xero, data)
        self._started: list[int] = []

    def __enter__(self) -> Self:
        with self.log.open("ab") as log:
            self._program = subprocess.Popen(
                [sys.executable, str(HERE / "warm_worker.py")],
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._started:
            kill(process)
        self._program.communicate(timeout=10)

    def start(self, **told: object) -> int:
        """Start a worker and return its process id."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps({**self._told, **told}) + "\n")
        self._program.stdin.flush()
        answer = self._program.stdout.readline()
        assert answer, self.log.read_text()[-3000:]
        self._started.append(int(answer))
        return self._started[-1]
