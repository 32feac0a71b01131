"""How quickly the search box answers: 100,000 contacts and 100,000 matters of one firm among 21.

    python bench/search.py
    CHANCERY_DATABASE_URL=postgresql://chancery_app@… python bench/search.py --owner postgresql://…

Without an address it runs on a throwaway server. A database that is named is filled once (as the
owner, who obeys row security too) and kept. The questions are asked of the whole page, through every
middleware, as the program's own role.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

import django
import psycopg


def _on_a_throwaway_server() -> int:
    """Run this file again with the addresses of a server that is gone afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "chancery.config.settings_test"
    os.environ.setdefault(
        "CHANCERY_SECRET_KEY", "signs nothing but this benchmark's sessions, and is long"
    )
    os.environ.setdefault("CHANCERY_DATABASE_URL", "postgresql://nobody@127.0.0.1/nothing")
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from postgres import throwaway_server  # noqa: PLC0415 - after the path and the settings above

    with throwaway_server() as server:
        told = os.environ | {"CHANCERY_DATABASE_URL": server.addresses.app}
        command = [sys.executable, __file__, "--owner", server.addresses.owner]
        return subprocess.run(command, env=told, check=False).returncode


if __name__ == "__main__" and "--owner" not in sys.argv:
    sys.exit(_on_a_throwaway_server())

django.setup()

from django.conf import settings  # noqa: E402 - only after the set-up
from django.db import connection  # noqa: E402 - same reason
from django.test import Client  # noqa: E402 - same reason

from chancery.lib import clock, ids  # noqa: E402 - same reason
from chancery.practice import firms  # noqa: E402 - same reason
from chancery.practice.firms import Administrator, FirmDetails  # noqa: E402 - same reason
from chancery.practice.models import MatterType, Person, User  # noqa: E402 - same reason
from chancery.tenancy.scope import firm_scope  # noqa: E402 - same reason

BIG, SMALL, OTHER_FIRMS = 100_000, 1_000, 20
ROUNDS = 600
BAR_MS = 50.0
EMAIL = "bench-{}@search.example"
PASSWORD = "a-long-password-of-the-benchmark"  # noqa: S105 - of a throwaway database


def _words(text: str) -> list[str]:
    return text.split()


GIVEN = _words("""Ada Aisha Alan Amara Anna Ben Bianca Carla Chen Claire Daniel Dina Elena Elias Emma Erik Fiona
Grace Hanh Hugo Ines Ivan Jack Jana Julia Kai Karl Lea Len Lin Lucas Maya Mei Milan Nadia Noah Olga Omar
Paul Priya Quentin Rosa Ruth Sam Sofia Tariq Tina Tobias Uma Vera Wei Xavier Yara Zoe""")
FAMILY = _words("""Abbott Adeyemi Baker Bankole Barton Bennett Berg Brown Chan Clarke Cole Costa Dang Davis Diaz
Eriksen Evans Finch Fischer Garcia Gray Haddad Hale Hughes Ibrahim Ito Jansen Jones Kaur Kelly Kerr Khan
Kowalski Larsen Lee Lindqvist Lopez Marchetti Marlow Martin Mills Moss Murphy Nguyen Novak Nowak O'Brien
O'Dowd Odell Okafor Olsen Park Pask Patel Perez Quinn Rahman Raman Reckitt Rossi Santos Schmidt Shah Silva
Singh Smith Smithers Smithson Tan Taylor Thompson Tran Underwood Vargas Vogel Walker Wang Watson Whitcombe
White Williams Wilson Wong Wright Yang Young Zhang Zimmer""")
TRADES = _words("""Timber Joinery Holdings Developments Settlements Conveyancing Bank Bakery Plumbing Electrical
Legal Consulting Transport Logistics Estates Partners Foods Motors Marine Printing""")
FORMS = ("Pty Ltd", "Ltd", "& Sons", "Group", "Trust")
WORK = """lease of Unit {} at|sale of {} Ferry Road to|purchase of {} Mill Court from|estate of|debt of|
parenting, |contract with|boundary with|dispute with|probate of""".replace("\n", "").split("|")


def main() -> int:
    """Fill the database where it is empty, ask, print the figures; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--owner", required=True, help="the owner's address, to fill the tables")
    owner = parser.parse_args().owner
    settings.ALLOWED_HOSTS += ["testserver"]
    for number in range(OTHER_FIRMS + 1):
        _fill(owner, number, BIG if number == 0 else SMALL)
    with psycopg.connect(owner, autocommit=True) as connected:
        connected.execute("ANALYZE")
    _show_ground()
    client = Client()
    client.force_login(User.objects.get(email=EMAIL.format(0)))
    results = [
        _measure(client, "as one types", "/search/now/", ROUNDS),
        _measure(client, "results page", "/search/", ROUNDS // 3),
        _measure(client, "contacts, page 20", "/search/", ROUNDS // 6, kind="contact", page="20"),
    ]
    return int(max(results) >= BAR_MS)


def _fill(owner: str, number: int, count: int) -> None:
    """Found a firm with so many contacts and matters, unless it is there."""
    email = EMAIL.format(number)
    if User.objects.filter(email=email).exists():
        return
    began = time.monotonic()
    chance = random.Random(number)  # noqa: S311 - names, not secrets
    details = FirmDetails(f"Firm {number}", "AUD", "AU", "Australia/Sydney")
    person = firms.found(
        details=details, administrator=Administrator("Bo Bench", email, PASSWORD), at=clock.now()
    )
    with firm_scope(person.firm_id):
        type_id = MatterType.objects.values_list("id", flat=True)[0]
    contacts = [(ids.new(), *_contact(chance)) for _ in range(count)]
    with psycopg.connect(owner) as connected:
        connected.execute("SELECT set_config('chancery.firm_id', %s, true)", [str(person.firm_id)])
        _insert_contacts(connected, person, contacts)
        _insert_matters(connected, person, type_id, contacts, chance)
    print(f"firm {number}: {count:,} contacts and matters in {time.monotonic() - began:.0f} s")


def _contact(chance: random.Random) -> tuple[str, str]:
    family = chance.choice(FAMILY)
    if chance.random() < 0.7:  # noqa: PLR2004 - most contacts are people
        return "person", f"{chance.choice(GIVEN)} {family}"
    return "company", f"{family} {chance.choice(TRADES)} {chance.choice(FORMS)}"


def _insert_contacts(
    connected: psycopg.Connection, person: Person, contacts: Sequence[tuple[UUID, str, str]]
) -> None:
    connected.cursor().executemany(
        """INSERT INTO practice_contact (id, firm_id, kind, name, given_name, family_name, email, phone,
             stands_for_own_bank, version, created_at)
           VALUES (%s, %s, %s, %s, '', '', '', '', false, 1, now())""",
        [(id_, person.firm_id, kind, name) for id_, kind, name in contacts],
    )


def _insert_matters(
    connected: psycopg.Connection,
    person: Person,
    type_id: UUID,
    contacts: Sequence[tuple[UUID, str, str]],
    chance: random.Random,
) -> None:
    rows = []
    for count, (client_id, _, name) in enumerate(contacts, start=1):
        work = chance.choice(WORK).format(chance.randint(1, 400))
        title = f"{name.split()[-1]}, {work} {chance.choice(FAMILY)}"
        status = chance.choices(["active", "inactive", "closed"], [30, 10, 60])[0]
        number, reference = f"{2007 + count % 20}-{count:06}", f"{name[:2]}/{count}"
        rows.append((ids.new(), person.firm_id, number, reference, title, client_id, status))
    connected.cursor().executemany(
        f"""INSERT INTO practice_matter (id, firm_id, number, reference, title, client_id, status,
              type_id, responsible_id, version, opened_on, created_at)
            VALUES (%s, %s, %s, %s, %s, %s, %s, '{type_id}', '{person.id}', 1, now(), now())""",  # noqa: S608 - our own ids
        rows,
    )


def _show_ground() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, version()")
        role, version = cursor.fetchone()
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE relname = 'practice_searchentry'"
        )
        entries = cursor.fetchone()[0]
    print(f"as {role} on {version.split(' on ')[0]}; {entries:,} search entries of all firms")
    print(f"{os.cpu_count()} processors; load of the last minute {os.getloadavg()[0]:.1f}")


def _measure(client: Client, name: str, address: str, rounds: int, **asked: str) -> float:
    """Ask many questions of one address; print and return the 95th percentile in milliseconds."""
    chance = random.Random(7)  # noqa: S311 - questions, not secrets
    questions = list(_questions(chance, rounds))
    for question in questions[:20]:
        client.get(address, {"q": question, **asked})
    times: dict[str, list[float]] = {}
    for question in questions:
        began = time.perf_counter()
        answer = client.get(address, {"q": question, **asked})
        took = (time.perf_counter() - began) * 1000
        assert answer.status_code == HTTPStatus.OK, answer
        times.setdefault("1 letter" if len(question) == 1 else "longer", []).append(took)
    everything = [one for some in times.values() for one in some]
    for kind, some in sorted(times.items()):
        print(f"{name:18} {kind:9} {_figures(some)}")
    print(f"{name:18} {'all':9} {_figures(everything)}  (the bar: p95 under {BAR_MS:.0f} ms)")
    return statistics.quantiles(everything, n=100)[94]


def _figures(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=100)
    return f"n={len(times):4}  p50 {cuts[49]:6.1f} ms  p95 {cuts[94]:6.1f} ms  max {max(times):6.1f} ms"


def _questions(chance: random.Random, count: int) -> Iterator[str]:
    """Yield what people type: names letter by letter, numbers, and now and then nothing that is there."""
    for _ in range(count):
        kind = chance.random()
        if kind < 0.25:  # noqa: PLR2004 - a quarter are single letters and figures
            yield chance.choice("abcdefghijklmnopqrstuvwxyz0123456789")
        elif kind < 0.85:  # noqa: PLR2004 - most are the beginning of a word
            word = chance.choice(chance.choice((GIVEN, FAMILY, TRADES)))
            yield word[: chance.randint(2, len(word))]
        elif kind < 0.95:  # noqa: PLR2004 - some are numbers
            yield f"20{chance.randint(7, 26):02}-{chance.randint(0, 99999):05}"[
                : chance.randint(3, 11)
            ]
        else:
            yield chance.choice(("zzyzx", "qqq", "xylophone"))


if __name__ == "__main__":
    sys.exit(main())
