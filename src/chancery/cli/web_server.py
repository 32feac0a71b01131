"""The web server's process: granian around the pages, ended by the kernel when its parent dies."""

import argparse
import os
import signal
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.server import Server

from chancery.cli.processes import dies_with_its_parent

PAGES = "chancery.config.wsgi:application"
_THREADS = 8  # each holds one database connection at most while it answers
_PATIENCE = 10  # seconds for pages that are being made when the server stops


def load(target: str) -> Callable[..., Any]:
    """Return the pages, in the process that will answer; that process must not outlive its server."""
    dies_with_its_parent(os.getppid(), signal.SIGTERM)()
    module, _, name = target.partition(":")
    pages: Callable[..., Any] = getattr(__import__(module, fromlist=[name]), name)
    return pages


def main() -> None:
    """Serve until asked to stop."""
    parser = argparse.ArgumentParser(prog="chancery-web")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", required=True, type=int)
    options = parser.parse_args()
    server = Server(
        PAGES,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_THREADS,
        workers_kill_timeout=_PATIENCE,
        websockets=False,
        log_access=False,
    )
    server.serve(target_loader=load)


if __name__ == "__main__":
    main()
