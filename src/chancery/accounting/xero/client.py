"""Speak HTTP to Xero: one request at a time, never repeated by itself, every one metered beforehand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any, Protocol

import httpx2

from chancery.accounting.xero import answers

TIMEOUT = httpx2.Timeout(20.0, connect=5.0, pool=5.0)
_DIGITS_MOST = 9
_RENEWED = "-renewed"


@dataclass(frozen=True)
class Ending:
    """How a request ended, for the meter: its status, and what Xero said is left of the limits."""

    status: int | None = None
    left_this_minute: int | None = None
    left_today: int | None = None
    left_for_app: int | None = None


class Meter(Protocol):
    """Count requests against the organisation's budgets."""

    def begin(self, purpose: str) -> Any:
        """Reserve one request, or raise port.Parked."""
        ...

    def end(self, call: Any, ending: Ending) -> None:
        """Give back what ``begin`` reserved."""
        ...

    def park(self, until: datetime, because: str) -> None:
        """Let nobody call this organisation before then."""
        ...


class Passes(Protocol):
    """Where access tokens come from."""

    def current(self) -> str:
        """Return an access token that should be good."""
        ...

    def renewed(self, refused: str) -> str:
        """Return another access token than the one that was refused."""
        ...


@dataclass(frozen=True)
class Request:
    """One request: a change names its attempt, which becomes the Idempotency-Key."""

    method: str
    path: str
    purpose: str
    body: dict[str, Any] | None = None
    once: str = ""

    @property
    def is_change(self) -> bool:
        """Return whether this may alter something over there."""
        return self.method != "GET"


@dataclass(frozen=True)
class XeroClient:
    """One organisation's way to Xero."""

    http: httpx2.Client
    base_url: str
    organisation_id: str
    passes: Passes
    meter: Meter
    now: Callable[[], datetime]

    def ask(self, request: Request) -> dict[str, Any]:
        """Send and return the body of a success.

        A token that is refused is renewed once and the request repeated once: a 401 changed nothing.
        Raises one of the port's answers for everything else.
        """
        token = self.passes.current()
        answer = self._send(request, token)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            again = replace(request, once=request.once + _RENEWED) if request.once else request
            answer = self._send(again, self.passes.renewed(token))
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            rest = answers.resting(answer)
            self.meter.park(rest.until, rest.because)
        return answers.read(answer)

    def _send(self, request: Request, token: str) -> answers.Answer:
        call = self.meter.begin(request.purpose)
        ending = Ending()
        try:
            response = self._exchange(request, token)
            ending = _ending(response)
        except httpx2.HTTPError as error:
            raise answers.of_transport(error, is_change=request.is_change) from error
        finally:
            self.meter.end(call, ending)
        return answers.Answer(
            is_change=request.is_change,
            status=response.status_code,
            headers=response.headers,
            text=response.text,
            at=self.now(),
        )

    def _exchange(self, request: Request, token: str) -> httpx2.Response:
        headers = {
            "Authorization": f"Bearer {token}",
            "xero-tenant-id": self.organisation_id,
            "Accept": "application/json",
        }
        if request.once:
            headers["Idempotency-Key"] = request.once
        return self.http.request(
            request.method,
            f"{self.base_url}/api.xro/2.0/{request.path}",
            json=request.body,
            headers=headers,
            timeout=TIMEOUT,
        )


def new_http() -> httpx2.Client:
    """Return a connection pool that follows no redirect, repeats nothing and ignores the environment."""
    return httpx2.Client(follow_redirects=False, timeout=TIMEOUT, trust_env=False)


def _ending(response: httpx2.Response) -> Ending:
    return Ending(
        status=response.status_code,
        left_this_minute=_figure(response, "X-MinLimit-Remaining"),
        left_today=_figure(response, "X-DayLimit-Remaining"),
        left_for_app=_figure(response, "X-AppMinLimit-Remaining"),
    )


def _figure(response: httpx2.Response, header: str) -> int | None:
    said = response.headers.get(header, "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS_MOST else None
