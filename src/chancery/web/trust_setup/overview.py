"""What the page of Admin > Trust accounting shows, gathered for its templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from chancery.accounting import choices, trust_accounts
from chancery.lib import clock
from chancery.practice import permissions
from chancery.practice.firms import Firm
from chancery.practice.permissions import Act
from chancery.trust import jurisdiction, queries
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.rules.packs import Pack
from chancery.web.firm_of_request import FirmRequest
from chancery.web.trust_setup import account_help, facts, in_package
from chancery.web.trust_setup.facts import Fact
from chancery.web.trust_setup.forms import JurisdictionForm, SystemAccountsForm
from chancery.web.trust_setup.in_package import Kept
from chancery.web.trust_setup.system_view import SystemView, system_view

TEMPLATE = "trust_setup/overview.html"


@dataclass(frozen=True)
class PlaceView:
    """A jurisdiction as the card shows it."""

    code: str
    label: str
    facts: tuple[Fact, ...]
    accounts: tuple[Fact, ...]
    is_thin: bool
    thin: str
    regulator: str
    url: str


@dataclass(frozen=True)
class AccountView:
    """A trust bank account as a row shows it."""

    id: UUID
    name: str
    kind: str
    kind_word: str
    bank: str
    number: str
    is_open: bool
    warning: str
    url: str
    kept: Kept


@dataclass(frozen=True)
class Setup:
    """The whole page. ``accounts`` and ``system`` are None while it is too early for them."""

    package: str
    package_name: str
    choose_url: str
    read_only: str
    place: PlaceView | None
    system: SystemView | None
    accounts: Sequence[AccountView] | None

    @property
    def has_package_accounts(self) -> bool:
        """Tell whether the firm's accounts stand in a package too."""
        return self.package not in ("", "standalone")

    @property
    def act(self) -> str:
        """Return what the reader may do with an account."""
        return "Open" if self.read_only else "Edit"

    @property
    def next_step(self) -> str:
        """Return the one thing to do next, which has the page's primary button."""
        if self.place is None:
            return "jurisdiction"
        return "system" if self.system and self.system.asks_first else ""


def context_of(
    request: FirmRequest,
    *,
    jurisdiction_form: JurisdictionForm | None = None,
    system_form: SystemAccountsForm | None = None,
) -> dict[str, Any]:
    """Return the page's context; a form that was refused is shown as it was typed."""
    person = request.person
    choice = choices.of_firm()
    place = jurisdiction.of_firm()
    has_package = bool(choice and choice.package != "standalone")
    setup = Setup(
        package=choice.package if choice else "",
        package_name=choices.LABELS[choice.package] if choice else "",
        choose_url=reverse("admin_accounting"),
        read_only=_read_only(request),
        place=place_view(place) if place else None,
        system=system_view(place, system_form) if place and has_package else None,
        accounts=account_views(queries.bank_accounts(), place, person.firm) if place else None,
    )
    form = jurisdiction_form or JurisdictionForm(country=person.firm.country, chosen=place)
    return {"setup": setup, "jurisdiction_form": form}


def place_view(place: Pack) -> PlaceView:
    """Return a jurisdiction as the card shows it."""
    counts = place.confidence_counts()
    total = sum(counts.values())
    sure = counts["high"] + counts["medium"]
    return PlaceView(
        code=place.code,
        label=place.label,
        facts=facts.of_place(place),
        accounts=tuple(facts.accounts(place)),
        is_thin=place.is_thin,
        thin=place.note or f"{sure} of {total} values for {place.name} are of some confidence.",
        regulator=place.regulator,
        url=f"{reverse('admin_trust_jurisdiction')}?place={place.code}",
    )


def account_views(
    accounts: Sequence[TrustBankAccount], place: Pack, firm: Firm
) -> tuple[AccountView, ...]:
    """Return rows for the accounts, each with where it stands in the package."""
    listed = trust_accounts.uses_of(accounts)
    kept = in_package.of_uses(listed, at=clock.now())
    by_account = {use.trust_account_id: kept[use.id] for use in listed}
    return tuple(
        _account_view(account, place, firm, by_account.get(account.id, in_package.NOWHERE))
        for account in accounts
    )


def _account_view(account: TrustBankAccount, place: Pack, firm: Firm, kept: Kept) -> AccountView:
    kind = place.account_kind(account.kind)
    return AccountView(
        id=account.id,
        name=account.name,
        kind=account.get_kind_display(),
        kind_word=kind.word if kind else "",
        bank=account.bank.name if account.bank else "",
        number=account.number_shown,
        is_open=account.status == "open",
        warning=account_help.lack_of(account, place, firm),
        url=reverse("trust_account", args=[account.id]),
        kept=kept,
    )


def _read_only(request: FirmRequest) -> str:
    """Return why this reader only reads, or nothing."""
    if permissions.allows(request.person, Act.MANAGE_TRUST_SETUP):
        return ""
    return str(permissions.NotAllowed(Act.MANAGE_TRUST_SETUP))
