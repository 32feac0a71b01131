"""The registered apps."""

import hmac
import json
from dataclasses import dataclass

from xero_sandbox.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A client of the sandbox. Without a secret it is a native app and must use PKCE."""

    client_id: str
    secret: str
    name: str
    redirect_uris: tuple[str, ...]


def register(store: Store, app: App) -> None:
    """Write the app down, new or changed."""
    sql = """INSERT INTO app VALUES (?, ?, ?, ?) ON CONFLICT (client_id) DO UPDATE SET
             secret = excluded.secret, name = excluded.name, redirect_uris = excluded.redirect_uris"""
    store.run(sql, (app.client_id, app.secret, app.name, json.dumps(app.redirect_uris)))


def find(store: Store, client_id: str) -> App | None:
    """Return the app with this id, or None."""
    row = store.row("SELECT * FROM app WHERE client_id = ?", (client_id,))
    if row is None:
        return None
    return App(
        client_id=row["client_id"],
        secret=row["secret"],
        name=row["name"],
        redirect_uris=tuple(json.loads(row["redirect_uris"])),
    )


def proven(store: Store, client_id: str, secret: str) -> App | None:
    """Return the app if it has shown its secret (or has none to show), else None."""
    app = find(store, client_id)
    if app is None or not hmac.compare_digest(app.secret.encode(), secret.encode()):
        return None
    return app
