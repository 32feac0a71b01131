"""How someone signs in, told once to whoever asked."""

from uuid import UUID

from django.http import HttpRequest

from chancery.web.shell import told_once

_IN_SESSION = "sign-in-to-tell"


def keep(request: HttpRequest, person_id: UUID, password: str, *, as_new: bool) -> None:
    """Keep a given password for the next page, sealed; empty where the person goes on with their own."""
    told = {"person": str(person_id), "password": password, "as_new": as_new}
    told_once.keep(request, _IN_SESSION, told)


def take(request: HttpRequest, person_id: UUID) -> tuple[str, bool] | None:
    """Return the password and whether the person is new, this once; nothing after ten minutes."""
    told = told_once.take(request, _IN_SESSION)
    if told is None or told["person"] != str(person_id):
        return None
    return told["password"], told["as_new"]
