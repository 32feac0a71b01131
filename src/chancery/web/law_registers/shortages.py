"""Reading one shortage with all that was done about it, and its document."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.lib.money import Money
from chancery.practice.permissions import Act, require
from chancery.reports import registers
from chancery.trust import deficiencies, shortfalls
from chancery.trust.deficiencies import OF_PROOF, Deficiency
from chancery.trust.rules import deficiency_deadlines
from chancery.trust.rules.deficiency_deadlines import Deadlines
from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers import recording, shortage_paper
from chancery.web.law_registers.pages import policy_of, rules_beside
from chancery.web.law_registers.protection_rows import whose_money
from chancery.web.law_registers.shortage_rows import REGISTER, SOURCES
from chancery.web.movements.pages import may_keep
from chancery.web.shell import spreadsheets, timeline
from chancery.web.shell.answers import show
from chancery.web.trust_accounts import frame


@dataclass(frozen=True)
class Deadline:
    """Something that is to be done: by which day in words, when it was done, and whether it is late."""

    title: str
    by: str
    done_on: date | None
    is_late: bool


@require_safe
def shortage(request: FirmRequest, deficiency_id: UUID) -> HttpResponse:
    """Show one case: what is missing, by when it is settled, all that was done, and its history."""
    require(request.person, Act.READ_MONEY)
    case = case_of(deficiency_id)
    file_url = reverse("shortage_file", args=[case.id])
    policy = policy_of(REGISTER)
    steps = shortfalls.steps_of(case)
    deadlines = deficiency_deadlines.of(policy, case.found_on)
    context = {
        **told_of(case),
        "steps": [(step, Money(step.amount_minor, shortfalls.currency_of(case))) for step in steps],
        "closing": next((step for step in steps if step.act == "closed"), None),
        "opened_by": deficiencies.movement_of(case),
        "deadlines": _deadlines(request, case, deadlines, steps),
        "deadline_rule": deadlines.rule,
        "print_url": f"{file_url}?format=pdf",
        "export_url": f"{file_url}?",
        "history": timeline.of(deficiencies.KIND, case.id),
        **rules_beside(REGISTER, policy),
        **may_keep(request),
    }
    return show(request, "law_registers/shortage.html", context)


@require_safe
def file(request: FirmRequest, deficiency_id: UUID) -> HttpResponse:
    """Answer with one case and its steps as PDF, CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    case = case_of(deficiency_id)
    deadlines = deficiency_deadlines.of(policy_of(REGISTER), case.found_on)
    doc = shortage_paper.register_of(request, case, deadlines)
    name = f"shortage-{case.found_on.isoformat()}"
    if request.GET.get("format") == "pdf":
        return frame.pdf(name, registers.render(doc))
    return spreadsheets.answer(request, name, registers.sheet(doc))


def case_of(deficiency_id: UUID) -> Deficiency:
    """Return the case that the address names, of the reader's firm only; else there is no such page."""
    try:
        return deficiencies.visible(deficiency_id)
    except deficiencies.NoSuchDeficiency as missing:
        raise Http404(str(missing)) from missing


def told_of(case: Deficiency) -> dict[str, Any]:
    """Return what every page about a case says of it."""
    currency = shortfalls.currency_of(case)
    amount, missing = Money(case.amount_minor, currency), shortfalls.missing(case)
    return {
        "case": case,
        "source": SOURCES[case.source],
        "is_of_proof": case.source == OF_PROOF,
        "whose": whose_money(case.ledger)[0] if case.ledger else "",
        "amount": amount,
        "missing": missing,
        "restored": amount - missing,
        "currency": currency,
        "list_url": reverse("law_register", args=[REGISTER.slug]),
    }


def _deadlines(
    request: FirmRequest, case: Deficiency, deadlines: Deadlines, steps: list[Any]
) -> list[Deadline]:
    today = recording.today(request)
    restored = [step.on for step in steps if step.act == "restored" and not step.is_reversed]
    is_whole = case.source != OF_PROOF and not shortfalls.missing(case).minor
    made_good = max(restored, default=case.found_on) if is_whole else None
    told = next((step.on for step in steps if step.act == "notified"), None)
    asked = [("Regulator told", "report_by", told)]
    if case.source != OF_PROOF:
        asked.insert(0, ("Made good", "correct_by", made_good))
    return [
        Deadline(
            title,
            shortage_paper.day_or_soon(deadlines, name),
            done_on,
            is_late=bool(last := getattr(deadlines, name)) and (done_on or today) > last,
        )
        for title, name, done_on in asked
    ]
