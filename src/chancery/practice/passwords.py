"""New passwords for those who forgot theirs: good until they choose their own, before any page opens."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from chancery.lib.refusals import Refusal
from chancery.practice import accounts, firms, history
from chancery.practice.models import Person, User
from chancery.practice.people import KIND, HasLeftAlready
from chancery.practice.permissions import Act, require
from chancery.tenancy.scope import firm_scope


@dataclass(eq=False)
class IsYourOwn(Refusal):
    """Nobody needs to be given what they choose themselves."""

    code = "practice.password_is_your_own"

    def __str__(self) -> str:
        return "This is your own account. Choose another password on your profile."


@dataclass(eq=False)
class ServesElsewhere(Refusal):
    """The account is of another firm as well."""

    code = "practice.account_serves_elsewhere"

    name: str
    email: str

    def __str__(self) -> str:
        return (
            f"{self.name} has a place in another firm with this account, so no one firm gives it a "
            "password. Ask whoever keeps this server to run: "
            f"chancery password --email {self.email}"
        )


@dataclass(eq=False)
class NoSuchAccount(Refusal):
    """No account has this address."""

    code = "practice.no_such_account"

    email: str

    def __str__(self) -> str:
        return f"Nobody signs in as {self.email}. Look the address up on Admin > People and roles."


def give(*, person: Person, password: str, by: Person, at: datetime) -> None:
    """Give a colleague a password until they choose their own; wherever they are signed in, that ends.

    Refuses: NotAllowed, IsYourOwn, HasLeftAlready, ServesElsewhere, DetailsNotRight.
    """
    require(by, Act.MANAGE_PEOPLE)
    if person.pk == by.pk:
        raise IsYourOwn
    with transaction.atomic():
        firms.lock(by.firm_id)
        kept = Person.objects.get(pk=person.pk)
        if kept.left_at:
            raise HasLeftAlready(kept.name)
        user = User.objects.select_for_update().get(
            pk=kept.user_id
        )  # nobody asks them in meanwhile
        if any(place.firm_id != kept.firm_id for place in _places_ever(user)):
            raise ServesElsewhere(kept.name, user.email)
        accounts.give_password(user, password)
        _write_down(kept, "Given a new password", by=by, at=at)


def give_at_the_server(*, email: str, password: str, at: datetime) -> User:
    """Give any account a password until its human chooses one; the history of each of its firms says so.

    Whoever keeps the server may: nobody's leave is asked. Refuses: NoSuchAccount, DetailsNotRight.
    """
    with transaction.atomic():
        address = email.strip().lower()
        user = User.objects.select_for_update().filter(email=address).first()
        if user is None:
            raise NoSuchAccount(email)
        accounts.give_password(user, password)
        for place in _places_ever(user):
            with firm_scope(place.firm_id):
                _write_down(place, "Given a new password at the server", by=None, at=at)
    return user


def _places_ever(user: User) -> list[Person]:
    """Return the user's place in every firm, those they left too: they may return."""
    with firm_scope(None, user_id=user.id):
        return list(Person.objects.filter(user_id=user.id).order_by("firm_id"))


def _write_down(person: Person, act: str, *, by: Person | None, at: datetime) -> None:
    Person.objects.filter(pk=person.pk).update(version=F("version") + 1)
    history.record(of=(KIND, person.id), firm_id=person.firm_id, act=act, by=by, at=at)
