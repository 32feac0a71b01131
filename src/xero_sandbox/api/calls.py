"""One accounting call that has been let in, and how what it carries is read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xero_sandbox.api import answers
from xero_sandbox.api.answers import Answer, Stopped
from xero_sandbox.books.organisations import Organisation
from xero_sandbox.oauth.apps import App
from xero_sandbox.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Everything that an endpoint may know of the call."""

    store: Store
    app: App
    organisation: Organisation
    at: float
    ids: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def asked(self, name: str, absent: str = "") -> str:
        """Return a value of the query, whatever capitals its name was sent with."""
        return self.query.get(name.lower(), absent)

    def elements(self, plural: str) -> list[dict[str, Any]]:
        """Return what was sent: one object, or a list under the plural.

        Refuses: Stopped with 400.
        """
        try:
            sent = json.loads(self.body, parse_constant=_no_number)
            json.dumps(sent, ensure_ascii=False).encode()  # half a surrogate pair cannot be kept
        except (ValueError, RecursionError):
            raise Stopped(answers.post_data_invalid("The body is not valid JSON.")) from None
        if isinstance(sent, dict) and isinstance(sent.get(plural), list):
            sent = sent[plural]
        found = sent if isinstance(sent, list) else [sent]
        if not found or not all(isinstance(element, dict) for element in found):
            raise Stopped(answers.post_data_invalid(f"The body holds no {plural}."))
        return found

    def envelope(self, plural: str, elements: list[dict[str, Any]]) -> Answer:
        """Answer with elements in Xero's envelope."""
        return answers.envelope(plural, elements, provider=self.app.name, at=self.at)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


Endpoint = Callable[[Call], Answer]


def text_of(element: Mapping[str, Any], name: str) -> str:
    """Return a text; a number is taken as its digits, as Xero's reader does.

    Refuses: Stopped with 400.
    """
    value = element[name]
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise Stopped(answers.post_data_invalid(f"{name} is not a text."))


def flag_of(element: Mapping[str, Any], name: str) -> bool:
    """Return true or false, which may come as a text.

    Refuses: Stopped with 400.
    """
    value = element[name]
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise Stopped(answers.post_data_invalid(f"{name} is neither true nor false."))
