"""What every page of the wizard has: the account, its steps, the proof, and who may do it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from chancery.lib import clock
from chancery.lib.money import Money
from chancery.practice import permissions
from chancery.practice.permissions import Act
from chancery.trust import bank_accounts, opening_drafts
from chancery.trust.bank_accounts import NoSuchAccount, TrustBankAccount
from chancery.trust.opening_drafts import Opening
from chancery.trust.rules.past_rows import Found
from chancery.web.firm_of_request import FirmRequest
from chancery.web.openings import proof_view
from chancery.web.shell import timeline
from chancery.web.shell.words import plural, words_of

FINDINGS_SHOWN = 500


@dataclass(frozen=True)
class Step:
    """One step of the wizard. ``state`` is done, now or next."""

    title: str
    text: str
    url: str
    state: str


@dataclass(frozen=True)
class FindingRow:
    """One thing that is wrong with a row of a file."""

    number: int
    code: str
    words: str


def account_of(account_id: UUID) -> TrustBankAccount:
    """Return the account that the address names, of the reader's firm only; else there is no such page."""
    try:
        return bank_accounts.visible(account_id)
    except NoSuchAccount as refusal:
        raise Http404(str(refusal)) from refusal


def context_of(request: FirmRequest, account: TrustBankAccount, url_name: str) -> dict[str, Any]:
    """Return what every page of the wizard shows."""
    opening = opening_drafts.standing(account)
    return reader_of(request, account) | {
        "opening": opening,
        "is_draft": bool(opening and opening.state == "draft"),
        "steps": _steps(request, account, opening, url_name),
        "proof": proof_view.of_opening(opening, account.currency),
        "history": timeline.of(opening_drafts.KIND, account.id),
    }


def reader_of(request: FirmRequest, account: TrustBankAccount) -> dict[str, Any]:
    """Return the account, and whether the reader may keep its books."""
    may = permissions.allows(request.person, Act.KEEP_MONEY_BOOKS)
    return {
        "account": account,
        "may_keep": may,
        "read_only": "" if may else str(permissions.NotAllowed(Act.KEEP_MONEY_BOOKS)),
    }


def findings(found: tuple[Found, ...]) -> dict[str, Any]:
    """Return what was wrong with a file, as the page lists it."""
    rows = [FindingRow(each.number, each.finding.code, each.finding.words) for each in found]
    return {
        "findings": rows[:FINDINGS_SHOWN],
        "finding_count": len(rows),
        "finding_rows": len({row.number for row in rows}),
    }


def money(account: TrustBankAccount, minor: int) -> str:
    """Return an amount of the account's currency as a figure."""
    return str(Money(minor, account.currency))


def today(request: FirmRequest) -> date:
    """Return the legal day it is in the reader's firm."""
    return clock.today(request.person.firm.time_zone)


def _steps(
    request: FirmRequest, account: TrustBankAccount, opening: Opening | None, url_name: str
) -> tuple[Step, ...]:
    words = words_of(request)
    ledgers, cheques = plural(words["ledger"]), plural(words["cheque"])
    has_ledgers = bool(opening and opening.ledgers.exists())
    done = {
        "opening": opening is not None,
        "opening_ledgers": has_ledgers,
        "opening_items": bool(opening and opening.items.exists()),
        "opening_proof": bool(opening and opening.state == "finished"),
    }
    told = {
        "opening": ("Day and statement", f"What the {words['bank']} held"),
        "opening_ledgers": (ledgers.capitalize(), f"What each {words['work_unit']} held"),
        "opening_items": (
            "Outstanding items",
            f"{cheques.capitalize()} out, deposits on their way",
        ),
        "opening_proof": ("Proof", "Both sides the same to the cent"),
    }
    return tuple(
        Step(
            title=title,
            text=text,
            url=reverse(name, args=[account.id]) if opening or name == "opening" else "",
            state="now" if name == url_name else "done" if done[name] else "next",
        )
        for name, (title, text) in told.items()
    )
