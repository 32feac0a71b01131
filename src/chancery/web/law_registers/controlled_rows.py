"""The register of matters' own bank accounts: its lines, its columns, and the law that keeps it."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from chancery.ledger import accounts, balances
from chancery.lib import clock
from chancery.lib.money import Money
from chancery.practice.people import Person
from chancery.reports.sheets import Cell, Column
from chancery.trust import register_lists
from chancery.trust.controlled_accounts import ControlledAccount
from chancery.trust.rules.policy import Policy
from chancery.web.law_registers.kinds import LawRegister, ListCell, ListRow
from chancery.web.shell import times
from chancery.web.shell.words import plural


def is_here(policy: Policy) -> bool:
    """Return whether the place knows an account that is held for one matter alone."""
    return policy.pack.account_kind("controlled") is not None


def _rows(request: HttpRequest, kept: list[ControlledAccount]) -> list[ListRow]:
    person: Person = request.person  # type: ignore[attr-defined]  # a signed-in person's request
    ids = [one.ledger_id for one in kept]
    held = balances.of_accounts(ids, on=clock.today(person.firm.time_zone))
    closed = accounts.closed_of(ids)
    return [
        _row(one, held[one.ledger_id].held_minor, is_closed=one.ledger_id in closed) for one in kept
    ]


def _row(kept: ControlledAccount, held_minor: int, *, is_closed: bool) -> ListRow:
    matter = kept.ledger.matter
    assert matter, "an own account is a matter's"
    direction = f"{kept.direction}, {times.day(kept.direction_on)}" if kept.direction_on else ""
    return ListRow(
        url=reverse("own_account", args=[kept.ledger_id]),
        name=kept.number_shown,
        sub=kept.name,
        pill="Closed" if is_closed else "",
        cells=(
            ListCell("For", f"{matter.number} {matter.title}", matter.client.name),
            ListCell("At", kept.bank.name, kept.ledger.account.name),
            ListCell("Direction", direction or kept.direction or "none", kept.reason),
            ListCell("Held", str(Money(held_minor, kept.ledger.account.currency)), is_amount=True),
        ),
    )


def _columns(words: Mapping[str, str], _: str) -> tuple[Column, ...]:
    return (
        Column("Since", "date"),
        Column(words["work_unit"].capitalize(), "id"),
        Column("About"),
        Column(words["person"].capitalize()),
        Column("Account name"),
        Column("Account number", "id"),
        Column(capfirst(words["bank"])),
        Column("Direction"),
        Column("Of", "date"),
        Column("For what, or what changed"),
        Column("Version", "number"),
        Column("Recorded by"),
    )


def cells(kept: ControlledAccount) -> tuple[Cell, ...]:
    """Return one version of an account's details as a row of the register."""
    matter = kept.ledger.matter
    assert matter, "an own account is a matter's"
    return (
        kept.on,
        matter.number,
        matter.title,
        matter.client.name,
        kept.name,
        kept.number_shown,
        kept.bank.name,
        kept.direction,
        kept.direction_on,
        kept.reason,
        kept.turn,
        kept.by.name,
    )


REGISTER = LawRegister(
    slug="own-accounts",
    title=lambda words: plural(words["interest_account"]),
    told=lambda words: (
        f"A bank account for one {words['work_unit']} alone, opened by the {words['person']}'s"
        " direction; every version of its details stays."
    ),
    head="Account number",
    icon="bank",
    when_empty="No such account is open yet",
    add=lambda words: f"Open a {words['interest_account']}",
    add_url="own_account_add",
    is_here=is_here,
    rules=lambda policy: [policy.accounts.direction, policy.accounts.register_fields],
    found=register_lists.own_accounts,
    rows=_rows,
    kept=register_lists.own_account_turns,
    columns=_columns,
    cells=cells,
    states=("Open", "Closed"),
    of_accounts=lambda account: account.kind == "controlled",
    rule_words=("account.controlled_money_name_must_contain",),
)
