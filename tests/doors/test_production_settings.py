"""The settings that ship are safe: Django's own list of what to check before going live finds nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chancery.config.security import is_local

ROOT = Path(__file__).parents[2]


def ask_django(
    *words: str, base_url: str, settings: str = "chancery.config.settings"
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": settings,
        "CHANCERY_DATABASE_URL": "postgresql://chancery_app@127.0.0.1/chancery",
        "CHANCERY_SECRET_KEY": "a-long-key-for-this-test-only-0123456789-abcdefghij-klmnop",
        "CHANCERY_BASE_URL": base_url,
    }
    command = [sys.executable, "-m", "django", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_deployment_checklist_finds_nothing_on_an_address_of_ones_own() -> None:
    answer = ask_django(
        "check", "--deploy", "--fail-level", "WARNING", base_url="https://books.example"
    )

    assert (answer.returncode, answer.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    ), answer.stderr


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("https://books.example", False),
        ("http://192.168.1.10:8000", False),
        ("http://localhost.evil.example", False),
    ],
)
def test_only_this_machines_own_addresses_may_do_without_a_certificate(
    address: str, *, expected: bool
) -> None:
    assert is_local(address) is expected


def test_migrations_say_all_that_the_models_say() -> None:
    words = ("makemigrations", "--check", "--dry-run")

    answer = ask_django(
        *words, base_url="http://localhost:8000", settings="chancery.config.settings_test"
    )

    assert "No changes detected" in answer.stdout, answer.stdout + answer.stderr
