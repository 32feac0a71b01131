"""What stands on every page of every document: whose it is, which run made it and when, on what paper."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal, Self

Paper = Literal["a4", "us-letter"]
_LETTER = frozenset({"US", "CA"})


@dataclass(frozen=True)
class SealHead:
    """The head of the chain of sealed journals when the document was made."""

    count: int
    digest: str
    sealed_at: datetime


@dataclass(frozen=True)
class Imprint:
    """Who made a document, in which run, when (in the firm's zone), and on what paper.

    The instant is also the file's own date, so that the same document is the same file.
    """

    practice: str
    run: str
    made_at: datetime
    made_by: str
    address: tuple[str, ...] = ()
    paper: Paper = "a4"
    language: str = "en"
    seal: SealHead | None = None

    def __post_init__(self) -> None:
        assert self.made_at.tzinfo, "an instant without a zone is no instant"


@dataclass(frozen=True)
class Words:
    """The words of the place, as its pack has them; in lower case, as inside a sentence."""

    money: str = "trust money"
    pool_account: str = "trust account"
    person: str = "client"
    work_unit: str = "matter"
    ledger: str = "client ledger"
    cheque: str = "cheque"
    journal: str = "transfer"

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Self:
        """Return the words that documents use from all that a place has."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: word for key, word in words.items() if key in known and word})


@dataclass(frozen=True)
class Fact:
    """A line of a list of facts: what it is called, and what it is."""

    label: str
    text: str


@dataclass(frozen=True)
class Step:
    """What somebody did, and when: asked, approved, released."""

    act: str
    person: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Cancellation:
    """Why a document no longer counts, and the number of the entry that reversed it."""

    reason: str
    cancelled_at: datetime
    cancelled_by: str
    reversal_number: str


def paper_of(country: str) -> Paper:
    """Return the paper that offices of a country use, by its code of two letters."""
    return "us-letter" if country.upper() in _LETTER else "a4"
