"""How fast whole receipts are: rules, number, posting, history, outbox, beside the bare database.

Eight processes take receipts as the page does, each in its own transaction of the firm with a durable
commit. Two ways take turns; the bar is a ratio.
"""

import multiprocessing
import os
import random
import statistics
import time
from dataclasses import dataclass, replace
from multiprocessing.synchronize import Barrier
from typing import Any
from uuid import UUID

from ground import server
from posting import figures

PROCESSES, SECONDS, ROUNDS = 8, 4.0, 3
ACCOUNTS, LEDGERS = 20, 25
BAR = 0.20


@dataclass(frozen=True)
class Desk:
    """Where one receipt is taken: by whom, into which account, for which ledgers."""

    firm_id: UUID
    person_id: UUID
    account_id: UUID
    ledgers: tuple[UUID, ...]

    @property
    def pool(self) -> Any:
        """Return the account as the bare database is asked; made late, for Django must be set up."""
        from ground.firms import Pool  # noqa: PLC0415 - after the set-up

        return Pool(self.firm_id, self.account_id, self.ledgers)


def work(address: str, way: str, desks: list[Desk], start: Barrier, done: Any) -> None:
    """Take receipts for some seconds; hand back how long each took."""
    server.join(address)
    from ground import bare  # noqa: PLC0415 - after the set-up

    chance = random.Random(os.getpid())  # noqa: S311 - ledgers, not secrets
    people = {desk.person_id: _person(desk) for desk in desks}
    took: list[float] = []

    def once() -> None:
        desk = chance.choice(desks)
        ledger = chance.choice(desk.ledgers)
        began = time.perf_counter()
        if way == "bare":
            bare.post(desk.pool, desk.pool.draft(ledger))
        else:
            _take(desk, ledger, people[desk.person_id])
        took.append(time.perf_counter() - began)

    for _ in range(20):
        once()
    took.clear()
    start.wait()
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        once()
    done.put(took)


def _person(desk: Desk) -> Any:
    from chancery.practice import people  # noqa: PLC0415 - after the set-up
    from chancery.tenancy.scope import firm_scope  # noqa: PLC0415 - same reason

    with firm_scope(desk.firm_id):
        return people.with_firm(desk.person_id)


def _take(desk: Desk, ledger: UUID, person: Any) -> None:
    from ground.firms import AT, FIRST_DAY  # noqa: PLC0415 - same reason

    from chancery.lib import ids  # noqa: PLC0415 - after the set-up
    from chancery.lib.money import Money  # noqa: PLC0415 - same reason
    from chancery.tenancy.scope import firm_scope  # noqa: PLC0415 - same reason
    from chancery.trust import receipts  # noqa: PLC0415 - same reason
    from chancery.trust.receipts import Method, Part, ReceiptDetails  # noqa: PLC0415 - same reason

    details = ReceiptDetails(
        account_id=desk.account_id,
        parts=(Part(ledger, Money(100, "AUD")),),
        received_on=FIRST_DAY,
        method=Method.DIRECT_DEPOSIT,
        received_from="Ann Client",
        reason="Costs on account",
    )
    with firm_scope(desk.firm_id):
        receipts.take(details=details, by=person, at=AT, today=AT.date(), key=str(ids.new()))


def measure(address: str, way: str, desks: list[Desk]) -> list[float]:
    """Let all processes work at once; return how long each receipt took."""
    context = multiprocessing.get_context("spawn")
    start, done = context.Barrier(PROCESSES), context.Queue()
    workers = [
        context.Process(target=work, args=(address, way, desks, start, done))
        for _ in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    took = [one for _ in workers for one in done.get()]
    for worker in workers:
        worker.join()
    return took


def open_desks() -> list[Desk]:
    """Open a firm's trust accounts, each with client ledgers of its own matters."""
    import money  # noqa: PLC0415 - after the set-up
    import world  # noqa: PLC0415 - same reason

    marlow = world.marlow()
    trust = money.open_trust(marlow)
    firm_id = marlow.alice.firm_id
    desks = []
    for number in range(ACCOUNTS):
        if number:
            trust = replace(trust, account=_another(marlow, trust, number))
        ledgers = tuple(trust.ledger(f"Matter {number}-{each}").id for each in range(LEDGERS))
        desks.append(Desk(firm_id, trust.maker.id, trust.account.id, ledgers))
    return desks


def _another(marlow: Any, trust: Any, number: int) -> Any:
    """Open one more trust account at the same bank."""
    import world  # noqa: PLC0415 - after the set-up
    from chancery.trust import bank_accounts  # noqa: PLC0415 - same reason
    from chancery.trust.account_details import AccountDetails  # noqa: PLC0415 - same reason
    from chancery.trust.rules.numbering import Series  # noqa: PLC0415 - same reason

    details = AccountDetails(
        name=f"Marlow & Finch law practice trust account {number}",
        kind="current",
        bank_id=trust.account.bank_id,
        number={"bsb": "062-000", "account": f"{20_000_000 + number}"},
        receipt=Series(f"R{number}-", 1),
        withdrawal=Series(f"W{number}-", 1),
        transfer=Series(f"T{number}-", 1),
    )
    with world.acting(marlow.alice):
        opened = bank_accounts.open_account(details=details, by=marlow.alice, at=trust.at)
    return opened.account


def main() -> None:
    """Let both ways take turns, and print the middle of each and the ratio."""
    with server.durable() as owner:
        from ground import bare  # noqa: PLC0415 - after the set-up

        bare.make(owner)
        desks = open_desks()
        for desk in desks:
            bare.open_pool(desk.pool)
        address = os.environ["CHANCERY_DATABASE_URL"]
        server.show_ground()
        rounds = [
            {way: measure(address, way, desks) for way in ("bare", "whole receipt")}
            for _ in range(ROUNDS)
        ]
    print(f"whole receipts, {PROCESSES} processes, {ACCOUNTS} accounts, durable")
    for way in rounds[0]:
        rate = statistics.median(len(each[way]) for each in rounds) / SECONDS
        print(f"  {way:24} {rate:7,.0f} a second  {figures([t for e in rounds for t in e[way]])}")
    ratio = statistics.median(len(each["whole receipt"]) / len(each["bare"]) for each in rounds)
    print(f"  receipt / bare {ratio:.2f} (the bar: {BAR})")


if __name__ == "__main__":
    main()
