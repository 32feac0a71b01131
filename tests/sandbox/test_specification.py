"""Requests and answers of the sandbox, held to the official specification where it lies beside the project.

The specification proves shape, never behavior: hardly anything in it is required.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from sandbox_server import KAURI, MARLOW, SandboxServer

HERE = Path(__file__)
PLACES = [parent / "shared" / "reference" / "xero-openapi" for parent in HERE.parents]
FOLDER = next((place for place in PLACES if place.is_dir()), None)

pytestmark = [
    pytest.mark.skipif(
        FOLDER is None,
        reason="the official specification does not lie in ../shared/reference/xero-openapi",
    ),
    pytest.mark.filterwarnings(
        "ignore:Unsupported scheme type"
    ),  # OAuth 2: the door's own tests hold it
]


class Loader(yaml.SafeLoader):
    """Reads dates as the texts that they are in JSON."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@cache
def specification(name: str) -> OpenAPI:
    assert FOLDER is not None
    with (FOLDER / name).open(encoding="utf-8") as text:
        document = yaml.load(text, Loader)  # noqa: S506 - a SafeLoader with fewer resolvers
    return OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))


class Asked:
    """A request that was sent, as the validator reads it."""

    content_type = "application/json"

    def __init__(self, request: httpx2.Request, host: str, prefix: str) -> None:
        self.host_url = host
        self.path = prefix + request.url.path.removeprefix("/api.xro/2.0")
        self.method = request.method.lower()
        self.body = request.content or None
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(request.url.params.multi_items()),
            header=Headers(list(request.headers.items())),
            cookie=ImmutableMultiDict(),
        )


class Answered:
    """An answer that was received, as the validator reads it."""

    def __init__(self, answer: httpx2.Response) -> None:
        self.status_code = answer.status_code
        self.headers = Headers(list(answer.headers.items()))
        self.content_type = answer.headers.get("content-type", "").split(";")[0]
        self.data = answer.content


def hold_to_accounting(answer: httpx2.Response) -> None:
    asked = Asked(answer.request, "https://api.xero.com", "/api.xro/2.0")
    if answer.request.method in {"PUT", "POST"}:
        specification("xero_accounting.yaml").validate_request(asked)
    specification("xero_accounting.yaml").validate_response(asked, Answered(answer))


@pytest.fixture(params=[MARLOW, KAURI])
def tenant(request: pytest.FixtureRequest, sandbox: SandboxServer) -> Iterator[httpx2.Client]:
    with sandbox.api(request.param) as client:
        yield client


BANK = {"Name": "Trust account", "Type": "BANK", "BankAccountNumber": "062-555 1042"}
COST = {"Code": "498", "Name": "Storage", "Type": "EXPENSE", "Description": "Boxes"}


@pytest.mark.parametrize(
    "path", ["/Accounts", "/TaxRates", "/Organisation", "/Organisation/Actions", "/Contacts"]
)
def test_lists_are_as_specified(tenant: httpx2.Client, path: str) -> None:
    hold_to_accounting(tenant.get(path))


def test_account_is_as_specified_from_its_making_to_its_end(tenant: httpx2.Client) -> None:
    answers = [tenant.put("/Accounts", json=account) for account in (BANK, COST)]
    for made in answers:
        place = f"/Accounts/{made.json()['Accounts'][0]['AccountID']}"
        one = {"Accounts": [{"Code": "777"}]}
        archived = {"Accounts": [{"Status": "ARCHIVED"}]}
        steps = [tenant.get(place), tenant.post(place, json=one), tenant.post(place, json=archived)]
        for answer in (made, *steps, tenant.delete(place)):
            assert answer.status_code == 200
            hold_to_accounting(answer)


def test_refused_account_is_as_specified(tenant: httpx2.Client) -> None:
    answer = tenant.put("/Accounts", json={**COST, "Code": "200"})

    assert answer.status_code == 400
    hold_to_accounting(answer)


@pytest.mark.parametrize("query", ["", "?summarizeErrors=false"])
def test_contacts_are_as_specified_made_changed_and_refused(
    tenant: httpx2.Client, query: str
) -> None:
    jane = {
        "Name": "Jane Calloway",
        "ContactNumber": "C-1",
        "EmailAddress": "jane@example.com",
        "Addresses": [{"AddressType": "STREET", "City": "Sydney"}],
        "Phones": [{"PhoneType": "MOBILE", "PhoneNumber": "0400 000 000"}],
    }

    for method, contact in (("PUT", jane), ("POST", jane), ("PUT", jane)):
        answer = tenant.request(method, f"/Contacts{query}", json={"Contacts": [contact]})
        hold_to_accounting(answer)

    assert answer.status_code == (200 if query else 400)
    hold_to_accounting(tenant.get("/Contacts?page=1&pageSize=10"))
    hold_to_accounting(tenant.get("/Contacts/C-1"))


def test_connections_are_as_specified_but_for_the_zone(sandbox: SandboxServer) -> None:
    """The specification wants date-time; its own example, as every live answer seen, has no zone."""
    headers = {"Authorization": f"Bearer {sandbox.tokens(MARLOW, KAURI)['access_token']}"}
    answer = sandbox.http.get("/Connections", headers=headers)

    dated = ("createdDateUtc", "updatedDateUtc")
    body = [{k: f"{v}Z" if k in dated else v for k, v in one.items()} for one in answer.json()]
    zoned = httpx2.Response(200, json=body, request=answer.request)

    asked = Asked(answer.request, "https://api.xero.com", "")
    specification("xero-identity.yaml").validate_response(asked, Answered(zoned))


@pytest.mark.parametrize(
    ("name", "value"), [("Status", "OPEN"), ("AccountID", "7"), ("EnablePaymentsToAccount", "yes")]
)
def test_validator_sees_a_fault_of_shape(tenant: httpx2.Client, name: str, value: Any) -> None:
    answer = tenant.get("/Accounts")
    body = answer.json()
    body["Accounts"][0][name] = value
    spoiled = httpx2.Response(200, json=body, request=answer.request)

    with pytest.raises(OpenAPIError):
        hold_to_accounting(spoiled)
