"""From the command line a history is imported whole, or every wrong row is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import world
from chancery.ledger.models import Journal
from chancery.trust.models import HistoryImport
from money import Trust, open_trust
from past import HEADING
from postgres import TestServer
from world import Marlow, acting

pytestmark = pytest.mark.django_db(transaction=True)

SOUND = "2026-01-05,26-1,receipt,10.00,,Ann,R1,"
FAULTY = "2026-01-06,99-9,receipt,ten,,Bob,R2,"


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    made = open_trust(marlow)
    world.matter(made.maker, "Sale", number="26-1")
    return made


def run(
    server: TestServer, folder: Path, *lines: str, account: str, more: tuple[str, ...] = ()
) -> tuple[int, str]:
    file = folder / "history.csv"
    file.write_text("\n".join((HEADING, *lines)), encoding="utf-8")
    told = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    told |= {
        "PYTHONPATH": "src",
        "DATABASE_URL": server.addresses.owner,
        "DATABASE_APP_URL": server.addresses.app,
        "DATABASE_VERIFIER_URL": server.addresses.verifier,
    }
    options = ["--data", str(folder), "--account", account, "--email", "bob@marlow.example", *more]
    ran = subprocess.run(
        [sys.executable, "-m", "chancery", "import", str(file), *options],
        cwd=Path(__file__).parents[2],
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_a_history_is_checked_then_posted_and_refused_the_second_time(
    trust: Trust, postgres: TestServer, tmp_path: Path
) -> None:
    account = trust.account.name

    code, said = run(postgres, tmp_path, SOUND, FAULTY, account=account)
    assert (code, said.count("row 3: ")) == (1, 2), said
    assert "(unknown_matter)" in said
    assert "One row is to be corrected" in said
    code, said = run(postgres, tmp_path, SOUND, account=account, more=("--check",))
    assert (code, "Nothing was: that was a check." in said) == (0, True), said
    with acting(trust.maker):
        assert not Journal.objects.exists()
        assert not HistoryImport.objects.exists()

    code, said = run(postgres, tmp_path, SOUND, account=account)
    assert (code, "1 rows of history.csv are posted." in said) == (0, True), said
    code, said = run(postgres, tmp_path, SOUND, account=account)
    assert (code, "duplicate_reference" in said) == (1, True), said
    with acting(trust.maker):
        assert Journal.objects.count() == 1


def test_an_account_that_is_not_there_is_refused_by_name(
    trust: Trust, postgres: TestServer, tmp_path: Path
) -> None:
    code, said = run(postgres, tmp_path, SOUND, account="Nowhere")

    assert code == 1
    assert trust.account.name in said
