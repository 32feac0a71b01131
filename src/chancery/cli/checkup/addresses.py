"""The addresses: the ports, the one people type, and the one that Xero sends people back to."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from chancery.cli import answering, ports
from chancery.cli.checkup.finding import Finding, attention, ok, wrong
from chancery.cli.installation import RETURN_FROM_XERO, Plan


def examine(plan: Plan, *, is_up: bool) -> Iterator[Finding]:
    """Report on the addresses of this plan; ``is_up`` says whether its programs should answer."""
    yield _web(plan, is_up=is_up)
    if plan.sandbox_url:
        yield _port("Xero sandbox", plan.sandbox_port, "--sandbox-port", is_up=is_up)
    yield _xero(plan)


def _web(plan: Plan, *, is_up: bool) -> Finding:
    if not is_up:
        return _port("web server", plan.port, "--port", is_up=False)
    if answering.over_http(plan.port, "/healthz", answering.as_visitor_of(plan.base_url))():
        return ok("web server", f"answers at {plan.base_url}")
    remedy = "look into web.log in the log folder"
    return wrong("web server", f"does not answer on port {plan.port}", remedy)


def _port(subject: str, port: int, option: str, *, is_up: bool) -> Finding:
    if is_up:
        return ok(subject, f"port {port}")
    if ports.is_free(port):
        return ok(subject, f"port {port} is free")
    return attention(subject, f"another program holds port {port}", f"choose another with {option}")


def _xero(plan: Plan) -> Finding:
    if not os.environ.get("XERO_CLIENT_ID"):
        return ok("Xero", "the sandbox stands in for it: XERO_CLIENT_ID is not set")
    if not os.environ.get("XERO_CLIENT_SECRET"):
        return wrong("Xero", "XERO_CLIENT_SECRET is missing", "set it, from the app's page at Xero")
    address = f"{plan.base_url.rstrip('/')}{RETURN_FROM_XERO}"
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname != "localhost":
        remedy = "set CHANCERY_BASE_URL to an https address, or to http://localhost"
        return wrong("Xero", f"does not send people back to {address}", remedy)
    return ok("Xero", f"the app's redirect address must be {address}")
