"""What tests of the connection share: a sandbox that knows our return address, and a clean key folder."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from chancery.accounting import choices, consents
from chancery.accounting.models import Connection
from chancery.accounting.xero.registration import RETURN_PATH
from chancery.lib import clock
from chancery.practice.models import Person
from sandbox_server import KAURI, MARLOW, SandboxServer
from world import acting

__all__ = ["KAURI", "MARLOW", "SandboxServer", "answer_of", "begin", "connected", "sandbox", "xero"]


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    """Run one sandbox for all tests; `xero` resets it for each."""
    redirect = f"http://localhost:8000{RETURN_PATH}"
    with SandboxServer(tmp_path_factory.mktemp("sandbox"), redirect_uris=(redirect,)) as running:
        yield running


@pytest.fixture
def xero(sandbox: SandboxServer, settings: Settings, tmp_path: Path) -> SandboxServer:
    """Give a sandbox as after its first start, and let Chancery use it."""
    sandbox.control("resets")
    sandbox.control("calls", "DELETE")
    settings.XERO_SANDBOX_URL = sandbox.base_url
    settings.BASE_URL = "http://localhost:8000"
    settings.TOKEN_KEY_FILE = tmp_path / "keys" / "tokens.key"
    return sandbox


def begin(person: Person) -> consents.Began:
    """Choose Xero and open the way to its consent page."""
    with acting(person):
        choices.choose(package="xero", by=person, at=clock.now())
        return consents.begin(by=person, at=clock.now())


def answer_of(
    xero: SandboxServer, address: str, *names: str, cancel: bool = False
) -> consents.Answer:
    """Go through the sandbox's consent page as a person would, and return what comes back."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    asked["decision"] = "cancel" if cancel else "continue"
    back = xero.consent(*names, **asked)
    return consents.Answer(back.get("state", ""), back.get("code", ""), back.get("error", ""))


def connected(xero: SandboxServer, person: Person, name: str = MARLOW) -> Connection:
    """Connect the person's firm to this organisation."""
    began = begin(person)
    answer = answer_of(xero, began.address, name)
    found = finish(answer, began.consent_id, person)
    assert found is not None
    return found


def finish(answer: consents.Answer, consent_id: UUID | None, person: Person) -> Connection | None:
    """Come back from the consent page."""
    return consents.finish(answer=answer, consent_id=consent_id, by=person, now=clock.now)
