"""The last thing between a call and its caller: it logs the call and lets faults happen."""

import asyncio
import os
import socket
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xero_sandbox import clock
from xero_sandbox.control import calls, faults
from xero_sandbox.control.faults import Fault
from xero_sandbox.store import Store

WATCHED = ("/api.xro/", "/connect/", "/connections", "/identity/")
API = "/api.xro/"


class Wire:
    """Wraps the whole program; only what a client of Xero would call is logged and spoiled."""

    def __init__(self, app: ASGIApp, store: Store) -> None:
        self._app = app
        self._store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, spoiled if a fault waits for it, and log it."""
        if scope["type"] != "http" or not scope["path"].lower().startswith(WATCHED):
            await self._app(scope, receive, send)
            return
        fault = faults.take(self._store, scope["method"], scope["path"])
        seen = _Seen(send)
        started, called_at = time.perf_counter(), clock.now(self._store)
        try:
            await self._pass_on(fault, scope, receive, seen)
        finally:
            took_ms = (time.perf_counter() - started) * 1000
            self._log(scope, called_at, seen.status, fault.kind if fault else "", took_ms)

    async def _pass_on(
        self, fault: Fault | None, scope: Scope, receive: Receive, seen: "_Seen"
    ) -> None:
        if fault is None:
            await self._app(scope, receive, seen)
            return
        match fault.kind:
            case "drop":
                hang_up(scope)
            case "drop_after_commit":
                await self._app(scope, receive, _swallow)
                hang_up(scope)
            case "status":
                await _answer(fault.facts, seen)
            case "cut_json":
                await self._app(scope, receive, _Cut(seen))
            case "delay":
                await self._delayed(float(fault.facts["seconds"]), scope, receive, seen)

    async def _delayed(self, seconds: float, scope: Scope, receive: Receive, seen: "_Seen") -> None:
        if scope["path"].lower().startswith(API):
            scope["xero_sandbox.delay"] = seconds  # the door waits, its place in the limits taken
        else:
            await asyncio.sleep(seconds)
        await self._app(scope, receive, seen)

    def _log(
        self, scope: Scope, called_at: float, status: int | None, fault: str, took_ms: float
    ) -> None:
        headers = Headers(scope=scope)
        calls.log(
            self._store,
            called_at,
            scope["method"],
            scope["path"],
            scope["query_string"].decode("latin-1"),
            headers.get("xero-tenant-id", ""),
            headers.get("idempotency-key", ""),
            status,
            fault,
            round(took_ms, 2),
        )


class _Seen:
    """Passes an answer on and remembers its status."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)


class _Cut:
    """Passes on the first half of a body, as if it had been the whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        half = self._body[: len(self._body) // 2]
        headers = [(k, v) for k, v in self._start["headers"] if k.lower() != b"content-length"]
        headers.append((b"content-length", str(len(half)).encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": half})


async def _swallow(_message: Message) -> None:
    """Take an answer and give it to nobody."""


async def _answer(facts: dict[str, Any], send: Send) -> None:
    body = str(facts.get("body", "")).encode()
    headers = {
        "content-type": facts.get("content_type", "application/json"),
        "content-length": str(len(body)),
        **({"retry-after": str(facts["retry_after"])} if "retry_after" in facts else {}),
        **facts.get("headers", {}),
    }
    pairs = [(name.lower().encode(), str(value).encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": facts["status"], "headers": pairs})
    await send({"type": "http.response.body", "body": body})


def hang_up(scope: Scope) -> None:
    """Close the caller's connection without a word, by finding its socket among our own.

    ASGI has no message for this, and the server answers 500 when an app stays silent.
    """
    host, port = scope["client"]
    for number in [int(entry.name) for entry in Path("/dev/fd").iterdir()]:
        with suppress(OSError):  # closed since it was listed, or not connected
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                _shut(number, (host, int(port)))


def _shut(number: int, caller: tuple[str, int]) -> None:
    with socket.socket(fileno=os.dup(number)) as one:
        if one.family in {socket.AF_INET, socket.AF_INET6} and one.getpeername()[:2] == caller:
            one.shutdown(socket.SHUT_RDWR)
