"""Tokens: whose they are, what ends them, and that nobody lists another firm's."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from chancery.lib.problems import DetailsNotRight
from chancery.practice import api_tokens, history, passwords, people
from chancery.practice.api_tokens import ApiToken, Found, Made, RevokedAlready, Scope
from chancery.practice.models import Person
from world import FOUNDED_AT, LATER, PASSWORD, Marlow, acting

pytestmark = pytest.mark.django_db


def made(by: Person, *scopes: Scope, days: int = 0) -> Made:
    with acting(by):
        return api_tokens.make(
            name="Intake form",
            scopes=scopes or (Scope.CONTACTS_READ,),
            expires_at=FOUNDED_AT + timedelta(days=days) if days else None,
            by=by,
            at=FOUNDED_AT,
        )


def found(token: Made) -> Found:
    was = api_tokens.find(token.secret.reveal())
    assert was is not None
    return was


def is_usable(token: Made, by: Person) -> bool:
    was = api_tokens.find(token.secret.reveal())
    if was is None:
        return False
    with acting(by):
        return api_tokens.usable(was, at=LATER) is not None


def test_a_secret_finds_its_token_before_any_firm_is_set(marlow: Marlow) -> None:
    token = made(marlow.alice)

    assert (found(token).token_id, found(token).firm_id) == (token.token.id, marlow.firm.id)


@pytest.mark.parametrize("wrong", ["", "x", "chancery_", "end"])
def test_a_secret_that_differs_in_one_letter_finds_nothing(wrong: str, marlow: Marlow) -> None:
    text = made(marlow.alice).secret.reveal()
    other = "A" if text[-1] != "A" else "B"

    assert api_tokens.find(f"{text[:-1]}{other}" if wrong == "end" else wrong) is None


def test_the_secret_itself_is_kept_nowhere(marlow: Marlow) -> None:
    token = made(marlow.alice)

    secret = token.secret.reveal().rpartition(token.token.prefix)[2]
    with acting(marlow.alice), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM practice_apitoken t")
        row = cursor.fetchone()[0]
    assert secret not in row
    assert token.secret.reveal() not in repr(token)


def test_without_a_firm_no_token_is_listed_and_with_one_only_its_own(
    marlow: Marlow, charlie: Person
) -> None:
    made(marlow.alice)
    theirs = made(charlie)

    assert list(ApiToken.objects.all()) == []
    with acting(charlie):
        assert list(ApiToken.objects.all()) == [theirs.token]
    with acting(marlow.bob):
        assert api_tokens.of_person(marlow.bob) == []


def test_the_search_by_digest_needs_all_of_it(marlow: Marlow) -> None:
    token = made(marlow.alice)
    digest = bytes(token.token.digest)

    with connection.cursor() as cursor:
        for asked in (b"", digest[:-1], digest + b"\0"):
            cursor.execute("SELECT * FROM practice_api_token(%s, %s)", [token.token.prefix, asked])
            assert cursor.fetchall() == []
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("SELECT * FROM practice_api_token(NULL)")


def test_the_program_cannot_widen_or_move_a_token(marlow: Marlow) -> None:
    token = made(marlow.alice).token

    for column in ("scopes", "person_id", "digest", "expires_at", "firm_id"):
        with (
            acting(marlow.alice),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            ApiToken.objects.filter(pk=token.pk).update(**{column: getattr(token, column)})
    with (
        acting(marlow.alice),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        ApiToken.objects.filter(pk=token.pk).delete()


def test_a_revoked_token_is_dead_and_is_not_revoked_twice(marlow: Marlow) -> None:
    token = made(marlow.alice)
    assert is_usable(token, marlow.alice)

    with acting(marlow.alice):
        api_tokens.revoke(token=token.token, by=marlow.alice, at=LATER)

    assert not is_usable(token, marlow.alice)
    with acting(marlow.alice), pytest.raises(RevokedAlready):
        api_tokens.revoke(token=token.token, by=marlow.alice, at=LATER)
    with acting(marlow.alice):
        acts = [act.act for act in history.of(people.KIND, marlow.alice.id)]
    assert acts[:2] == ["Revoked an API token", "Made an API token"]


def test_a_token_ends_with_its_last_moment(marlow: Marlow) -> None:
    token = made(marlow.alice, days=1)
    end = FOUNDED_AT + timedelta(days=1)

    with acting(marlow.alice):
        before = api_tokens.usable(found(token), at=end - timedelta(microseconds=1))
        after = api_tokens.usable(found(token), at=end)

    assert before is not None
    assert after is None


def test_a_token_rests_while_its_person_may_not_come_in(marlow: Marlow) -> None:
    token = made(marlow.bob)

    with acting(marlow.alice):
        passwords.give(person=marlow.bob, password=PASSWORD + "x", by=marlow.alice, at=LATER)
    assert not is_usable(token, marlow.bob)
    marlow.bob.user.refresh_from_db()
    marlow.bob.user.must_choose_password = False
    marlow.bob.user.save(update_fields=["must_choose_password"])
    assert is_usable(token, marlow.bob)
    with acting(marlow.alice):
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)

    assert not is_usable(token, marlow.bob)


def test_an_examiners_token_only_reads(marlow: Marlow) -> None:
    assert made(marlow.erin, Scope.MATTERS_READ).token.is_read_only

    with pytest.raises(DetailsNotRight, match="An examiner only reads"):
        made(marlow.erin, Scope.MATTERS_READ, Scope.MATTERS_WRITE)
    assert not made(marlow.bob, Scope.MATTERS_READ, Scope.MATTERS_WRITE).token.is_read_only


@pytest.mark.parametrize(
    ("name", "scopes", "days", "words"),
    [
        ("", ["contacts:read"], 1, "Enter a name"),
        ("x" * 61, ["contacts:read"], 1, "at most 60"),
        ("Form", [], 1, "at least one scope"),
        ("Form", ["contacts:rule"], 1, "no scope contacts:rule"),
        ("Form", ["contacts:read"], 0, "still to come"),
    ],
)
def test_a_token_that_cannot_be_is_refused(
    name: str, scopes: list[str], days: int, words: str, marlow: Marlow
) -> None:
    with acting(marlow.alice), pytest.raises(DetailsNotRight, match=words):
        api_tokens.make(
            name=name,
            scopes=scopes,
            expires_at=FOUNDED_AT + timedelta(days=days),
            by=marlow.alice,
            at=FOUNDED_AT,
        )


def test_nobody_holds_more_than_twenty_live_tokens(marlow: Marlow) -> None:
    for _ in range(api_tokens.LIVE_AT_MOST):
        made(marlow.alice)

    with pytest.raises(DetailsNotRight, match="revoke one of them"):
        made(marlow.alice)


def test_the_use_of_a_token_is_written_down_once_an_hour(marlow: Marlow) -> None:
    token = made(marlow.alice)
    assert not api_tokens.is_use_noted(found(token), at=LATER)

    with acting(marlow.alice):
        api_tokens.note_use(found(token), at=LATER)

    assert api_tokens.is_use_noted(found(token), at=LATER + timedelta(minutes=59))
    assert not api_tokens.is_use_noted(found(token), at=LATER + timedelta(minutes=60))


@pytest.mark.parametrize(
    ("waited", "days", "is_made"),
    [
        (timedelta(0), 90, True),
        (timedelta(minutes=10), 90, True),
        (timedelta(minutes=10, microseconds=1), 90, False),
        (-timedelta(microseconds=1), 90, False),
        (timedelta(0), 91, False),
    ],
)
def test_a_token_releases_money_for_ninety_days_when_the_password_was_just_entered(
    waited: timedelta, days: int, *, is_made: bool, marlow: Marlow
) -> None:
    with acting(marlow.alice):
        try:
            api_tokens.make(
                name="Payments",
                scopes=[Scope.TRANSFERS_RELEASE],
                expires_at=FOUNDED_AT + timedelta(days=days),
                password_at=FOUNDED_AT - waited,
                by=marlow.alice,
                at=FOUNDED_AT,
            )
        except DetailsNotRight:
            assert not is_made
        assert ApiToken.objects.exists() == is_made
