"""How the sign-in library behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Nobody signs up by themselves: an administrator asks people in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that the door is closed, whoever knocks."""
        return False
