"""The verbs for what the bank pays, takes and confirms, and for the firm's own money."""

from collections.abc import Callable
from typing import Any

from chancery.lib.money import Money
from chancery.trust import bank_charges, clearances, interest, own_funds
from chancery.trust.clearances import Evidence
from chancery.trust.interest import Share
from chancery.trust.models import Receipt
from chancery.trust.movements import Said
from scenarios.grammar import Line, Takes, verb
from scenarios.stage import Stage
from world import acting

NOTHING, DAY, AMOUNT, WORDS = Takes.NOTHING, Takes.DAY, Takes.AMOUNT, Takes.WORDS
_MOVED = {"dated": DAY, "by": WORDS, "key": WORDS}


@verb("interest", subject=True, amount=True, tax=AMOUNT, fees=AMOUNT, **_MOVED)
def credit_interest(stage: Stage, line: Line) -> None:
    """Credit a client with what the bank paid: gross, less tax and fees that it kept back."""
    tax, fees = (stage.money(line.words(kept, "0.00")) for kept in ("tax", "fees"))
    share = Share(stage.ledger(line), stage.money(line.amount), tax, fees)
    _moved(stage, line, interest.credit_clients, shares=[share])


@verb("hold interest", amount=True, **_MOVED)
def hold_interest(stage: Stage, line: Line) -> None:
    """Hold interest that belongs to a foundation or a public fund."""
    _moved(stage, line, interest.hold_for_others, amount=stage.money(line.amount))


@verb("pay interest on", amount=True, **_MOVED)
def pay_interest_on(stage: Stage, line: Line) -> None:
    """Pay it to whom it belongs."""
    _moved(stage, line, interest.pay_on, amount=stage.money(line.amount))


@verb("charge", amount=True, **_MOVED)
def charge(stage: Stage, line: Line) -> None:
    """Record what the bank took for itself."""
    _moved(stage, line, bank_charges.record, charge=stage.money(line.amount))


@verb("pay in own money", amount=True, **_MOVED)
def pay_in_own_money(stage: Stage, line: Line) -> None:
    _moved(stage, line, own_funds.pay_in, amount=stage.money(line.amount))


@verb("take out own money", amount=True, **_MOVED)
def take_out_own_money(stage: Stage, line: Line) -> None:
    _moved(stage, line, own_funds.pay_out, amount=stage.money(line.amount))


@verb("ask clearance", subject=True, evidence=WORDS, reference=WORDS, by=WORDS)
def ask_clearance(stage: Stage, line: Line) -> None:
    """Ask that a receipt counts as cleared, with what the bank said."""
    evidence = Evidence(line.words("evidence"), line.words("reference"))
    by, receipt = stage.person(line), _receipt(stage, line)
    with acting(by):
        clearances.ask(receipt=receipt, evidence=evidence, by=by, at=stage.now, today=stage.today)


@verb("confirm clearance", subject=True, by=WORDS)
def confirm_clearance(stage: Stage, line: Line) -> None:
    by, receipt = stage.person(line, otherwise="Lena"), _receipt(stage, line)
    with acting(by):
        clearances.confirm(receipt=receipt, by=by, at=stage.now, today=stage.today)


def _moved(
    stage: Stage, line: Line, deed: Callable[..., Any], **given: Money | list[Share]
) -> None:
    by = stage.person(line)
    said = Said(line.day("dated") or stage.today, "As the bank's statement says")
    with acting(by):
        deed(
            account=stage.trust.account,
            said=said,
            by=by,
            at=stage.now,
            today=stage.today,
            key=stage.key(line),
            **given,
        )


def _receipt(stage: Stage, line: Line) -> Receipt:
    document = stage.document(line)
    assert isinstance(document, Receipt), f"{line.where}: only a receipt clears"
    return document
