"""Ask a program over HTTP whether it answers yet."""

import http.client
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from chancery.cli import ports

_PATIENCE = 5.0
_OK = 200


def over_http(port: int, path: str, headers: Mapping[str, str] | None = None) -> Callable[[], bool]:
    """Return a question that is true once the program answers this path with 200."""

    def answers() -> bool:
        connection = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=_PATIENCE)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            return connection.getresponse().status == _OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return answers


def as_visitor_of(base_url: str) -> dict[str, str]:
    """Return the headers with which a proxy in front would pass on a visitor's request."""
    parts = urlsplit(base_url)
    return {"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme}
