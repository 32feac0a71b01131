"""By which place's rules the firm keeps client money: chosen before any trust account is opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Q

from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.firms import Firm
from chancery.practice.people import Person
from chancery.trust.models import JurisdictionChoice, TrustBankAccount
from chancery.trust.rules import account_names, packs
from chancery.trust.rules.packs import Pack

KIND = "jurisdiction"


@dataclass(eq=False)
class JurisdictionNotChosen(Refusal):
    """Nothing of trust accounting can be set up before the place is known."""

    code: ClassVar[str] = "trust.jurisdiction_not_chosen"

    def __str__(self) -> str:
        return "This firm has chosen no jurisdiction yet. Choose it first: it says which accounts there are."


@dataclass(eq=False)
class CurrencyDiffers(Refusal):
    """The place's money is not the firm's."""

    code: ClassVar[str] = "trust.jurisdiction_currency_differs"

    place: str
    of_place: str
    of_firm: str

    def __str__(self) -> str:
        return (
            f"{self.place} keeps its books in {self.of_place} and this firm in {self.of_firm}."
            " Choose a jurisdiction of the firm's currency, or keep that place's money in a firm"
            " of its own."
        )


@dataclass(eq=False)
class AccountsDoNotFit(Refusal):
    """The firm has trust accounts of a kind that the new place does not know."""

    code: ClassVar[str] = "trust.accounts_do_not_fit_jurisdiction"

    place: str
    accounts: tuple[tuple[str, str], ...]
    """The name and the kind of each account that does not fit."""

    def __str__(self) -> str:
        told = ", ".join(f"“{name}” ({kind.capitalize()})" for name, kind in self.accounts)
        return (
            f"{self.place} knows no account like {told}. Close or change what does not fit first."
        )


def of_firm() -> Pack | None:
    """Return the pack of the jurisdiction that this firm has chosen, if it has."""
    choice = choice_of_firm()
    return packs.load(choice.code) if choice else None


def trust_words_in(names: Iterable[str]) -> dict[str, str]:
    """Return, for each name that speaks of clients' money in the firm's place, the words that do."""
    place = of_firm()
    rules = place.account_name_rules.values() if place else ()
    wordings = [rule.value for rule in rules]
    found = {name: account_names.trust_words_in(name, wordings) for name in names}
    return {name: words for name, words in found.items() if words}


def choice_of_firm() -> JurisdictionChoice | None:
    """Return which jurisdiction was chosen, by whom and when."""
    return JurisdictionChoice.objects.select_related("chosen_by").first()


def choose(*, code: str, by: Person, at: datetime) -> Pack:
    """Keep client money by this place's rules from now on; choosing the same again changes nothing.

    Refuses: NotAllowed, UnknownJurisdiction, JurisdictionIsAParent, CurrencyDiffers, AccountsDoNotFit.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    place = packs.choose(code)
    firm = lock_firm(by.firm_id)
    if place.currency != firm.currency:
        raise CurrencyDiffers(place.label, place.currency, firm.currency)
    _require_fit(place)
    before = choice_of_firm()
    if before and (before.code, before.pack_version) == (place.code, place.version):
        return place
    JurisdictionChoice.objects.update_or_create(
        firm_id=firm.id,
        defaults={
            "code": place.code,
            "pack_version": place.version,
            "chosen_by": by,
            "chosen_at": at,
        },
    )
    changes = history.differences(_words(before), _told(place.label, place.version))
    history.record(
        of=(KIND, firm.id),
        firm_id=firm.id,
        act="Chose the jurisdiction",
        by=by,
        at=at,
        changes=changes,
    )
    return place


def lock_firm(firm_id: UUID) -> Firm:
    """Hold the firm's row until commit, so that its set-up is changed by one person at a time."""
    return Firm.objects.select_for_update(no_key=True).get(pk=firm_id)


def _require_fit(place: Pack) -> None:
    """Let the choice go on only if every open account is of a kind that the place knows."""
    known = {kind.kind for kind in place.account_kinds}
    fitting = Q(kind__in=known, currency=place.currency)
    strangers = TrustBankAccount.objects.filter(~fitting, status="open")
    if accounts := tuple(strangers.order_by("name", "id").values_list("name", "kind")):
        raise AccountsDoNotFit(place.label, accounts)


def _words(choice: JurisdictionChoice | None) -> dict[str, object]:
    if choice is None:
        return _told("", "")
    return _told(packs.load(choice.code).label, choice.pack_version)


def _told(label: str, version: str) -> dict[str, object]:
    return {"Jurisdiction": label, "Pack": version}
