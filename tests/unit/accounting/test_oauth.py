"""The way to Xero's consent page: what is asked for, and how the answer is bound to the question."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django.fixtures import Settings

from chancery.accounting.xero import oauth, registration
from chancery.accounting.xero.registration import XeroAppIsMissing


@pytest.fixture
def real(settings: Settings) -> registration.Registration:
    settings.XERO_SANDBOX_URL = ""
    settings.XERO_CLIENT_ID, settings.XERO_CLIENT_SECRET = "our-id", "our-secret"
    settings.BASE_URL = "https://books.marlow.example"
    return registration.current()


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_only_what_is_used_is_asked_for() -> None:
    # Each scope stands on Xero's consent page; one that nothing uses yet is not asked for.
    assert registration.SCOPES == (
        "openid",
        "profile",
        "email",
        "offline_access",
        "accounting.settings",
        "accounting.contacts",
    )


def test_the_consent_address_is_xeros_and_carries_scopes_state_and_challenge(
    real: registration.Registration,
) -> None:
    address = oauth.consent_address(real, state="a-state", verifier="v" * 64)

    assert address.startswith("https://login.xero.com/identity/connect/authorize?")
    assert asked(address) == {
        "response_type": "code",
        "client_id": "our-id",
        "redirect_uri": "https://books.marlow.example/admin/accounting/xero/return/",
        "scope": " ".join(registration.SCOPES),
        "state": "a-state",
        "code_challenge": asked(address)["code_challenge"],
        "code_challenge_method": "S256",
    }


def test_the_challenge_is_the_verifiers_sha256_without_padding(
    real: registration.Registration,
) -> None:
    # The example of RFC 7636, appendix B.
    address = oauth.consent_address(
        real, state="s", verifier="dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    )

    assert asked(address)["code_challenge"] == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_verifier_itself_never_travels_with_the_browser(
    real: registration.Registration,
) -> None:
    verifier = oauth.new_verifier()

    address = oauth.consent_address(real, state="s", verifier=verifier)

    digest = hashlib.sha256(verifier.encode()).digest()
    assert verifier not in address
    assert asked(address)["code_challenge"] == base64.urlsafe_b64encode(digest).decode().strip("=")


def test_every_verifier_is_new_and_long_enough() -> None:
    made = {oauth.new_verifier() for _ in range(100)}

    assert len(made) == 100
    assert all(43 <= len(verifier) <= 128 for verifier in made)


def test_xeros_own_addresses_are_used_without_a_sandbox(real: registration.Registration) -> None:
    assert real.token_url == "https://identity.xero.com/connect/token"
    assert real.revocation_url == "https://identity.xero.com/connect/revocation"
    assert real.connections_url == "https://api.xero.com/connections"
    assert not real.is_sandbox


def test_the_sandbox_needs_no_credentials(settings: Settings) -> None:
    settings.XERO_SANDBOX_URL = "http://localhost:8081"
    settings.XERO_CLIENT_ID = settings.XERO_CLIENT_SECRET = ""

    app = registration.current()

    assert app.is_sandbox
    assert app.token_url == "http://localhost:8081/connect/token"


def test_without_credentials_and_sandbox_it_says_how_to_register(settings: Settings) -> None:
    settings.XERO_SANDBOX_URL = settings.XERO_CLIENT_ID = settings.XERO_CLIENT_SECRET = ""
    settings.BASE_URL = "https://books.marlow.example"

    with pytest.raises(XeroAppIsMissing) as caught:
        registration.current()

    assert "https://books.marlow.example/admin/accounting/xero/return/" in str(caught.value)


def test_the_secret_of_the_app_is_never_printed(real: registration.Registration) -> None:
    assert "our-secret" not in repr(real)
