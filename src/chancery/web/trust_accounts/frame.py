"""What every page of one trust account has: the account, its tabs, the day, and a document's imprint."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from chancery.lib import clock, ids
from chancery.reports.imprint import Imprint, Words, paper_of
from chancery.trust import bank_accounts
from chancery.trust.bank_accounts import NoSuchAccount, TrustBankAccount
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import place_facts, places
from chancery.web.shell.words import plural, words_of


@dataclass(frozen=True)
class Tab:
    """One of the account's pages."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class AccountHead:
    """The account as the head of its pages shows it."""

    id: UUID
    name: str
    kind: str
    bank: str
    number: str
    currency: str
    is_open: bool
    tabs: tuple[Tab, ...]
    setup_url: str
    registers: tuple[Tab, ...]


def account_of(account_id: UUID) -> TrustBankAccount:
    """Return the account that the address names, of the reader's firm only; else there is no such page."""
    try:
        return bank_accounts.visible(account_id)
    except NoSuchAccount as refusal:
        raise Http404(str(refusal)) from refusal


def head_of(request: FirmRequest, account: TrustBankAccount) -> AccountHead:
    """Return the head of a page of one account."""
    return AccountHead(
        id=account.id,
        name=account.name,
        kind=account.get_kind_display(),
        bank=account.bank.name if account.bank else "",
        number=account.number_shown,
        currency=account.currency,
        is_open=account.status == "open",
        tabs=_tabs(request, account),
        setup_url=reverse("trust_account", args=[account.id]),
        registers=_registers(request, account),
    )


def today(request: FirmRequest) -> date:
    """Return the legal day it is in the reader's firm."""
    return clock.today(request.person.firm.time_zone)


def imprint(request: FirmRequest) -> Imprint:
    """Return what stands on every page of a document that this reader takes out now."""
    firm = request.person.firm
    return Imprint(
        practice=firm.name,
        run=str(ids.new()),
        made_at=clock.now(),
        made_by=request.person.name,
        paper=paper_of(firm.country),
        language="en",
    )


def document_words(request: FirmRequest) -> Words:
    """Return the firm's words as documents use them."""
    return Words.of(words_of(request))


def called(account: TrustBankAccount) -> str:
    """Return an account as documents name it: its name, its bank, its number."""
    bank = account.bank.name if account.bank else ""
    return ", ".join(part for part in (account.name, bank, account.number_shown) if part)


def pdf(name: str, content: bytes) -> HttpResponse:
    """Answer with a PDF to keep."""
    made = HttpResponse(content, content_type="application/pdf")
    made["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return made


def _registers(request: FirmRequest, account: TrustBankAccount) -> tuple[Tab, ...]:
    """Return the registers, each narrowed to the account."""
    words = words_of(request)
    is_umbrella = account.kind == "controlled"
    shown = [
        place
        for place in places.built(places.REGISTERS, place_facts.known())
        if place.is_of_account and (is_umbrella or place.argument != "own-accounts")
    ]
    return tuple(
        Tab(place.called(words), f"{place.url}?account={account.id}", is_current=False)
        for place in shown
    )


def _tabs(request: FirmRequest, account: TrustBankAccount) -> tuple[Tab, ...]:
    ledgers = plural(words_of(request)["ledger"])
    cash_book = reverse("trust_account_cash_book", args=[account.id])
    is_payments = request.GET.get("book") == "payments"
    is_book = request.path == cash_book
    plain = (
        (f"{ledgers[:1].upper()}{ledgers[1:]}", "trust_account_ledgers"),
        ("Bank account", "trust_account_statement"),
        ("Trial balance", "trust_account_trial_balance"),
        ("Locked days", "trust_account_locks"),
    )
    ledger_tab, bank_tab, balance_tab, locks_tab = (
        Tab(label, url, request.path == url)
        for label, url in ((label, reverse(name, args=[account.id])) for label, name in plain)
    )
    books = (
        Tab("Receipts cash book", f"{cash_book}?book=receipts", is_book and not is_payments),
        Tab("Payments cash book", f"{cash_book}?book=payments", is_book and is_payments),
    )
    return (ledger_tab, bank_tab, *books, balance_tab, locks_tab)
