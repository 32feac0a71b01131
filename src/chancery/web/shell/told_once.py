"""A secret on its way to the one page that shows it: kept sealed in the session, gone once it is taken."""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

_SECONDS = 600


def keep(request: HttpRequest, place: str, told: dict[str, Any]) -> None:
    """Keep what the next page is to show, sealed; what was kept for the same place before is forgotten."""
    request.session[place] = _seal(place).encrypt(json.dumps(told).encode()).decode()


def take(request: HttpRequest, place: str) -> dict[str, Any] | None:
    """Return what was kept, this once; nothing after ten minutes."""
    sealed = request.session.pop(place, "")
    try:
        told: dict[str, Any] = json.loads(_seal(place).decrypt(sealed.encode(), ttl=_SECONDS))
    except InvalidToken:
        return None
    return told


def _seal(place: str) -> Fernet:
    key = hashlib.sha256(f"{place}:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
