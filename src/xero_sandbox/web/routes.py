"""The addresses of the pages; whatever changes something is refused when it comes from elsewhere."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from xero_sandbox import pages
from xero_sandbox.web import apps, chart, shell

Page = Callable[[Request], Awaitable[Response]]
BOOKS = "/organisations/{tenant_id}"


def routes() -> list[Route]:
    """Return the routes of all pages."""
    return [
        Route("/", shell.home),
        Route(shell.CHART, chart.show),
        _change(f"{BOOKS}/bank-accounts", chart.add_bank_account),
        _change(f"{BOOKS}/accounts", chart.add_account),
        _change(f"{BOOKS}/accounts/{{account_id}}/code", chart.set_code),
        _change(f"{BOOKS}/accounts/{{account_id}}/archive", chart.archive),
        _change(f"{BOOKS}/accounts/{{account_id}}/restoration", chart.restore),
        Route("/apps", apps.show),
        _change("/apps", apps.disconnect),
        Route("/calls", apps.show_calls),
    ]


def _change(path: str, deed: Page) -> Route:
    @wraps(deed)
    async def guarded(request: Request) -> Response:
        if pages.comes_from_elsewhere(request):
            return pages.refused(request, "This form was sent from another site.", status=403)
        return await deed(request)

    return Route(path, guarded, methods=["POST"])
