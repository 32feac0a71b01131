"""What surrounds every page: the organisation looked at, the switch to another, the way about."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xero_sandbox import pages
from xero_sandbox.books import organisations
from xero_sandbox.books.organisations import Organisation

CHART = "/accounting/chart-of-accounts"


class NoSuchPlace(Exception):
    """The address names an organisation or an account that is not there."""


def draw(
    request: Request, template: str, organisation: Organisation, *, status: int = 200, **facts: Any
) -> Response:
    """Draw a page of this organisation."""
    return pages.page(
        request,
        template,
        status=status,
        organisation=organisation,
        organisations=organisations.all_of(pages.store_of(request)),
        chart=CHART,
        **facts,
    )


def organisation_of(request: Request) -> Organisation:
    """Return the organisation that a form was sent to.

    Refuses: NoSuchPlace.
    """
    found = organisations.find(pages.store_of(request), request.path_params["tenant_id"])
    if found is None:
        raise NoSuchPlace
    return found


def chosen(request: Request) -> Organisation:
    """Return the organisation that the address asks for, or the first when it asks for none.

    Refuses: NoSuchPlace.
    """
    known = organisations.all_of(pages.store_of(request))
    asked = request.query_params.get("organisation", known[0].tenant_id)
    for organisation in known:
        if organisation.tenant_id == asked:
            return organisation
    raise NoSuchPlace


def chart_address(organisation: Organisation) -> str:
    """Return the address of the organisation's chart of accounts."""
    return f"{CHART}?organisation={organisation.tenant_id}"


async def home(request: Request) -> Response:
    """Go to the chart of accounts of the first organisation."""
    return RedirectResponse(chart_address(chosen(request)), 303)


async def no_such_place(request: Request, _: Exception) -> Response:
    """Say that the address leads nowhere."""
    return pages.refused(request, "There is nothing at this address.", status=404)
