"""The official receipt: what the place wants on it, in its words, kept and marked when it is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chancery.lib import ids
from chancery.lib.money import Money
from chancery.practice.people import Person
from chancery.reports import receipts as printed
from chancery.reports.gathered import methods
from chancery.reports.gathered.imprints import imprint_of
from chancery.reports.imprint import Cancellation, Words
from chancery.trust import receipt_list, reversals, settings
from chancery.trust.receipts import Receipt
from chancery.trust.rules import receipts as rules
from chancery.trust.rules.policy_receipts import ReceiptField

_CONTROLLED = "controlled"


@dataclass(frozen=True)
class _Asked:
    """What the place wants shown: anything else is left out."""

    fields: tuple[ReceiptField, ...]

    def words(self, field: ReceiptField, said: str) -> str:
        return said if field in self.fields else ""


def receipt_of(
    receipt: Receipt, reader: Person, words: Mapping[str, str], at: datetime
) -> printed.Receipt:
    """Return the receipt as it is printed now."""
    policy = settings.policy()
    asked = _Asked(rules.shows(policy))
    literals = rules.literals(policy, is_controlled=receipt.account.kind == _CONTROLLED)
    return printed.Receipt(
        imprint=imprint_of(reader, str(ids.new()), at),
        words=Words.of(words),
        title=f"Receipt for {words['money']}",
        literals=tuple(either[0] for either in literals),
        number=receipt.number_shown,
        account=receipt.account.name,
        made_out_on=receipt.made_on,
        received_on=receipt.on,
        amount=Money(receipt.amount_minor, receipt.account.currency),
        form_of_money=asked.words(
            ReceiptField.FORM_OF_MONEY, methods.name_of(receipt.method, words)
        ),
        received_from=asked.words(ReceiptField.RECEIVED_FROM, receipt.received_from),
        reason=asked.words(ReceiptField.REASON, receipt.reason),
        lines=_lines(receipt),
        made_out_by=receipt.by.name,
        cancelled=_cancelled(receipt),
    )


def _lines(receipt: Receipt) -> tuple[printed.ReceiptLine, ...]:
    currency = receipt.account.currency
    return tuple(
        printed.ReceiptLine(
            client=line.ledger.matter.client.name if line.ledger.matter else "",
            matter=line.ledger.matter.number if line.ledger.matter else "",
            description=line.ledger.matter.title if line.ledger.matter else line.ledger.kind,
            amount=Money(line.amount_minor, currency),
        )
        for line in receipt_list.parts_of(receipt)
    )


def _cancelled(receipt: Receipt) -> Cancellation | None:
    back = reversals.of_document(receipt)
    if back is None:
        return None
    number = f"{back.get_kind_display()} of {receipt.number_shown}"
    return Cancellation(back.reason, back.at, back.by.name, number)
