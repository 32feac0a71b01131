"""The command: read what was asked, open the store, serve until told to stop."""

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server
from starlette.types import ASGIApp

from xero_sandbox import app, settings
from xero_sandbox.settings import Settings
from xero_sandbox.store import Store, StoreUnusable


class CannotServe(Exception):
    """The sandbox cannot start; the sentence says what to change."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the sandbox and return the exit code."""
    try:
        asked = read(arguments)
        _check_port(asked)
        store = Store(asked.store)
    except (CannotServe, StoreUnusable) as why:
        sys.stderr.write(f"xero_sandbox: {why}\n")
        return 1
    try:
        asyncio.run(_serve(asked, app.build(asked, store)))
    finally:
        store.close()
    return 0


def read(arguments: Sequence[str] | None) -> Settings:
    """Read the arguments; each has an equivalent XERO_SANDBOX_... in the environment.

    Refuses: CannotServe.
    """
    usual = Settings()
    parser = argparse.ArgumentParser(prog="xero_sandbox", description=__doc__)
    parser.add_argument("--host", default=_env("HOST", usual.host))
    parser.add_argument("--port", type=int, default=_env("PORT", str(usual.port)))
    parser.add_argument("--store", type=Path, default=_env("STORE", str(usual.store)))
    parser.add_argument("--app-name", default=_env("APP_NAME", usual.app_name))
    parser.add_argument("--client-id", default=_env("CLIENT_ID", usual.client_id))
    parser.add_argument("--client-secret", default=_env("CLIENT_SECRET", usual.client_secret))
    parser.add_argument("--redirect-uri", action="append", dest="redirect_uris", metavar="URI")
    found = vars(parser.parse_args(arguments))
    redirects = (
        found.pop("redirect_uris") or _env("REDIRECT_URI", " ".join(usual.redirect_uris)).split()
    )
    for uri in redirects:
        if not settings.redirect_is_allowed(uri):
            raise CannotServe(f"The redirect address {uri} is neither https nor http://localhost.")
    return Settings(**found, redirect_uris=tuple(redirects))


def _env(name: str, absent: str) -> str:
    return os.environ.get(f"XERO_SANDBOX_{name}", absent)


def _check_port(asked: Settings) -> None:
    """Try the port: the server itself would share one that another sandbox listens on."""
    try:
        family = socket.AF_INET6 if ":" in asked.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((asked.host, asked.port))
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CannotServe(
            f"Port {asked.port} of {asked.host} cannot be used: {why.lower()}; name another with --port."
        ) from error


async def _serve(asked: Settings, program: ASGIApp) -> None:
    server = Server(
        program,
        asked.host,
        asked.port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,  # one call, one connection: a fault hangs up on nobody else
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("xero_sandbox").info("Listening at http://%s:%d", asked.host, asked.port)
    await server.serve()
