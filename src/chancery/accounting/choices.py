"""The firm's choice of accounting package: made once, taken back only while nothing was sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from django.db import Error, transaction

from chancery.accounting import chart, connections
from chancery.accounting.models import Connection, Consent, SentDocument
from chancery.accounting.models import PackageChoice as PackageChoice
from chancery.lib import ids
from chancery.lib.refusals import Refusal
from chancery.office import bank_accounts
from chancery.practice import history, permissions
from chancery.practice.people import Person

KIND = "accounting choice"
IS_FINAL = "CH010"
Package = Literal["xero", "standalone"]
LABELS: dict[str, str] = {"xero": "Xero", "standalone": "Billing and trust accounting only"}


@dataclass(eq=False)
class NoSuchPackage(Refusal):
    """This version knows no such package."""

    code = "accounting.no_such_package"

    package: str

    def __str__(self) -> str:
        return "This accounting system is not available yet. Choose one of the others."


@dataclass(eq=False)
class OtherPackageIsChosen(Refusal):
    """The firm has chosen another package."""

    code = "accounting.other_package_is_chosen"

    chosen: str

    def __str__(self) -> str:
        return f"The firm has chosen {self.chosen}. Back out of that first, then choose again."


@dataclass(eq=False)
class NothingIsChosen(Refusal):
    """There is no choice to take back."""

    code = "accounting.nothing_is_chosen"

    def __str__(self) -> str:
        return "No accounting system is chosen. Choose one on Admin > Accounting."


@dataclass(eq=False)
class PackageChoiceIsFinal(Refusal):
    """Chancery has made something in the package, so the firm stays with it."""

    code = "accounting.choice_is_final"

    package: str

    def __str__(self) -> str:
        return (
            f"Chancery has made something in {self.package}, so the choice stays: leaving it behind "
            "would part the two sets of books. Disconnect, if Chancery is to stop working there."
        )


def of_firm() -> PackageChoice | None:
    """Return this firm's choice, or None."""
    return PackageChoice.objects.select_related("chosen_by").first()


def is_final() -> bool:
    """Return whether something was made in the package, so that the choice stays."""
    return SentDocument.objects.exists()


def hold() -> None:
    """Lock the firm's choice, the first of all: then connection, tokens, uses of accounts, messages."""
    list(PackageChoice.objects.select_for_update().values_list("id"))


def choose(*, package: str, by: Person, at: datetime) -> PackageChoice:
    """Choose the package; choosing the chosen one again changes nothing.

    Refuses: NotAllowed, NoSuchPackage, OtherPackageIsChosen.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    if package not in get_args(Package):
        raise NoSuchPackage(package)
    fresh = PackageChoice(
        id=ids.new(), firm_id=by.firm_id, package=package, chosen_by=by, chosen_at=at
    )
    PackageChoice.objects.bulk_create([fresh], ignore_conflicts=True)
    choice = PackageChoice.objects.select_for_update().get()
    if choice.package != package:
        raise OtherPackageIsChosen(LABELS[choice.package])
    if choice.id == fresh.id:
        _record(by, at, f"Chose {LABELS[package]}", ("", LABELS[package]))
    return choice


def back_out(*, by: Person, at: datetime) -> None:
    """Take the choice back with all that hangs on it: chart, uses of accounts, what waits to be sent.

    The caller gives the tokens back. Refuses: NotAllowed, NothingIsChosen, PackageChoiceIsFinal,
    SomethingIsOnItsWay, OfficeAccountIsInUse.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    choice = PackageChoice.objects.select_for_update().first()
    if choice is None:
        raise NothingIsChosen
    label = LABELS[choice.package]
    if is_final():
        raise PackageChoiceIsFinal(label)
    connections.hold()
    chart.forget(by=by, at=at)
    for account in bank_accounts.of_firm():
        bank_accounts.give_up(account_id=account.id, by=by, at=at)
    _remove(choice, label)
    _record(by, at, f"Backed out of {label}", (label, ""))


def _remove(choice: PackageChoice, label: str) -> None:
    """Delete the rows; the database has the last word on whether they may go."""
    try:
        with transaction.atomic():
            Consent.objects.all().delete()
            Connection.objects.all().delete()
            choice.delete()
    except Error as error:
        if getattr(error.__cause__, "sqlstate", None) == IS_FINAL:
            raise PackageChoiceIsFinal(label) from error
        raise


def _record(by: Person, at: datetime, act: str, change: tuple[str, str]) -> None:
    history.record(
        of=(KIND, by.firm_id),
        firm_id=by.firm_id,
        act=act,
        by=by,
        at=at,
        changes={"Accounting system": change},
    )
