"""No token stands in the database, the logs or a page; and a dump without the key file opens nothing."""

import logging

import psycopg
import pytest
from psycopg import sql
from pytest_django.fixtures import Settings

from chancery.accounting import vault
from chancery.accounting.models import Connection, Consent, TokenPair
from chancery.accounting.xero import tokens
from chancery.lib import clock
from chancery.lib.vault import KeyDoesNotFit, KeyFileIsMissing
from conftest import Browse
from postgres import TestServer
from world import Marlow, acting, marlow
from xero_side import (
    KAURI,
    MARLOW,
    SandboxServer,
    answer_of,
    begin,
    connected,
    finish,
    sandbox,
    xero,
)

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Marlow:
    return marlow()


def secrets_of(cast: Marlow, found: Connection) -> list[str]:
    with acting(cast.alice):
        sealed = TokenPair.objects.get().sealed
    held = vault.unseal(sealed, bound_to=f"tokens of connection {found.id}")
    return [secret.reveal() for secret in held.values()]


def whole_database(postgres: TestServer) -> str:
    with psycopg.connect(postgres.superuser.rsplit("/", 1)[0] + "/chancery") as connection:
        tables = connection.execute(
            "SELECT oid::regclass::text FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        rows: list[str] = []
        for (table,) in tables:
            query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))
            rows += [row[0] for row in connection.execute(query)]
    return "\n".join(rows)


def test_no_token_stands_in_the_database(
    xero: SandboxServer, cast: Marlow, postgres: TestServer
) -> None:
    found = connected(xero, cast.alice)
    hidden = secrets_of(cast, found)

    dump = whole_database(postgres)

    assert len(hidden) == 2
    assert "Marlow &" in dump
    for secret in hidden:
        assert secret not in dump
        assert secret.encode().hex() not in dump


def test_no_token_stands_in_the_database_while_an_organisation_is_chosen(
    xero: SandboxServer, cast: Marlow, postgres: TestServer
) -> None:
    began = begin(cast.alice)
    finish(answer_of(xero, began.address, MARLOW, KAURI), began.consent_id, cast.alice)
    with acting(cast.alice):
        sealed = Consent.objects.get().sealed
    held = vault.unseal(sealed, bound_to=f"consent {began.consent_id}")

    dump = whole_database(postgres)

    for name in ("access", "refresh"):
        assert held[name].reveal() not in dump
        assert held[name].reveal().encode().hex() not in dump


def test_no_token_code_or_verifier_stands_in_the_logs(
    xero: SandboxServer, cast: Marlow, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    began = begin(cast.alice)
    with acting(cast.alice):
        sealed = Consent.objects.get().sealed
    verifier = vault.unseal(sealed, bound_to=f"consent {began.consent_id}")["verifier"].reveal()
    answer = answer_of(xero, began.address, MARLOW)
    caplog.clear()  # what the pretended browser logged of the consent page is not ours
    found = finish(answer, began.consent_id, cast.alice)
    assert found is not None
    before = secrets_of(cast, found)
    tokens.renewed(found, clock.now(), refused=tokens.access_for(found, clock.now()))

    assert "connect/token" in caplog.text
    for secret in [*before, *secrets_of(cast, found), verifier, answer.code, "demo-secret"]:
        assert secret not in caplog.text


@pytest.mark.parametrize("kind", ["drop", "cut_json"])
def test_no_token_stands_on_a_page_when_the_return_fails(
    xero: SandboxServer, cast: Marlow, browse: Browse, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    caplog.set_level(logging.DEBUG)
    client = browse(cast.alice)
    began = client.post("/admin/accounting/choose/xero/")
    answer = answer_of(xero, began["Location"], MARLOW)
    caplog.clear()
    xero.control("faults", kind=kind, path="/connect/token")

    page = client.get(
        "/admin/accounting/xero/return/", {"state": answer.state, "code": answer.code}
    )

    text = page.content.decode()
    assert page.status_code == 503
    assert "Xero could not be reached" in text
    assert answer.code not in text
    assert "access_token" not in text + caplog.text
    assert "demo-secret" not in text


def test_the_key_file_is_made_at_the_first_need_and_readable_by_its_owner_only(
    xero: SandboxServer, cast: Marlow, settings: Settings
) -> None:
    assert not settings.TOKEN_KEY_FILE.exists()

    connected(xero, cast.alice)

    assert settings.TOKEN_KEY_FILE.stat().st_mode & 0o777 == 0o600


def test_a_database_without_its_key_file_is_of_no_use_and_no_new_key_is_made(
    xero: SandboxServer, cast: Marlow, settings: Settings
) -> None:
    found = connected(xero, cast.alice)
    key = settings.TOKEN_KEY_FILE.read_bytes()
    settings.TOKEN_KEY_FILE.unlink()

    with pytest.raises(KeyFileIsMissing, match="Put it back"):
        tokens.access_for(found, clock.now())
    with acting(cast.alice), pytest.raises(KeyFileIsMissing):
        vault.seal({"a": "b"}, bound_to="anywhere")
    assert not settings.TOKEN_KEY_FILE.exists()

    settings.TOKEN_KEY_FILE.write_bytes(key)
    settings.TOKEN_KEY_FILE.chmod(0o600)
    assert tokens.access_for(found, clock.now())


def test_tokens_copied_to_another_connection_do_not_open(xero: SandboxServer, cast: Marlow) -> None:
    found = connected(xero, cast.alice)
    with acting(cast.alice):
        sealed = TokenPair.objects.get().sealed

    with pytest.raises(KeyDoesNotFit):
        vault.unseal(sealed, bound_to=f"tokens of connection {cast.firm.id}")
    assert found.id != cast.firm.id
