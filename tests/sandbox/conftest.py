"""One sandbox for the whole run, begun afresh before each test."""

from collections.abc import Iterator

import httpx2
import pytest

from sandbox_server import SandboxServer


@pytest.fixture(scope="session")
def sandbox_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    """Run the program once for all tests."""
    with SandboxServer(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def sandbox(sandbox_program: SandboxServer) -> SandboxServer:
    """Return the running sandbox with nothing in it but the demo organisations."""
    sandbox_program.control("resets")
    return sandbox_program


@pytest.fixture
def api(sandbox: SandboxServer) -> Iterator[httpx2.Client]:
    """Return a client that is let in to the Australian organisation."""
    with sandbox.api() as client:
        yield client
