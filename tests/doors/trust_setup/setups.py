"""How far a firm's set-up has come, for tests of its pages: each step goes through the deed itself."""

from typing import Any

from django.test import Client

import books
from chancery.accounting import choices, trust_accounts
from chancery.accounting.models import AccountUse, ChartAccount
from chancery.accounting.trust_accounts import Opening
from chancery.lib import clock, ids
from chancery.outbox import workers
from chancery.practice.models import Person
from chancery.trust import jurisdiction
from db.trust import accounts
from db.trust.accounts import NAME
from world import Marlow, acting

ADD = "/admin/trust/bank-accounts/add/"
TRUST = "/admin/trust/"


def choose_package(person: Person, package: str = "xero") -> None:
    """Choose the accounting package; Xero comes connected, and a worker is at work."""
    workers.beat(workers.born(host="here", process=1, at=clock.now()), at=clock.now())
    if package == "xero":
        books.connect(person)
        return
    with acting(person):
        choices.choose(package=package, by=person, at=clock.now())


def choose_place(person: Person, code: str = "au_nsw") -> None:
    """Choose the jurisdiction."""
    with acting(person):
        jurisdiction.choose(code=code, by=person, at=clock.now())


def chart_account(person: Person, name: str, type_: str, **other: Any) -> ChartAccount:
    """Add an account to the firm's copy of the chart."""
    known: dict[str, Any] = {
        "code": "",
        "is_active": True,
        "takes_payments": True,
        "currency": "",
        **other,
    }
    with acting(person):
        return ChartAccount.objects.create(
            firm_id=person.firm_id,
            external_id=str(ids.new()),
            name=name,
            type=type_,
            read_at=clock.now(),
            **known,
        )


def trust_account(person: Person) -> AccountUse:
    """Add a trust account that Xero, connected already, is still to make; return its use."""
    choose_place(person)
    details = accounts.details(Marlow(person, person, person))
    with acting(person):
        opening = Opening(details, status="open", gl_account="create")
        trust_accounts.open_bank_account(opening=opening, by=person, at=clock.now())
        return AccountUse.objects.select_related("trust_account").get(use="trust_bank")


def typed(bank_id: object, **other: str) -> dict[str, str]:
    """Return what a person sends from the window, sound for New South Wales."""
    sound = {
        "gl_account": "create",
        "kind": "current",
        "status": "open",
        "bank": str(bank_id),
        "number_bsb": "062-555",
        "number_account": "1042 7731",
        "name": NAME,
        "receipt_prefix": "R-",
        "receipt_first": "1",
        "withdrawal_prefix": "W-",
        "withdrawal_first": "1",
        "transfer_prefix": "T-",
        "transfer_first": "1",
        "statement_title": "",
    }
    return sound | other


def page_of(client: Client, address: str = TRUST) -> str:
    """Return the text of a page that must be there."""
    return text(client.get(address))


def text(answer: Any, status: int = 200) -> str:
    """Return the text of an answer of this status."""
    assert answer.status_code == status, answer.content.decode()[:2000]
    words: str = answer.content.decode()
    return words
