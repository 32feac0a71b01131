"""The hints of the window: local words for the kinds, the bank's contact, and the name's wording."""

from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse

from chancery.accounting.account_rules import PACKAGE
from chancery.practice.firms import Firm
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.rules.account_names import NameFinding
from chancery.trust.rules.packs import Pack
from chancery.web.trust_setup.account_form import BankAccountForm, Offers, is_unnamed
from chancery.web.trust_setup.in_package import Kept


@dataclass(frozen=True)
class WordingView:
    """What the place asks of the name, and whether this one has it."""

    sentence: str
    warns: bool
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class Help:
    """Every hint of the window; an empty one is not shown."""

    kinds: str
    controlled: str
    bank: str
    bank_url: str
    bank_act: str
    wording: WordingView | None
    rename: str


def of_form(form: BankAccountForm, offers: Offers, firm: Firm, *, kept: Kept | None = None) -> Help:
    """Return the hints for what the form shows now; ``kept`` is where an existing account stands."""
    place = offers.place
    text, url, act = _bank(offers)
    has_controlled = place.account_kind("controlled") is not None
    exists = kept is not None and kept.is_there
    return Help(
        kinds=". ".join(f"{kind.name}: {kind.word}" for kind in place.account_kinds) + ".",
        controlled=_controlled(place) if has_controlled else "",
        bank=text,
        bank_url=url,
        bank_act=act,
        wording=wording_of(place, form.value("kind"), form.value("name"), firm),
        rename=f"{PACKAGE} keeps its own name until it is changed there." if exists else "",
    )


def wording_of(place: Pack, kind: str, name: str, firm: Firm) -> WordingView | None:
    """Return what the place asks of this name; without a name, only what it asks."""
    known = next((each.kind for each in place.account_kinds if each.kind == kind), None)
    if known is None:
        known = place.account_kinds[0].kind
    found = place.check_account_name(known, name, firm.name)
    source = found.sources[0] if found.sources else None
    url, title = (source.url, source.title) if source else ("", "")
    if not name.strip():
        return WordingView(found.request or found.sentence, warns=False, url=url, title=title)
    return WordingView(found.sentence, found.warns, url, title)


class Worded(Protocol):
    """What has a name, and what the place says of it."""

    @property
    def wording(self) -> NameFinding:
        """Return what the place says of the name."""


def told(saved: str, outcome: Worded) -> str:
    """Return what the page says after saving, with the warning of the name if there is one."""
    lack = lack_in(outcome.wording)
    return f"{saved}. {lack}" if lack else saved


def lack_of(account: TrustBankAccount, place: Pack, firm: Firm) -> str:
    """Return in a few words what an account's name lacks, or nothing."""
    kind = place.account_kind(account.kind)
    return lack_in(place.check_account_name(kind.kind, account.name, firm.name)) if kind else ""


def lack_in(wording: NameFinding) -> str:
    """Return in a few words what a name lacks of what the place asks of it, or nothing."""
    if not wording.warns:
        return ""
    authority = f" ({wording.authority})" if wording.authority else ""
    return f"The name lacks {' and '.join(wording.missing)} asked for{authority}"


def _bank(offers: Offers) -> tuple[str, str, str]:
    """Return what to do when no bank can be chosen yet, or the one there is has no name."""
    if not offers.banks:
        return "No contact has the type Bank yet.", reverse("contact_add"), "Add the bank"
    unnamed = next((bank for bank in offers.banks if is_unnamed(bank)), None)
    if unnamed:
        text = f"“{unnamed.name}” stands for your own bank and has no name yet."
        return text, reverse("contact_edit", args=[unnamed.id]), "Name it"
    return "", "", ""


def _controlled(place: Pack) -> str:
    kind = place.account_kind("controlled")
    word = kind.word if kind else ""
    return f"{word}: these may be left empty where each {place.terms.work_unit} has its own."
