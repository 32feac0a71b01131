"""The doctor finds what is wrong: each examination is shown a sound case and a broken one."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from chancery.cli import commands, folders, keys, ports, roles
from chancery.cli.checkup import addresses, database, folder, machine
from chancery.cli.checkup.finding import Finding, State
from chancery.cli.installation import Plan
from postgres import TestServer

ROOT = Path(__file__).parents[2]


def states(findings: Iterator[Finding]) -> dict[str, State]:
    """Return the worst state of each subject."""
    order = list(State)
    worst: dict[str, State] = {}
    for one in findings:
        worst[one.subject] = max(worst.get(one.subject, State.OK), one.state, key=order.index)
    return worst


@contextmanager
def changed(server: TestServer, change: str, back: str) -> Iterator[None]:
    """Change the database as its superuser while the block runs."""
    password = server.server.cluster.password
    address = server.server.address("postgres", password, roles.DATABASE)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(change.encode())
        try:
            yield
        finally:
            connection.execute(back.encode())


@pytest.mark.django_db
def test_a_migrated_database_is_sound_but_for_the_tests_own_haste(postgres: TestServer) -> None:
    found = states(database.examine(postgres.addresses.owner))

    hasty = {"fsync", "full_page_writes", "synchronous_commit"}
    assert {subject for subject, state in found.items() if state is State.WRONG} == hasty
    assert found["row security"] is State.OK
    assert found["migrations"] is State.OK


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "change", "back"),
    [
        ("row security", "CREATE TABLE leak (firm_id uuid)", "DROP TABLE leak"),
        (
            "row security",
            "ALTER TABLE practice_contact NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE practice_contact FORCE ROW LEVEL SECURITY",
        ),
        (
            "roles",
            "ALTER ROLE chancery_app BYPASSRLS",
            "ALTER ROLE chancery_app NOBYPASSRLS",
        ),
        (
            "roles",
            "ALTER ROLE chancery_verifier SUPERUSER",
            "ALTER ROLE chancery_verifier NOSUPERUSER",
        ),
        (
            "belongings",
            "CREATE TABLE mine (); ALTER TABLE mine OWNER TO chancery_app",
            "DROP TABLE mine",
        ),
    ],
)
def test_a_weakened_guard_is_found(
    postgres: TestServer, subject: str, change: str, back: str
) -> None:
    with changed(postgres, change, back):
        found = states(database.examine(postgres.addresses.owner))

    assert found[subject] is State.WRONG


@pytest.mark.django_db
def test_an_owner_whom_row_security_does_not_bind_is_told(postgres: TestServer) -> None:
    bypass, back = "ALTER ROLE chancery_owner BYPASSRLS", "ALTER ROLE chancery_owner NOBYPASSRLS"
    with changed(postgres, bypass, back):
        found = states(database.examine(postgres.addresses.owner))

    assert found["roles"] is State.ATTENTION


@pytest.mark.django_db
def test_an_unmigrated_database_is_found(postgres: TestServer) -> None:
    with psycopg.connect(postgres.addresses.owner) as connection:
        row = connection.execute(
            "SELECT obj_description('public.django_migrations'::regclass)"
        ).fetchone()
    assert row
    comment = "COMMENT ON TABLE public.django_migrations IS"
    with changed(postgres, f"{comment} NULL", f"{comment} '{row[0]}'"):
        found = states(database.examine(postgres.addresses.owner))

    assert found["migrations"] is State.WRONG


def test_a_database_that_does_not_answer_is_found() -> None:
    nobody = f"postgresql://nobody@127.0.0.1:{ports.pick()}/nothing"

    assert states(database.examine(nobody)) == {"database": State.WRONG}


def test_keys_that_others_may_read_are_found(tmp_path: Path) -> None:
    data = folders.prepare(tmp_path / "var")
    keys.obtain(data.keys, "some.key")
    sound = states(folder.examine(data))["keys"]

    (data.keys / "some.key").chmod(0o644)

    assert (sound, states(folder.examine(data))["keys"]) == (State.OK, State.WRONG)


def plan(**changes: object) -> Plan:
    usual: dict[str, object] = {
        "host": "127.0.0.1",
        "port": ports.pick(),
        "sandbox_port": ports.pick(),
        "workers": 1,
        "base_url": "http://localhost:8000",
        "sandbox_url": "",
        "with_demo": False,
    }
    return Plan(**{**usual, **changes})  # type: ignore[arg-type]  # a test's own arrangement


@pytest.mark.parametrize(
    ("base_url", "secret", "expected"),
    [
        ("https://books.example", "kept to ourselves", State.OK),
        ("http://localhost:8000", "kept to ourselves", State.OK),
        ("http://127.0.0.1:8000", "kept to ourselves", State.WRONG),
        ("http://books.example", "kept to ourselves", State.WRONG),
        ("https://books.example", "", State.WRONG),
    ],
)
def test_an_address_that_xero_refuses_is_found(
    monkeypatch: pytest.MonkeyPatch, base_url: str, secret: str, expected: State
) -> None:
    monkeypatch.setenv("XERO_CLIENT_ID", "an app")
    monkeypatch.setenv("XERO_CLIENT_SECRET", secret)

    findings = list(addresses.examine(plan(base_url=base_url), is_up=False))

    assert states(iter(findings))["Xero"] is expected
    assert "kept to ourselves" not in str(findings)


def test_a_web_server_that_should_answer_and_does_not_is_found() -> None:
    assert states(addresses.examine(plan(), is_up=True))["web server"] is State.WRONG


def test_a_place_to_be_killed_at_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANCERY_KILL_AT", "after the call")

    found = [one for one in machine.examine(ROOT) if one.state is State.WRONG]

    assert "CHANCERY_KILL_AT is set" in [one.fact for one in found]


def test_packages_that_are_not_of_the_lock_are_found(tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_text("django==0.1 \\\n    --hash=sha256:0\n")
    (tmp_path / "requirements-dev.lock").write_text("")

    assert states(machine.examine(tmp_path))["packages"] is State.WRONG


def test_the_code_is_1_when_something_is_wrong_and_the_findings_are_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHANCERY_KILL_AT", "somewhere")

    code = commands.main(["doctor", "--json", "--data", str(tmp_path / "var")])

    findings = json.loads(capsys.readouterr().out)
    assert code == 1
    assert {"subject", "state", "fact", "remedy"} == set(findings[0])
    assert not (tmp_path / "var").exists(), "the doctor looks only"


def test_doctor_is_content_with_a_folder_that_was_never_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "CHANCERY_KILL_AT", "XERO_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)
    words = ["doctor", "--data", str(tmp_path / "var"), "--port", str(ports.pick())]

    assert os.environ.get("DATABASE_URL") is None
    assert commands.main(words) == 0
