"""From the command line a real firm is founded, and a forgotten password replaced."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from chancery.practice.models import User
from postgres import TestServer

EMAIL = "ida@quay.example"
CHOSEN = "quarry-window-sparrow-3"


def add(folder: Path, *words: str, server: TestServer | None = None) -> tuple[int, str]:
    return chancery("firm", "add", "--data", str(folder), *words, server=server)


def chancery(*words: str, server: TestServer | None = None) -> tuple[int, str]:
    told = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    told["PYTHONPATH"] = "src"
    if server:
        told["DATABASE_URL"] = server.addresses.owner
        told["DATABASE_APP_URL"] = server.addresses.app
        told["DATABASE_VERIFIER_URL"] = server.addresses.verifier
    ran = subprocess.run(
        [sys.executable, "-m", "chancery", *words],
        cwd=Path(__file__).parents[2],
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


def quay(name: str = "Quay Lawyers") -> tuple[str, ...]:
    return ("--name", name, "--administrator", "Ida Quay", "--email", EMAIL)


@pytest.mark.django_db(transaction=True)
def test_the_administrator_signs_in_with_the_password_that_is_shown(
    postgres: TestServer, tmp_path: Path, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    code, said = add(tmp_path, *quay(), server=postgres)

    assert code == 0, said
    shown = re.search(rf"Sign in as {EMAIL} with (\S+); it leads", said)
    assert shown
    client = Client()
    client.post("/sign-in/", {"login": EMAIL, "password": shown[1]})
    assert client.get("/")["Location"] == "/sign-in/password/"
    chosen = {"oldpassword": shown[1], "password1": CHOSEN, "password2": CHOSEN}
    client.post("/sign-in/password/", chosen)
    assert "Quay Lawyers" in client.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_who_forgot_theirs_is_given_another_at_the_server(
    postgres: TestServer, tmp_path: Path, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    add(tmp_path, *quay(), server=postgres)

    code, said = chancery("password", "--data", str(tmp_path), "--email", EMAIL, server=postgres)

    assert code == 0, said
    shown = re.search(rf"Sign in as {EMAIL} with (\S+);", said)
    assert shown
    user = User.objects.get(email=EMAIL)
    assert user.check_password(shown[1])
    assert user.must_choose_password


@pytest.mark.django_db
def test_an_address_that_nobody_signs_in_with_gets_no_password(
    postgres: TestServer, tmp_path: Path
) -> None:
    code, said = chancery("password", "--data", str(tmp_path), "--email", EMAIL, server=postgres)

    assert code == 1
    assert f"Nobody signs in as {EMAIL}" in said


@pytest.mark.django_db
def test_joining_an_account_that_does_not_exist_is_refused(
    postgres: TestServer, tmp_path: Path
) -> None:
    code, said = add(tmp_path, *quay(), "--join", server=postgres)

    assert code == 1
    assert "without --join" in said
    assert not User.objects.filter(email=EMAIL).exists()


@pytest.mark.django_db(transaction=True)
def test_an_address_that_signs_in_already_is_refused_unless_it_joins(
    postgres: TestServer, tmp_path: Path
) -> None:
    add(tmp_path, *quay(), server=postgres)

    code, said = add(tmp_path, *quay("Second Quay"), server=postgres)
    assert code == 1
    assert "--join" in said

    code, said = add(tmp_path, *quay("Second Quay"), "--join", server=postgres)
    assert code == 0
    assert "with the password of that account" in said


@pytest.mark.django_db
def test_what_is_not_right_is_said(postgres: TestServer, tmp_path: Path) -> None:
    code, said = add(tmp_path, *quay(" "), "--currency", "XXXX", server=postgres)

    assert code == 1
    assert "Enter the firm's name" in said
    assert "Choose the firm's currency" in said


def test_without_a_database_it_says_how_to_start_one(tmp_path: Path) -> None:
    code, said = add(tmp_path, *quay())

    assert code == 1
    assert "start ./chancery up" in said
