"""What a register beside the ledger is, for the pages that list them all alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from chancery.practice.permissions import Act
from chancery.reports.sheets import Cell, Column
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.register_lists import RegisterFilter
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.ruled import Ruled

Sentence = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True)
class ListCell:
    """One cell of a line: its head, what it says, and more in small letters."""

    title: str
    text: str
    sub: str = ""
    is_amount: bool = False


@dataclass(frozen=True)
class ListRow:
    """A record as a line of its list; ``pill`` says what is special about it, if anything is."""

    url: str
    name: str
    cells: tuple[ListCell, ...]
    sub: str = ""
    pill: str = ""


@dataclass(frozen=True)
class LawRegister:
    """A register: how it is called, which law keeps it, what it lists, and how it is taken out.

    ``told`` and ``title`` are said in the firm's words. ``found`` lists its records, ``kept`` all rows of
    those that fit, for the file. ``states`` names the two states to narrow by, where it has them;
    ``of_accounts`` says on which accounts its records may lie, where it can be narrowed to one.
    ``act`` is what one must be allowed to record in it.
    """

    slug: str
    title: Sentence
    told: Sentence
    head: str
    icon: str
    when_empty: str
    add: Sentence
    add_url: str
    is_here: Callable[[Policy], bool]
    rules: Callable[[Policy], "list[Ruled[object]]"]
    found: Callable[[RegisterFilter], QuerySet[Any]]
    rows: Callable[[HttpRequest, list[Any]], list[ListRow]]
    kept: Callable[[RegisterFilter], QuerySet[Any]]
    columns: Callable[[Mapping[str, str], str], tuple[Column, ...]]
    cells: Callable[[Any], tuple[Cell, ...]]
    states: tuple[str, str] | None = None
    of_accounts: Callable[[TrustBankAccount], bool] | None = None
    act: Act = Act.KEEP_MONEY_BOOKS
    rule_words: tuple[str, ...] = ()
