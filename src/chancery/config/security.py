"""What a page may load: from this server only, and nothing inline."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from csp.constants import NONE, SELF


def content_security_policy(consent_origin: str) -> dict[str, object]:
    """Return the policy; a form may also lead on to the accounting package's consent page."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "form-action": [SELF, consent_origin],
            "base-uri": [NONE],
            "frame-ancestors": [NONE],
        }
    }


def is_local(base_url: str) -> bool:
    """Return whether an address can only be reached from this machine itself."""
    host = urlsplit(base_url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
