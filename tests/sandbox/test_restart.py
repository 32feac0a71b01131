"""The store survives an orderly end, a kill, and a second start; a start that cannot be says why."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox_server import SOURCE, SandboxServer, free_port

NEW = {"Code": "826", "Name": "Trust Transfers", "Type": "CURRLIAB"}


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_everything_is_still_there_after_the_program_ends(tmp_path: Path, end: str) -> None:
    with SandboxServer(tmp_path) as own, own.api() as api:
        account = api.put("/Accounts", json=NEW, headers={"Idempotency-Key": "k"}).json()
        own.control("clock", seconds=60)
        getattr(own, end)()
        own.start()

        assert api.get(f"/Accounts/{account['Accounts'][0]['AccountID']}").status_code == 200
        assert api.put("/Accounts", json=NEW, headers={"Idempotency-Key": "k"}).json() == account
        assert own.control("clock", "GET")["ahead_seconds"] == 60
        assert own.control("calls", "GET")["calls"]


def failed_start(*arguments: str, **environment: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "xero_sandbox", *arguments],
        env={**os.environ, "PYTHONPATH": str(SOURCE), **environment},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert ended.returncode not in {0, None}
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    return ended.stderr


def test_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        told = failed_start("--port", port, "--store", str(tmp_path / "s.sqlite3"))

    assert f"Port {port} of 127.0.0.1 cannot be used: address already in use" in told


def test_second_sandbox_on_the_same_port_is_refused(sandbox: SandboxServer, tmp_path: Path) -> None:
    told = failed_start("--port", str(sandbox.port), "--store", str(tmp_path / "s.sqlite3"))

    assert "already in use" in told


@pytest.mark.parametrize(
    "content", [None, b"not a database at all, but long enough to be read" * 99]
)
def test_store_that_cannot_be_used_is_said_in_one_sentence(
    tmp_path: Path, content: bytes | None
) -> None:
    store = tmp_path / "store"
    if content is None:
        store.mkdir()
    else:
        store.write_bytes(content)

    told = failed_start("--port", str(free_port()), "--store", str(store))

    assert f"The store {store} cannot be used:" in told


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:8000/x", "http://chancery.example/x", "ftp://x/"]
)
def test_redirect_address_is_https_or_localhost(tmp_path: Path, uri: str) -> None:
    told = failed_start("--store", str(tmp_path / "s.sqlite3"), XERO_SANDBOX_REDIRECT_URI=uri)

    assert f"The redirect address {uri} is neither https nor http://localhost." in told
