"""Why a message stopped, in a sentence for a person, and what that person may do about it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Remedy:
    """One act that ends a trouble: its kind, the words on its button, and the facts the act needs."""

    kind: str
    label: str
    facts: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the remedy as the message keeps it."""
        return {"kind": self.kind, "label": self.label, "facts": self.facts}

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Remedy":
        """Return a remedy that a message kept."""
        return cls(kept["kind"], kept["label"], kept["facts"])


@dataclass(frozen=True)
class Trouble:
    """What stopped a message: a stable code, one sentence, and every act that would help."""

    code: str
    sentence: str
    remedies: tuple[Remedy, ...] = ()


RETRY = Remedy("retry", "Try again")
