"""Firms: found one with its first person, change its name, place and money."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from django.db import IntegrityError, transaction

from chancery.lib import ids
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import accounts, constraints, contacts, history, versions
from chancery.practice.models import Contact, ContactRole, MatterType, Person
from chancery.practice.models import Firm as Firm
from chancery.practice.models.contact import ContactKind, RoleOfContact
from chancery.practice.models.firm import Role
from chancery.practice.permissions import Act, require
from chancery.tenancy.scope import firm_scope

KIND = "firm"
MATTER_TYPES = (
    "Commercial",
    "Conveyance",
    "Family law",
    "General",
    "Litigation",
    "Probate and estates",
)
_CURRENCY_IS_FIXED = (
    "firm_currency_is_fixed"  # refused by a trigger of the area that keeps the money
)
_NAME_AT_MOST = 150
_LETTERS_OF_A_COUNTRY = 2
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # unions and test codes


@dataclass(eq=False)
class CurrencyIsFixed(Refusal):
    """Client money is kept in the firm's currency already."""

    code = "practice.currency_is_fixed"

    currency: str

    def __str__(self) -> str:
        return (
            f"The firm keeps its trust bank accounts in {self.currency}, so its currency stays. "
            "A bank account in another currency has its own."
        )


@dataclass(frozen=True)
class FirmDetails:
    """A firm as entered: ISO codes for currency and country, an IANA time zone."""

    name: str
    currency: str
    country: str
    time_zone: str

    @classmethod
    def of(cls, firm: Firm) -> "FirmDetails":
        """Return a firm as it stands."""
        return cls(firm.name, firm.currency, firm.country, firm.time_zone)

    def facts(self) -> dict[str, object]:
        """Return each fact under its name on the screen, for the history."""
        return {
            "Name": self.name,
            "Currency": self.currency,
            "Country": country_name(self.country),
            "Time zone": self.time_zone,
        }

    def problems(self) -> list[Problem]:
        """Return everything that keeps these details from being kept."""
        right = {
            "name": (
                0 < len(self.name) <= _NAME_AT_MOST,
                "Enter the firm's name, at most 150 characters.",
            ),
            "currency": (self.currency in currencies(), "Choose the firm's currency."),
            "country": (self.country in countries(), "Choose the firm's country."),
            "time_zone": (self.time_zone in available_timezones(), "Choose the firm's time zone."),
        }
        return [Problem(field, words) for field, (is_right, words) in right.items() if not is_right]


@dataclass(frozen=True)
class Administrator:
    """The first person of a firm, who asks the others in."""

    name: str
    email: str
    password: str
    must_choose_password: bool = False


def found(*, details: FirmDetails, administrator: Administrator, at: datetime) -> Person:
    """Found a firm with its first person, the contact that stands for its bank, and its matter types.

    An account that exists already is joined with its own password. Refuses: DetailsNotRight.
    """
    details = FirmDetails(tidy(details.name), details.currency, details.country, details.time_zone)
    name = tidy(administrator.name)
    refuse_any([*details.problems(), *accounts.problems(name, administrator.email)])
    firm_id = ids.new()
    with firm_scope(firm_id):
        firm = Firm.objects.create(id=firm_id, created_at=at, **vars(details))
        user, _ = accounts.find_or_make(
            administrator.email,
            administrator.password,
            must_choose_password=administrator.must_choose_password,
        )
        person = Person.objects.create(
            firm=firm, user=user, name=name, roles=[Role.ADMINISTRATOR], joined_at=at
        )
        history.record(of=(KIND, firm.id), firm_id=firm.id, act="Founded", by=person, at=at)
        history.record(
            of=("person", person.id), firm_id=firm.id, act="Founded the firm", by=person, at=at
        )
        MatterType.objects.bulk_create(
            [MatterType(firm=firm, name=type_) for type_ in MATTER_TYPES]
        )
        _make_own_bank(firm, at)
    return person


def change(*, firm: Firm, details: FirmDetails, version: int, by: Person, at: datetime) -> Firm:
    """Change a firm that was opened for editing at ``version``.

    Refuses: NotAllowed, DetailsNotRight, ChangedMeanwhile, CurrencyIsFixed.
    """
    require(by, Act.MANAGE_FIRM)
    details = FirmDetails(tidy(details.name), details.currency, details.country, details.time_zone)
    refuse_any(details.problems())
    with transaction.atomic():
        kept = lock(firm.id)
        versions.require(kept, KIND, seen=version)
        before = FirmDetails.of(kept)
        if before == details:
            return kept
        _overwrite(kept, details)
        changes = history.differences(before.facts(), details.facts())
        history.record(
            of=(KIND, kept.id), firm_id=kept.id, act="Changed", by=by, at=at, changes=changes
        )
    return kept


def read(firm_id: UUID) -> Firm:
    """Return the firm that this transaction acts for, as it stands."""
    return Firm.objects.get(pk=firm_id)


def lock(firm_id: UUID) -> Firm:
    """Hold the firm's row until the transaction ends: one at a time numbers matters and sets roles."""
    return Firm.objects.select_for_update(no_key=True).get(pk=firm_id)


def countries() -> dict[str, str]:
    """Return every country by its two-letter code, in English, by name."""
    places = Locale("en").territories
    real = (
        (code, name)
        for code, name in places.items()
        if len(code) == _LETTERS_OF_A_COUNTRY and code.isalpha() and code not in _NO_COUNTRIES
    )
    return dict(sorted(real, key=lambda place: place[1]))


def currencies() -> dict[str, str]:
    """Return every currency that is money somewhere today by its ISO code, in English, by code."""
    names = Locale("en").currencies
    today = {
        code
        for uses in get_global("territory_currencies").values()
        for code, _, until, is_tender in uses
        if until is None and is_tender and code in names
    }
    return {code: names[code] for code in sorted(today)}


def country_name(code: str) -> str:
    """Return a country's English name."""
    return countries().get(code, code)


def _make_own_bank(firm: Firm, at: datetime) -> None:
    bank = Contact.objects.create(
        firm=firm,
        kind=ContactKind.COMPANY,
        name=contacts.PLACEHOLDER_BANK_NAME,
        stands_for_own_bank=True,
        created_at=at,
    )
    ContactRole.objects.create(firm=firm, contact=bank, role=RoleOfContact.BANK)
    history.record(
        of=(contacts.KIND, bank.id),
        firm_id=firm.id,
        act="Made with the firm, as a place for your bank",
        by=None,
        at=at,
    )


def _overwrite(firm: Firm, details: FirmDetails) -> None:
    was = firm.currency
    for column, value in vars(details).items():
        setattr(firm, column, value)
    firm.version += 1
    try:
        with transaction.atomic():
            firm.save(update_fields=[*vars(details), "version"])
    except IntegrityError as error:
        if constraints.broken_by(error) == _CURRENCY_IS_FIXED:
            raise CurrencyIsFixed(was) from error
        raise
