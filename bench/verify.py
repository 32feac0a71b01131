"""How long `chancery verify` takes for a million entries, and how long sealing them took.

Runs on a throwaway server of its own; the journals are posted by ``ledger_post``, a thousand a call.
"""

import os
import resource
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
os.environ["DJANGO_SETTINGS_MODULE"] = "chancery.config.settings_test"

import django

ENTRIES = int(os.environ.get("CHANCERY_BENCH_ENTRIES", "1000000"))
LEDGERS = 1_000
AT_ONCE = 1_000
DAYS = 365


def fill() -> None:
    """Post receipts and withdrawals into a thousand ledgers over a year, and seal them."""
    from chancery.ledger import accounts, posting, sealing  # noqa: PLC0415 - after the set-up
    from chancery.ledger.accounts import AccountKind  # noqa: PLC0415 - same reason
    from chancery.ledger.posting import Draft, Line  # noqa: PLC0415 - same reason
    from chancery.lib import clock, ids  # noqa: PLC0415 - same reason
    from world import acting, another  # noqa: PLC0415 - same reason

    keeper, chance = another("Harbour Legal"), Random(1)  # noqa: S311 - amounts, not secrets
    with acting(keeper):
        bank = accounts.open_pool(
            bank_id=ids.new(), firm_id=keeper.firm_id, currency="AUD", at=clock.now()
        ).id
        ledgers = [
            accounts.open_in(pool_id=bank, kind=AccountKind.CLIENT, at=clock.now())
            for _ in range(LEDGERS)
        ]
    journals, began = ENTRIES // 2, time.perf_counter()
    for first in range(0, journals, AT_ONCE):
        drafts = []
        on = date(2025, 1, 1) + timedelta(days=first * DAYS // journals)
        for number in range(first, min(first + AT_ONCE, journals)):
            ledger, amount = ledgers[number % LEDGERS], chance.randint(100, 999)
            comes = number // LEDGERS % 4 < 3  # noqa: PLR2004 - three receipts, then a withdrawal
            late = (
                on + timedelta(days=3)
                if comes and number % 8 == 1 and number > 10 * LEDGERS
                else None
            )
            lines = (Line(bank, "D", amount), Line(ledger, "C", amount, late))
            gone = (Line(ledger, "D", 1), Line(bank, "C", 1))
            drafts.append(Draft("bench", on, "Words", f"{number}", lines if comes else gone))
        with acting(keeper):
            posting.post(drafts, by=keeper.id, at=clock.now())
    print(f"posted {journals:,} journals in {time.perf_counter() - began:.1f} s")
    began, sealed = time.perf_counter(), 1
    while sealed:
        with acting(keeper):
            sealed = sealing.seal_next(at=clock.now(), at_most=50_000)
    print(f"sealed them in {time.perf_counter() - began:.1f} s")


def main() -> None:
    """Fill, verify, and print the figure."""
    from postgres import throwaway_server  # noqa: PLC0415 - Django's settings are named first

    with throwaway_server() as running:
        os.environ["CHANCERY_DATABASE_URL"] = running.addresses.app
        django.setup()
        fill()
        from chancery.cli.verification.examination import Examination  # noqa: PLC0415 - same reason
        from chancery.cli.verification.snapshot import Snapshot  # noqa: PLC0415 - same reason
        from chancery.lib import clock  # noqa: PLC0415 - same reason

        began, own = time.perf_counter(), time.process_time()
        with Snapshot(running.addresses.verifier) as snapshot:
            reports = Examination(snapshot, clock.now()).run()
        took, own = time.perf_counter() - began, time.process_time() - own
        report = reports[0]
        assert not report.findings, report.findings[:5]
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"verified {report.entries:,} entries, {report.days:,} days and {report.head_number:,} seals"
            f" in {took:.1f} s ({own:.1f} s of them at work, not waiting), with {most} MiB at most"
        )


if __name__ == "__main__":
    main()
