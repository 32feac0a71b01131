"""How long a start takes: from the command to the sign-in page's 200, first, second and after kill -9."""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from chancery.cli import ports

PATIENCE = 120


def start(data: Path, port: int, sandbox_port: int) -> tuple[subprocess.Popen[bytes], float]:
    """Start everything; return it with the seconds until its sign-in page was there."""
    command = [sys.executable, "-m", "chancery", "up", "--data", str(data)]
    command += ["--port", str(port), "--sandbox-port", str(sandbox_port)]
    began = time.perf_counter()
    supervisor = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while not is_there(port):
        assert supervisor.poll() is None, "it ended instead of starting"
        time.sleep(0.02)
    return supervisor, time.perf_counter() - began


def is_there(port: int) -> bool:
    """Return whether the sign-in page answers."""
    connection = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def measure(data: Path) -> dict[str, float]:
    """Start three times and return the seconds each took, and how long stopping took."""
    port, sandbox_port = ports.pick(), ports.pick()
    figures = {}
    for name, number in (("first", signal.SIGINT), ("second", signal.SIGKILL)):
        supervisor, figures[name] = start(data, port, sandbox_port)
        began = time.perf_counter()
        supervisor.send_signal(number)
        supervisor.wait(PATIENCE)
        figures[f"stop after {name}"] = time.perf_counter() - began
    supervisor, figures["after kill -9"] = start(data, port, sandbox_port)
    supervisor.send_signal(signal.SIGINT)
    supervisor.wait(PATIENCE)
    return figures


def main() -> None:
    """Print the figures as JSON."""
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as folder:
        Path(folder).chmod(0o711)
        load = os.getloadavg()[0]
        figures = {name: round(taken, 2) for name, taken in measure(Path(folder) / "var").items()}
        print(json.dumps({"bench": "start", "seconds": figures, "load": load}))


if __name__ == "__main__":
    main()
