"""Admin > Accounting > Xero: the connection, the calls, what is on its way, and the accounts as last read."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from chancery.accounting import choices, connections, queries, refreshing
from chancery.accounting.connections import Connection
from chancery.accounting.refreshing import Progress
from chancery.lib import clock
from chancery.outbox import lanes, workers
from chancery.outbox import queries as outbox
from chancery.outbox.lanes import Road, Use
from chancery.practice import permissions
from chancery.practice.permissions import Act
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import answers, paging, timeline

_HISTORY_SHOWN = 8


@dataclass(frozen=True)
class Calls:
    """How much of today's budget of calls is used, and what rests because of it."""

    used: int
    most: int
    left: int
    use: Use


@require_GET
def status(request: FirmRequest) -> HttpResponse:
    """Show how the firm and its Xero stand to each other."""
    connection = connections.of_firm()
    if connection is None:
        return answers.go(request, "admin_accounting")
    at = clock.now()
    progress = refreshing.progress(connection)
    show = request.GET.get("show", "all")
    text = request.GET.get("text", "").strip()[:60]
    context = {
        **_what_may_be_done(request),
        "connection": connection,
        "is_live": connection.state == "connected",
        "was_not_told": request.GET.get("xero") == "not-told",
        "progress": progress,
        "says": _says(connection, progress),
        "is_moving": outbox.moves_soon(at=at),
        "nobody_works": progress.is_running and not workers.is_anyone_working(at=at),
        "calls": _calls(connection),
        "under_way": queries.under_way(),
        "shows": queries.SHOWS.items(),
        "show": show,
        "text": text,
        "page": paging.page_of(
            request, queries.accounts_shown(show=show, text=text), queries.account_line
        ),
        "history": timeline.of(connections.KIND, connection.id, limit=_HISTORY_SHOWN),
    }
    return answers.show(request, "accounting/xero.html", context)


@require_POST
def refresh(request: FirmRequest) -> HttpResponse:
    """Ask for the organisation, its accounts, tax rates and lock dates to be read again."""
    refreshing.request(by=request.person, at=clock.now())
    return answers.go(request, "admin_xero")


def _what_may_be_done(request: FirmRequest) -> dict[str, object]:
    return {
        "may_manage": permissions.allows(request.person, Act.MANAGE_ACCOUNTING),
        "may_refresh": permissions.allows(request.person, Act.REFRESH_ACCOUNTING),
        "may_back_out": not choices.is_final(),
    }


def _calls(connection: Connection) -> Calls:
    road = Road(connection.firm_id, connections.lane(connection.organisation_id))
    use = lanes.use(road, at=clock.now())
    return Calls(use.today, use.per_day, max(use.per_day - use.today, 0), use)


def _says(connection: Connection, progress: Progress) -> str:
    """Return what is said aloud while the page watches: one short sentence, or nothing."""
    if progress.is_running:
        return (
            "Refreshing: the organisation, its accounts, tax rates and lock dates are being read."
        )
    if connection.state == "lost":
        return "The connection to Xero is lost."
    if progress.stopped_because:
        return "The refresh stopped."
    return "Refreshed." if connection.refreshed_at else ""
