"""How a page is drawn and guarded: templates, headers, and the refusal of posts from other sites."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from xero_sandbox import clock, dates
from xero_sandbox.store import Store

FOLDER = Path(__file__).parent
TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["to_read"] = dates.to_read
TEMPLATES.filters["iso"] = lambda at: datetime.fromtimestamp(at, UTC).isoformat()


def store_of(request: Request) -> Store:
    """Return the store of the running sandbox."""
    store: Store = request.app.state.store
    return store


def page(
    request: Request, template: str, *, status: int = 200, posts_to: str = "", **facts: Any
) -> Response:
    """Draw a template; `posts_to` names an address that a form on it may lead on to."""
    text = TEMPLATES.get_template(template).render(
        now=clock.now(store_of(request)), path=request.url.path, **facts
    )
    return HTMLResponse(text, status, headers=_headers(posts_to))


def _headers(posts_to: str) -> dict[str, str]:
    parts = urlsplit(posts_to)
    onward = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            f"base-uri 'none'; frame-ancestors 'none'; form-action 'self'{onward}"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def comes_from_elsewhere(request: Request) -> bool:
    """Say whether a browser sent this from another site's page; programs send no such headers."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def refused(request: Request, sentence: str, *, status: int = 400) -> Response:
    """Draw the page that says why nothing was done."""
    return page(request, "refused.html", status=status, sentence=sentence)
