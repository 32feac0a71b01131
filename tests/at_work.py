"""A worker for tests, without threads: a clock that is moved by hand, and deliveries one after the other."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from chancery.accounting import account_progress, accounts, books, deliveries
from chancery.accounting.account_progress import Progress
from chancery.accounting.accounts import Subject
from chancery.accounting.edge import Edge
from chancery.accounting.models import AccountUse, Connection, PackageChoice
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import AccountType, WantedAccount
from chancery.accounting.xero import tokens
from chancery.accounting.xero.client import new_http
from chancery.accounting.xero.oauth import Grant
from chancery.lib import clock, ids
from chancery.lib.secret import Secret
from chancery.outbox import claims
from chancery.practice.models import Contact, Person
from chancery.trust.models import TrustBankAccount
from sandbox_server import MARLOW, SandboxServer
from world import acting

LEASE = timedelta(seconds=90)


@dataclass
class Hand:
    """A clock that stands still until it is moved; it begins a minute ahead of what tests write down."""

    at: datetime = field(default_factory=lambda: clock.now() + timedelta(minutes=1))

    def now(self) -> datetime:
        """Return the moment it shows."""
        return self.at

    def forward(self, **amount: float) -> None:
        """Move it on."""
        self.at += timedelta(**amount)


@contextmanager
def edge_of(hand: Hand) -> Iterator[Edge]:
    """Give handlers the real way to the package, and this clock."""
    with new_http() as http:
        way = books.Way(http, hand.now, timedelta(seconds=40))
        yield Edge(hand.now, lambda: 0.5, partial(books.of_firm, way=way))


def work(person: Person, hand: Hand) -> list[str]:
    """Deliver everything of the firm that is due now, one after the other; return how each ended."""
    ended: list[str] = []
    with edge_of(hand) as edge:
        while True:
            with acting(person):
                taken = claims.take(firm_id=person.firm_id, limit=1, lease=LEASE, at=hand.now())
            if not taken:
                return ended
            ended += [deliveries.deliver(claim, edge) for claim in taken]


def want_bank(person: Person, name: str, number: str = "062000 12345678") -> AccountUse:
    """Open a trust account here and ask for its account in the package, in one transaction."""
    with acting(person):
        bank = Contact.objects.create(
            id=ids.new(),
            firm_id=person.firm_id,
            kind="company",
            name="Bank",
            created_at=clock.now(),
        )
        account = TrustBankAccount.objects.create(
            id=ids.new(),
            firm_id=person.firm_id,
            name=name,
            kind="current",
            currency="AUD",
            bank=bank,
            number_shown=number,
            **_own_series(),
            opened_at=clock.now(),
        )
        return accounts.create_in_package(
            subject=Subject(UseOfAccount.TRUST_BANK, trust_account_id=account.id),
            wanted=WantedAccount(name, AccountType.BANK, number, "AUD"),
            by=person,
            at=clock.now(),
        )


def _own_series() -> dict[str, str]:
    """Return numbering that no other account of the firm has."""
    mark = secrets.token_hex(2)
    return {f"{kind}_prefix": f"{mark}{kind[0]}-" for kind in ("receipt", "withdrawal", "transfer")}


def want_liability(person: Person, use: UseOfAccount = UseOfAccount.TRUST_LIABILITY) -> AccountUse:
    """Ask for a system account in the package."""
    with acting(person):
        return accounts.create_in_package(
            subject=Subject(use),
            wanted=WantedAccount(use.label, AccountType.CURRENT_LIABILITY, currency="AUD"),
            by=person,
            at=clock.now(),
        )


def progress(person: Person, use: AccountUse, at: datetime) -> Progress:
    """Return where the account stands, read afresh."""
    with acting(person):
        fresh = AccountUse.objects.select_related("chart_account").get(pk=use.pk)
        return account_progress.progress(fresh, at=at)


def connect(xero: SandboxServer, person: Person, name: str = MARLOW) -> Connection:
    """Connect the person's firm to an organisation, as after its consent page."""
    given, now = xero.tokens(name), clock.now()
    grant = Grant(
        access=Secret(given["access_token"]),
        refresh=Secret(given["refresh_token"]),
        lasts_seconds=given["expires_in"],
    )
    with acting(person):
        PackageChoice.objects.get_or_create(
            firm_id=person.firm_id,
            defaults={"package": "xero", "chosen_by": person, "chosen_at": now},
        )
        connection, _ = Connection.objects.update_or_create(
            firm_id=person.firm_id,
            defaults={
                "organisation_id": xero.tenant(name),
                "name": name,
                "currency": "AUD",
                "country": "AU",
                "state": "connected",
                "connected_by": person,
                "connected_at": now,
                "is_sandbox": True,
            },
        )
        tokens.store(connection, grant, at=now)
    return connection
