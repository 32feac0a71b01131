"""Refresh…: read the organisation, its accounts, tax rates and lock dates, and take them over at once."""

from dataclasses import asdict, dataclass
from datetime import datetime

from chancery.accounting import chart, connections, port
from chancery.accounting.edge import Edge
from chancery.accounting.models import Connection
from chancery.accounting.models.connection import ConnectionState
from chancery.lib.refusals import Refusal
from chancery.outbox import claims, messages
from chancery.outbox.attempts import Step
from chancery.outbox.claims import Claim
from chancery.outbox.messages import Message, MessageState
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.tenancy.scope import firm_scope

TOPIC = chart.READING
_UNDER_WAY = (MessageState.QUEUED, MessageState.IN_FLIGHT)


@dataclass(eq=False)
class NothingToRefresh(Refusal):
    """The firm is not connected, so there is nobody to ask."""

    code = "accounting.nothing_to_refresh"

    def __str__(self) -> str:
        return "The firm is not connected to Xero. Connect or reconnect, then refresh."


@dataclass(frozen=True)
class Everything:
    """All that one refresh reads."""

    organisation: port.Organisation
    accounts: tuple[port.Account, ...]
    tax_rates: tuple[port.TaxRate, ...]


@dataclass(frozen=True)
class Progress:
    """Where the latest refresh stands: under way, stopped for a reason, or neither."""

    is_running: bool
    trouble: str = ""
    stopped_because: str = ""
    asked_at: datetime | None = None


def request(*, by: Person, at: datetime) -> Message:
    """Ask for a refresh; while one is under way it is that one.

    Refuses: NotAllowed, NothingToRefresh.
    """
    permissions.require(by, permissions.Act.REFRESH_ACCOUNTING)
    connection = Connection.objects.select_for_update().first()
    if connection is None or connection.state != ConnectionState.CONNECTED:
        raise NothingToRefresh
    latest = _latest(connection)
    if latest and latest.state in _UNDER_WAY:
        return latest
    if latest and latest.state == MessageState.NEEDS_PERSON:
        messages.withdraw(latest, by=by.id, at=at)
    draft = messages.Draft(
        topic=TOPIC,
        subject_id=connection.id,
        key=f"{TOPIC}:{connection.id}:{at.isoformat()}",
        lane=connections.lane(connection.organisation_id),
    )
    return messages.enqueue(draft, firm_id=connection.firm_id, at=at)


def progress(connection: Connection) -> Progress:
    """Return where the latest refresh of this connection stands."""
    latest = _latest(connection)
    if latest is None:
        return Progress(is_running=False)
    is_running = latest.state in _UNDER_WAY
    is_stopped = latest.state == MessageState.NEEDS_PERSON
    return Progress(
        is_running=is_running,
        trouble=latest.trouble if is_running else "",
        stopped_because=latest.trouble if is_stopped else "",
        asked_at=latest.asked_at,
    )


def deliver(claim: Claim, edge: Edge) -> None:
    """Read everything and take it over; what was read of a connection that has ended is dropped.

    Raises any of the port's answers, and ClaimLost.
    """
    with firm_scope(claim.firm_id):
        connection = Connection.objects.get(pk=claim.subject_id)
    everything = read(edge.books_of(claim.firm_id))
    at = edge.now()
    with firm_scope(claim.firm_id):
        reading = take_over(connection, everything, at=at)
        facts = asdict(reading) if reading else {}
        note = "" if reading else "The connection ended meanwhile; what was read is dropped."
        claims.finish(claim, Step("done", note, facts), at=at)


def read(books: port.Books) -> Everything:
    """Read it all from the package; nothing is written and no transaction is open meanwhile."""
    return Everything(books.organisation(), books.accounts(), books.tax_rates())


def take_over(
    connection: Connection, everything: Everything, *, at: datetime
) -> chart.Reading | None:
    """Write what was read, in the caller's one transaction; None if the connection ended meanwhile."""
    held = (
        Connection.objects.select_for_update()
        .filter(
            pk=connection.pk,
            state=ConnectionState.CONNECTED,
            organisation_id=connection.organisation_id,
        )
        .first()
    )
    if held is None:
        return None
    before = _words(held)
    connections.describe(held, everything.organisation)
    held.refreshed_at = at
    held.save(
        update_fields=[
            "name",
            "country",
            "time_zone",
            "period_lock_on",
            "year_lock_on",
            "refreshed_at",
        ]
    )
    reading = chart.take_over(
        firm_id=held.firm_id, accounts=everything.accounts, rates=everything.tax_rates, at=at
    )
    _record(held, reading, history.differences(before, _words(held)), at)
    return reading


def _latest(connection: Connection) -> Message | None:
    return messages.of_subject(TOPIC, [connection.id]).get(connection.id)


def _words(connection: Connection) -> dict[str, object]:
    return {
        "Organisation": connection.name,
        "Locked for everyone but advisers": connection.period_lock_on,
        "Locked for all": connection.year_lock_on,
    }


def _record(
    connection: Connection, reading: chart.Reading, changes: history.Changes, at: datetime
) -> None:
    parts = [f"{reading.accounts} accounts"]
    if reading.accounts_new:
        parts.append(f"{reading.accounts_new} of them new")
    if reading.accounts_gone:
        parts.append(f"{reading.accounts_gone} no longer there")
    parts.append(f"{reading.tax_rates} tax rates")
    history.record(
        of=(connections.KIND, connection.id),
        firm_id=connection.firm_id,
        act=f"Refreshed: {', '.join(parts)}",
        by=None,
        at=at,
        changes=changes,
    )
