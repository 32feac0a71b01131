"""The voucher of a movement, put together from what the firm keeps of it."""

from zoneinfo import ZoneInfo

from chancery.lib.money import Money
from chancery.reports.gathered.imprints import cancellation_of
from chancery.reports.imprint import Fact, Words
from chancery.reports.movement_vouchers import Figure, MovementVoucher
from chancery.trust import reversals, settings
from chancery.trust.movements import Movement
from chancery.web.firm_of_request import FirmRequest
from chancery.web.movements import kinds
from chancery.web.movements.parts import parts_of, register_of
from chancery.web.shell import pdfs
from chancery.web.shell.words import words_of
from chancery.web.trust_accounts import frame


def voucher_of(request: FirmRequest, moved: Movement) -> MovementVoucher:
    """Return the voucher as it is printed now."""
    zone = ZoneInfo(request.person.firm.time_zone)
    return MovementVoucher(
        imprint=pdfs.imprint_of(request),
        words=Words.of(words_of(request)),
        title=moved.number_shown,
        account=frame.called(moved.account),
        on=moved.on,
        amount=Money(moved.amount_minor, moved.account.currency),
        figures=tuple(Figure(label, amount) for label, amount in parts_of(moved)),
        facts=_facts(moved),
        cancelled=cancellation_of(reversals.of_document(moved), zone),
    )


def _facts(moved: Movement) -> tuple[Fact, ...]:
    matter = moved.ledger.matter if moved.ledger else None
    whose = [Fact("For", f"{matter.number} {matter.title}, {matter.client.name}")] if matter else []
    said = [
        Fact("In words", moved.reason),
        Fact("Reference", moved.reference),
        Fact("Recorded by", moved.by.name),
    ]
    listed = register_of(moved)
    rules = kinds.rules_of(listed, settings.policy())[:1] if listed else []
    return (*whose, *said, *(Fact("Rule", one.rule) for one in rules if one.rule))
