"""What is wrong with the books opens one case by itself, and only one until that is closed."""

import argparse
import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from at_work import Hand, edge_of
from chancery.cli import roles, verify
from chancery.cli.embedded import cluster
from chancery.trust import deficiency_steps, proof_cases, shortfalls
from chancery.trust.deficiency_steps import Noted, ProofStillFails
from chancery.trust.models import Deficiency, TrustLedger
from chancery.worker.pace import Pace
from chancery.worker.worker import Worker
from money import Trust, open_trust
from postgres import Connection, TestServer
from worker_process import wait_until
from world import acting, charlie, marlow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trust(transactional_db: None) -> Trust:
    return open_trust(marlow())


@pytest.fixture
def ledger(trust: Trust) -> TrustLedger:
    ledger = trust.ledger("Purchase of Mill House")
    trust.receive(ledger, "100.00")
    return ledger


@pytest.fixture
def forger(postgres: TestServer) -> Iterator[Connection]:
    """Give somebody whom neither right nor trigger nor check holds back."""
    password = postgres.server.cluster.password
    address = postgres.server.address(cluster.SUPERUSER, password, roles.DATABASE)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def take_from(forger: Connection, ledger: TrustLedger, minor: int) -> None:
    """Change the amount of what a ledger received, on its side alone."""
    forger.execute(
        "UPDATE ledger_entry SET amount_minor = amount_minor - %s WHERE account_id = %s",
        [minor, ledger.id],
    )


def below(forger: Connection, ledger: TrustLedger) -> None:
    """Turn what was received into money that left, on both sides."""
    forger.execute(
        """UPDATE ledger_entry SET side = CASE side WHEN 'D' THEN 'C' ELSE 'D' END
            WHERE journal_id IN (SELECT journal_id FROM ledger_entry WHERE account_id = %s)""",
        [ledger.id],
    )


def look(trust: Trust, *findings: str) -> list[Deficiency]:
    with acting(trust.maker):
        return proof_cases.look(firm_id=trust.maker.firm_id, at=trust.at, findings=findings)


def close(trust: Trust, case: Deficiency) -> None:
    noted = Noted(trust.today, "Restored from the backup of the night")
    with acting(trust.maker):
        deficiency_steps.close(
            case=case,
            noted=noted,
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key=trust.key(),
        )


def test_sound_books_open_no_case(trust: Trust, ledger: TrustLedger) -> None:
    trust.pay(ledger, "100.00")

    assert look(trust) == []


def test_a_bank_that_differs_from_its_ledgers_opens_one_case_until_it_is_closed(
    trust: Trust, ledger: TrustLedger, forger: Connection
) -> None:
    take_from(forger, ledger, 500)

    (case,) = look(trust)
    again = look(trust)

    assert again == []
    assert case.by is None
    assert "the bank account holds 5.00 more than its ledgers" in case.cause
    with acting(trust.maker):
        assert shortfalls.missing(case) == trust.money("5.00")
    with pytest.raises(ProofStillFails):
        close(trust, case)
    take_from(forger, ledger, -500)
    close(trust, case)
    with acting(trust.maker):
        assert shortfalls.missing(case) == trust.money("0.00")
    assert look(trust) == []
    take_from(forger, ledger, 700)
    (later,) = look(trust)
    assert later.id != case.id


def test_a_ledger_below_nothing_opens_a_case_that_names_it(
    trust: Trust, ledger: TrustLedger, forger: Connection
) -> None:
    below(forger, ledger)

    (case,) = look(trust)

    assert ledger.matter
    assert f"{ledger.matter.number} is below nothing by 100.00" in case.cause
    assert case.ledger_id == ledger.id
    assert case.amount_minor == 10_000


def test_rows_that_were_changed_open_one_case_of_the_firm(
    trust: Trust, ledger: TrustLedger
) -> None:
    (case,) = look(trust, "ledger_seal 7: it has another digest", "ledger_day: differs")

    assert look(trust, "ledger_seal 7: it has another digest") == []
    assert case.account is None
    assert "2 rows are not as it must be. ledger_seal 7" in case.cause
    with pytest.raises(ProofStillFails):
        close(trust, case)


def test_a_proof_that_fails_twice_opens_exactly_one_case_and_one_that_succeeds_lets_it_close(
    trust: Trust,
    ledger: TrustLedger,
    forger: Connection,
    postgres: TestServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(os.environ, "DATABASE_URL", postgres.addresses.owner)
    monkeypatch.setitem(os.environ, "DATABASE_APP_URL", postgres.addresses.app)
    monkeypatch.setitem(os.environ, "DATABASE_VERIFIER_URL", postgres.addresses.verifier)
    options = argparse.Namespace(data=tmp_path, firm=None, head=[], export=None)

    def prove(minutes: int) -> int:
        monkeypatch.setattr(verify.clock, "now", lambda: trust.at + timedelta(minutes=minutes))
        return verify.run(options)

    assert prove(1) == 0
    forger.execute("UPDATE ledger_balance SET held_minor = held_minor + 1 WHERE held_minor > 0")
    assert prove(2) == prove(3) == 1

    with acting(trust.maker):
        case = Deficiency.objects.get()
    assert "ledger_balance" in case.cause
    forger.execute("UPDATE ledger_balance SET held_minor = held_minor - 1 WHERE held_minor > 0")
    with pytest.raises(ProofStillFails):
        close(trust, case)
    assert prove(4) == 0
    close(trust, case)


def test_the_worker_adds_up_the_books_of_every_firm_once_a_day(
    trust: Trust, ledger: TrustLedger, forger: Connection
) -> None:
    charlie()  # a firm without a trust account is not asked about
    take_from(forger, ledger, 500)

    with edge_of(Hand()) as edge:
        worker = Worker(edge, Pace(threads=2, look_every=timedelta(milliseconds=10)))
        running = threading.Thread(target=worker.run)
        running.start()
        try:
            wait_until(lambda: _count(trust) == 1)
        finally:
            worker.stop()
            running.join()

    assert proof_cases.firms() == [trust.maker.firm_id]
    assert _count(trust) == 1


def _count(trust: Trust) -> int:
    with acting(trust.maker):
        return Deficiency.objects.count()
