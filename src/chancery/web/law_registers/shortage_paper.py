"""One shortage as it is printed and taken away: what it is, by when it is settled, and all that was done."""

from chancery.lib.money import Money
from chancery.reports.imprint import Fact
from chancery.reports.registers import Register
from chancery.reports.sheets import Cell, Column
from chancery.trust import shortfalls
from chancery.trust.deficiencies import Deficiency
from chancery.trust.deficiency_steps import DeficiencyStep
from chancery.trust.rules.deficiency_deadlines import Deadlines
from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers.protection_rows import whose_money
from chancery.web.law_registers.shortage_rows import SOURCES
from chancery.web.shell import times
from chancery.web.trust_accounts import frame


def register_of(request: FirmRequest, case: Deficiency, deadlines: Deadlines) -> Register:
    """Return one case with its steps, as a document."""
    currency = shortfalls.currency_of(case)
    where = [Fact("Account", frame.called(case.account))] if case.account else []
    whose = [Fact("Ledger", ", ".join(whose_money(case.ledger)))] if case.ledger else []
    return Register(
        imprint=frame.imprint(request),
        words=frame.document_words(request),
        title=f"Shortage found on {times.day(case.found_on)}",
        facts=(
            *where,
            *whose,
            Fact("What found it", SOURCES[case.source]),
            Fact("Cause", case.cause),
            Fact("Amount", f"{Money(case.amount_minor, currency)} {currency}"),
            Fact("Still missing", f"{shortfalls.missing(case)} {currency}"),
            Fact("Made good by", day_or_soon(deadlines, "correct_by")),
            Fact("Reported by", day_or_soon(deadlines, "report_by")),
            Fact("Rule", deadlines.rule),
        ),
        columns=(
            Column("Day", "date"),
            Column("What"),
            Column("In words"),
            Column("Reference"),
            Column("Restored", "amount", currency),
            Column("Recorded by"),
        ),
        rows=tuple(_cells(step, currency) for step in shortfalls.steps_of(case)),
        when_empty="Nothing was done about it yet.",
    )


def day_or_soon(deadlines: Deadlines, name: str) -> str:
    """Return a last day in words; where the rule names none, as soon as practicable."""
    day = getattr(deadlines, name)
    return times.day(day) if day else "as soon as practicable"


def _cells(step: DeficiencyStep, currency: str) -> tuple[Cell, ...]:
    is_money = step.act == "restored"
    taken_back = ", taken back" if getattr(step, "is_reversed", False) else ""
    return (
        step.on,
        f"{step.get_act_display()}{taken_back}",
        step.words,
        step.reference,
        Money(step.amount_minor, currency) if is_money else None,
        step.by.name,
    )
