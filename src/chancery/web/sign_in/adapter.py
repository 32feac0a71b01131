"""How the sign-in library behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chancery.practice import accounts
from chancery.practice.people import User

_TOLD = frozenset({"account/messages/password_changed.txt"})


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Nobody signs up by themselves: an administrator asks people in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address and the password do not match",
        "incorrect_password": "This is not your password",
        "enter_current_password": "This is not your present password",
        "too_many_login_attempts": "Too many failed attempts. Wait five minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that the door is closed, whoever knocks."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        """Answer someone whose account is switched off; the library's own page has no address here."""
        return render(request, "account/account_inactive.html", status=403)

    def set_password(self, user: User, password: str) -> None:
        """Keep the password that someone chose for themselves."""
        accounts.choose_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where one goes after a new password."""
        return reverse("profile")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Tell what is worth telling; that someone is signed in or out shows by itself."""
        if message_template in _TOLD:
            super().add_message(request, level, message_template, *args, **kwargs)
