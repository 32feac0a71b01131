"""Tokens in the form of a JWT, signed with a secret of this store (HS256; Xero signs with RS256)."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from xero_sandbox.store import Store


def signed(store: Store, claims: dict[str, Any]) -> str:
    """Return the claims as a signed token."""
    head = _base64({"alg": "HS256", "typ": "JWT"})
    signing_input = f"{head}.{_base64(claims)}"
    digest = hmac.new(_key(store), signing_input.encode(), hashlib.sha256).digest()
    return f"{signing_input}.{_unpadded(digest)}"


def _key(store: Store) -> bytes:
    key = store.setting("signing_key", "")
    if not key:
        key = secrets.token_hex(32)
        store.set_setting("signing_key", key)
    return bytes.fromhex(key)


def _base64(value: dict[str, Any]) -> str:
    return _unpadded(json.dumps(value, separators=(",", ":")).encode())


def _unpadded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
