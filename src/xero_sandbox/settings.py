"""What the sandbox is told at its start."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

DEFAULT_REDIRECT = "http://localhost:8000/admin/accounting/xero/return/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where to listen, where to keep things, and which app is registered."""

    host: str = "127.0.0.1"
    port: int = 8081
    store: Path = Path("var/sandbox.sqlite3")
    app_name: str = "Demo app"
    client_id: str = "demo"
    client_secret: str = "demo-secret"  # noqa: S105 - a pretend secret of a pretend service
    redirect_uris: tuple[str, ...] = (DEFAULT_REDIRECT,)


def redirect_is_allowed(uri: str) -> bool:
    """Say whether an app may register this address: https, or http on the name localhost."""
    parts = urlsplit(uri)
    if parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "localhost")
