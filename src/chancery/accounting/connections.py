"""The firm's leave to act in one organisation of its package: given, given back, lost, given again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from chancery.accounting import chart
from chancery.accounting.models import Connection as Connection
from chancery.accounting.models import PackageChoice, SentDocument, TokenPair
from chancery.accounting.models.connection import ConnectionState as ConnectionState
from chancery.accounting.port import Organisation
from chancery.lib import ids
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person

KIND = "connection"
_ONE_FIRM = "organisation_serves_one_firm"


@dataclass(eq=False)
class XeroIsNotChosen(Refusal):
    """The firm has not chosen Xero, so there is nothing to connect."""

    code = "accounting.xero_is_not_chosen"

    def __str__(self) -> str:
        return "Xero is not chosen as the accounting system. Choose it on Admin > Accounting first."


@dataclass(eq=False)
class OtherCurrency(Refusal):
    """The organisation keeps its books in another currency than the firm."""

    code = "accounting.other_currency"

    organisation: str
    its_currency: str
    firm: str
    firm_currency: str

    def __str__(self) -> str:
        return (
            f"{self.organisation} keeps its books in {self.its_currency}, and {self.firm} works in "
            f"{self.firm_currency}. Connect an organisation that keeps its books in "
            f"{self.firm_currency}, or set the firm's currency right on Admin > Firm."
        )


@dataclass(eq=False)
class OrganisationServesAnotherFirm(Refusal):
    """Another firm of this installation is connected to the organisation."""

    code = "accounting.organisation_serves_another_firm"

    organisation: str

    def __str__(self) -> str:
        return (
            f"{self.organisation} already serves another firm on this server. "
            "Connect this firm's own organisation; two firms never share one."
        )


@dataclass(eq=False)
class OtherOrganisation(Refusal):
    """The firm's documents are in another organisation than the one that was allowed now."""

    code = "accounting.other_organisation"

    ours: str
    allowed: str

    def __str__(self) -> str:
        return (
            f"What Chancery made is in {self.ours}, and Xero allowed {self.allowed}. "
            f"Reconnect and choose {self.ours}."
        )


@dataclass(eq=False)
class NotConnected(Refusal):
    """There is no connection to give back."""

    code = "accounting.not_connected"

    def __str__(self) -> str:
        return "The firm is not connected to Xero. There is nothing to disconnect."


@dataclass(frozen=True)
class Allowed:
    """An organisation that a person allowed us to act in, as read from the package just now."""

    organisation: Organisation
    connection_id: str
    is_sandbox: bool


def of_firm() -> Connection | None:
    """Return this firm's connection, with who made it, or None."""
    return Connection.objects.select_related("connected_by").first()


def lane(organisation_id: str) -> str:
    """Return the name of the road to this organisation."""
    return f"xero:{organisation_id}"


def hold() -> None:
    """Lock the firm's connection: it is locked before its tokens, and before what waits to be sent."""
    list(Connection.objects.select_for_update().values_list("id"))


def is_live() -> bool:
    """Return whether the firm is connected now."""
    return Connection.objects.filter(state=ConnectionState.CONNECTED).exists()


def connect(*, allowed: Allowed, by: Person, at: datetime) -> Connection:
    """Connect the firm to this organisation, or connect it again to the one it had.

    Refuses: NotAllowed, XeroIsNotChosen, OtherCurrency, OrganisationServesAnotherFirm,
    OtherOrganisation, SomethingIsOnItsWay, OfficeAccountIsInUse.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    if not PackageChoice.objects.select_for_update().filter(package="xero").exists():
        raise XeroIsNotChosen
    organisation = allowed.organisation
    if organisation.currency != by.firm.currency:
        raise OtherCurrency(
            organisation.name, organisation.currency, by.firm.name, by.firm.currency
        )
    connection = Connection.objects.select_for_update().first()
    if connection and connection.organisation_id != organisation.id:
        if SentDocument.objects.exists():
            raise OtherOrganisation(connection.name, organisation.name)
        chart.forget(by=by, at=at)
    act = "Connected again" if connection else "Connected"
    connection = connection or Connection(id=ids.new(), firm_id=by.firm_id)
    _take(connection, allowed, by, at)
    _record(connection, f"{act} to {organisation.name}", by, at)
    return connection


def disconnect(*, by: Person, at: datetime) -> Connection:
    """End the connection here; the choice of package stays. The caller gives the tokens back.

    Refuses: NotAllowed, NotConnected.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    connection = Connection.objects.select_for_update().first()
    if connection is None or connection.state == ConnectionState.DISCONNECTED:
        raise NotConnected
    _end(connection, ConnectionState.DISCONNECTED, "")
    _record(connection, f"Disconnected from {connection.name}", by, at)
    return connection


def mark_lost(connection: Connection, *, because: str, at: datetime) -> None:
    """Write that the package no longer answers to us; its tokens are of no more use."""
    held = Connection.objects.select_for_update().filter(
        pk=connection.pk, state=ConnectionState.CONNECTED
    )
    if (found := held.first()) is None:
        return
    _end(found, ConnectionState.LOST, because)
    _record(found, f"Lost the connection to {found.name}", None, at, {"Why": ("", because)})


def _take(connection: Connection, allowed: Allowed, by: Person, at: datetime) -> None:
    organisation = allowed.organisation
    connection.organisation_id = organisation.id
    connection.connection_id = allowed.connection_id
    connection.is_sandbox = allowed.is_sandbox
    connection.state = ConnectionState.CONNECTED
    connection.lost_because = ""
    connection.connected_by = by
    connection.connected_at = at
    connection.currency = organisation.currency
    describe(connection, organisation)
    try:
        with transaction.atomic():
            connection.save()
    except IntegrityError as error:
        if _ONE_FIRM in str(error):
            raise OrganisationServesAnotherFirm(organisation.name) from error
        raise


def describe(connection: Connection, organisation: Organisation) -> None:
    """Take over what the organisation says of itself; the caller saves it."""
    connection.name = organisation.name
    connection.country = organisation.country
    connection.time_zone = organisation.time_zone
    connection.period_lock_on = organisation.period_lock_on
    connection.year_lock_on = organisation.year_lock_on


def _end(connection: Connection, state: ConnectionState, because: str) -> None:
    TokenPair.objects.filter(connection=connection).delete()
    connection.state = state
    connection.lost_because = because
    connection.save(update_fields=["state", "lost_because"])


def _record(
    connection: Connection,
    act: str,
    by: Person | None,
    at: datetime,
    changes: history.Changes | None = None,
) -> None:
    history.record(
        of=(KIND, connection.id),
        firm_id=connection.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )
