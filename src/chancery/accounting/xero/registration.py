"""How this installation is known to Xero, and where Xero is found: the sandbox's addresses or its own."""

from dataclasses import dataclass

from django.conf import settings

from chancery.lib.refusals import Refusal
from chancery.lib.secret import Secret

RETURN_PATH = "/admin/accounting/xero/return/"

# What the sandbox gives to everybody; it guards nothing, and Xero itself does not know it.
_SANDBOX_CLIENT_ID = "demo"
_SANDBOX_CLIENT_SECRET = "demo-secret"  # noqa: S105 - of the sandbox, which guards nothing

# Xero shows these words on its consent page, so each one is asked for only while something uses it:
# the profile tells Xero who consents, settings holds organisation, accounts and tax rates (and makes
# accounts), contacts holds the banks and payees.
SCOPES = (
    "openid",
    "profile",
    "email",
    "offline_access",
    "accounting.settings",
    "accounting.contacts",
)


@dataclass(eq=False)
class XeroAppIsMissing(Refusal):
    """This installation has no client id and secret for Xero."""

    code = "xero.app_is_missing"

    return_address: str

    def __str__(self) -> str:
        return (
            "Xero does not know this installation yet. Register an app at developer.xero.com with the "
            f"redirect address {self.return_address}, then set XERO_CLIENT_ID and XERO_CLIENT_SECRET "
            "and start Chancery again."
        )


@dataclass(frozen=True)
class Registration:
    """The app as Xero knows it, with the addresses to speak to."""

    client_id: str
    client_secret: Secret
    return_address: str
    login_url: str
    identity_url: str
    api_url: str
    is_sandbox: bool

    @property
    def consent_url(self) -> str:
        """Return the page where a person allows us in."""
        return f"{self.login_url}/identity/connect/authorize"

    @property
    def token_url(self) -> str:
        """Return where codes and refresh tokens are exchanged."""
        return f"{self.identity_url}/connect/token"

    @property
    def revocation_url(self) -> str:
        """Return where a grant is given back."""
        return f"{self.identity_url}/connect/revocation"

    @property
    def connections_url(self) -> str:
        """Return where the organisations that a person allowed are listed."""
        return f"{self.api_url}/connections"


def current() -> Registration:
    """Return the registration from the settings; with a sandbox, its demonstration app by default.

    Refuses: XeroAppIsMissing.
    """
    sandbox = settings.XERO_SANDBOX_URL
    client_id = settings.XERO_CLIENT_ID or (_SANDBOX_CLIENT_ID if sandbox else "")
    secret = settings.XERO_CLIENT_SECRET or (_SANDBOX_CLIENT_SECRET if sandbox else "")
    return_address = f"{settings.BASE_URL}{RETURN_PATH}"
    if not client_id or not secret:
        raise XeroAppIsMissing(return_address)
    return Registration(
        client_id=client_id,
        client_secret=Secret(secret),
        return_address=return_address,
        login_url=sandbox or "https://login.xero.com",
        identity_url=sandbox or "https://identity.xero.com",
        api_url=sandbox or "https://api.xero.com",
        is_sandbox=bool(sandbox),
    )
