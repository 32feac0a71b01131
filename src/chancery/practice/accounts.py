"""The accounts that humans sign in with: one per e-mail address, whatever firms they work in."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from chancery.lib.problems import Problem, refuse_any
from chancery.practice.models import User

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when read aloud
_GROUPS, _GROUP = 4, 5
_NAME_AT_MOST = 120


def new_password() -> str:
    """Return a password to serve until its human chooses their own: 20 random letters, 99 bits."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )


def problems(name: str, email: str) -> list[Problem]:
    """Return what is wrong with a person's name and e-mail address."""
    found = []
    if not 0 < len(name) <= _NAME_AT_MOST:
        found.append(
            Problem("name", f"Enter the person's name, at most {_NAME_AT_MOST} characters.")
        )
    try:
        validate_email(email.strip())
    except ValidationError:
        found.append(Problem("email", "Enter an e-mail address like name@example.com."))
    return found


def find_or_make(
    email: str, password: str, *, must_choose_password: bool = False
) -> tuple[User, bool]:
    """Return the account of this address, made with the password when there was none, and whether it was.

    ``must_choose_password`` is for one that somebody else knows: it leads only to choosing another.
    The password of an account that exists is neither read nor changed. Refuses: DetailsNotRight.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user:
        return user, False
    _refuse_weak(password)
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, password)
            user.must_choose_password = must_choose_password
            user.save(update_fields=["must_choose_password"])
            return user, True
    except IntegrityError:  # another firm made it between our look and now
        return User.objects.get(email=address), False


def choose_password(user: User, password: str) -> None:
    """Give an account the password that its human chose; one given by somebody else has served."""
    user.set_password(password)
    user.must_choose_password = False
    user.save(update_fields=["password", "must_choose_password"])


def give_password(user: User, password: str) -> None:
    """Give an account a password until its human chooses one; whoever is signed in with the old one is out.

    Refuses: DetailsNotRight.
    """
    _refuse_weak(password)
    user.set_password(password)
    user.must_choose_password = True
    user.save(update_fields=["password", "must_choose_password"])


def _refuse_weak(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as weak:
        refuse_any([Problem("password", " ".join(weak.messages))])
