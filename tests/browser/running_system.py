"""The whole program as a newcomer starts it, on ports and in a folder of its own."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 180
STOP_SECONDS = 30

_ANNOUNCED = re.compile(r"Sign in\s+(?P<email>\S+)\s+(?P<password>\S+)")


@dataclass(frozen=True)
class RunningSystem:
    """A started installation: where it answers and how its demo administrator signs in."""

    base_url: str
    sandbox_url: str
    email: str
    password: str

    @property
    def chart_url(self) -> str:
        """Return the sandbox's page with the chart of accounts."""
        return f"{self.sandbox_url}/accounting/chart-of-accounts"


@contextmanager
def start_system(folder: Path) -> Iterator[RunningSystem]:
    """Run `chancery up` in the folder until the block ends; then Ctrl-C, as a person would.

    Raises RuntimeError with what the program said when it does not come up.
    """
    folder.chmod(0o711)  # as root the database has a user of its own, who comes through here
    port, sandbox_port = _free_ports()
    command = [sys.executable, "-m", "chancery", "up", "--data", str(folder)]
    command += ["--port", str(port), "--sandbox-port", str(sandbox_port)]
    said = folder / "up.txt"
    with said.open("w", encoding="utf-8") as output:
        running = subprocess.Popen(
            command,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            sign_in = _await_sign_in(running, said)
            yield RunningSystem(
                f"http://localhost:{port}", f"http://localhost:{sandbox_port}", *sign_in
            )
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(STOP_SECONDS)


def _await_sign_in(running: subprocess.Popen[bytes], said: Path) -> tuple[str, str]:
    until = time.monotonic() + START_SECONDS
    while running.poll() is None and time.monotonic() < until:
        if found := _ANNOUNCED.search(said.read_text(encoding="utf-8")):
            return found["email"], found["password"]
        time.sleep(0.1)
    raise RuntimeError("Chancery did not come up: " + said.read_text(encoding="utf-8"))


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
