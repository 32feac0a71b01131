"""When a person last entered their password in this session, and the way to enter it again."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.urls import reverse


def entered_at(request: HttpRequest) -> datetime | None:
    """Return when the password was last entered, at sign-in or since; None where it was not.

    The library keeps each time in the session, on our side, where no browser can change it.
    """
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record.get("method") == "password"]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def address(back_to: str) -> str:
    """Return the page that asks for the password again, and then leads back."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back_to})}"
