"""One operation of the API, as the tables of them tell it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chancery.practice.api_tokens import Scope


@dataclass(frozen=True)
class Call:
    """One operation. ``of_record`` says whether its address names a record of a firm.

    ``is_keyed``: it is about money, and done only under a key. ``media``: what its body is, if not JSON.
    """

    method: str
    path: Callable[[Any], str]
    scope: Scope | None
    body: Callable[[Any], object] | None = None
    of_record: bool = False
    status: int = 200
    is_keyed: bool = False
    media: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Return what is sent beside the token."""
        key = {"Idempotency_Key": "a-key-of-its-own"} if self.is_keyed else {}
        return {**key, "Content_Type": self.media} if self.media else key
