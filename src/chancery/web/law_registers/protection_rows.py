"""The register of protected money: its lines and its columns."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse

from chancery.lib.money import Money
from chancery.practice.permissions import Act
from chancery.reports.sheets import Cell, Column
from chancery.trust import register_lists
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.protections import Protection
from chancery.web.law_registers.kinds import LawRegister, ListCell, ListRow
from chancery.web.shell import times


def _rows(_: HttpRequest, kept: list[Protection]) -> list[ListRow]:
    return [_row(one) for one in kept]


def _row(kept: Protection) -> ListRow:
    end = getattr(kept, "end", None)
    whose, of_whom = whose_money(kept.ledger)
    released = f"{times.day(end.on)}, {end.by.name}" if end else "not yet"
    amount = Money(kept.amount_minor, kept.ledger.account.currency)
    return ListRow(
        url=reverse("protection", args=[kept.id]),
        name=times.day(kept.on),
        sub=kept.by.name,
        pill="Released" if end else "",
        cells=(
            ListCell("Why", kept.reason, kept.ledger.account.name),
            ListCell("For", whose, of_whom),
            ListCell("Released", released, end.reason if end else ""),
            ListCell("Amount", str(amount), is_amount=True),
        ),
    )


def whose_money(ledger: TrustLedger) -> tuple[str, str]:
    """Return whose money a ledger holds and for whom: a matter and its client, else the ledger's kind."""
    matter = ledger.matter
    if matter is None:
        return str(ledger.kind).replace("_", " ").capitalize(), ""
    return f"{matter.number} {matter.title}", matter.client.name


def _columns(words: Mapping[str, str], currency: str) -> tuple[Column, ...]:
    return (
        Column("Protected on", "date"),
        Column(words["work_unit"].capitalize(), "id"),
        Column(words["person"].capitalize()),
        Column("Account"),
        Column("Amount", "amount", currency),
        Column("Why"),
        Column("Protected by"),
        Column("Released on", "date"),
        Column("Why released"),
        Column("Released by"),
    )


def _cells(kept: Protection) -> tuple[Cell, ...]:
    end, matter = getattr(kept, "end", None), kept.ledger.matter
    return (
        kept.on,
        matter.number if matter else whose_money(kept.ledger)[0],
        matter.client.name if matter else "",
        kept.ledger.account.name,
        Money(kept.amount_minor, kept.ledger.account.currency),
        kept.reason,
        kept.by.name,
        end.on if end else None,
        end.reason if end else "",
        end.by.name if end else "",
    )


REGISTER = LawRegister(
    slug="protections",
    title=lambda _: "Protected money",
    told=lambda words: (
        f"Amounts of a {words['ledger']} that may not leave, each with its reason, until they are"
        " released."
    ),
    head="Since",
    icon="shield",
    when_empty="Nothing was protected yet",
    add=lambda _: "Protect money",
    add_url="protection_add",
    is_here=lambda _: True,
    rules=lambda _: [],
    found=register_lists.protections,
    rows=_rows,
    kept=register_lists.protections,
    columns=_columns,
    cells=_cells,
    states=("Protected", "Released"),
    of_accounts=lambda _: True,
    act=Act.PROTECT_MONEY,
)
