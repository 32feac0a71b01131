"""How someone signs in, told once to whoever asked: kept sealed in the session until the next page."""

import base64
import hashlib
import json
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

_IN_SESSION = "sign-in-to-tell"
_SECONDS = 600


def keep(request: HttpRequest, person_id: UUID, password: str, *, as_new: bool) -> None:
    """Keep a given password for the next page, sealed; empty where the person goes on with their own."""
    told = json.dumps({"person": str(person_id), "password": password, "as_new": as_new})
    request.session[_IN_SESSION] = _seal().encrypt(told.encode()).decode()


def take(request: HttpRequest, person_id: UUID) -> tuple[str, bool] | None:
    """Return the password and whether the person is new, this once; nothing after ten minutes."""
    sealed = request.session.pop(_IN_SESSION, "")
    try:
        told = json.loads(_seal().decrypt(sealed.encode(), ttl=_SECONDS))
    except InvalidToken:
        return None
    if told["person"] != str(person_id):
        return None
    return told["password"], told["as_new"]


def _seal() -> Fernet:
    key = hashlib.sha256(f"{_IN_SESSION}:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
