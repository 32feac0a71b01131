"""What is due on statutory deposit: chosen account and period, the steps, the days, and the file."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.practice.permissions import Act, require
from chancery.reports import registers
from chancery.reports.imprint import Fact
from chancery.reports.registers import Register
from chancery.reports.sheets import Column
from chancery.trust import account_ledgers, jurisdiction, settings, statutory_deposits
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.rules import statutory_deposit
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_deposit import DepositKind
from chancery.trust.rules.statutory_deposit import Period
from chancery.web.dormant.rows import rule_of
from chancery.web.firm_of_request import FirmRequest
from chancery.web.movements import deposit_rules
from chancery.web.movements.pages import may_keep
from chancery.web.shell import spreadsheets, times
from chancery.web.shell.answers import show
from chancery.web.statutory_deposits import steps
from chancery.web.statutory_deposits.forms import ChoiceForm
from chancery.web.statutory_deposits.steps import Step
from chancery.web.trust_accounts import frame

_PERIODS = 8
_NOT_POOLED = ("controlled", "statutory")


@dataclass(frozen=True)
class Found:
    """What a period asks of an account: its steps, its days, and what is still to be deposited."""

    account: TrustBankAccount
    period: Period
    steps: list[Step]
    days: list[tuple[str, date]]
    says: str
    rule: str
    record_url: str = ""
    is_late: bool = False
    is_early: bool = False


@require_safe
def due_page(request: FirmRequest) -> HttpResponse:
    """Show what is due for an account and a period, step by step."""
    require(request.person, Act.READ_MONEY)
    policy = _policy()
    form = _form(request, policy)
    found = _found(request, form, policy)
    shown = deposit_rules.of(policy)
    ruled = {one.path for one in shown}
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "kind": policy.deposit.kind,
        "is_notified": not form.periods,
        "list_url": reverse("movement_list", args=["statutory-deposit"]),
        "record_url": reverse("movement_add", args=["deposit-made"]),
        "export_url": f"{reverse('deposit_due_file')}?{request.GET.urlencode()}",
        "rules": [rule_of(one) for one in shown],
        "place_words": [one for one in policy.deposit.words if one.path not in ruled],
        **may_keep(request),
    }
    return show(request, "statutory_deposits/due.html", context)


@require_safe
def file(request: FirmRequest) -> HttpResponse:
    """Answer with the computation as PDF, CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    policy = _policy()
    found = _found(request, _form(request, policy), policy)
    if found is None:
        raise Http404("Nothing is computed for this place, or no account is open.")
    doc = _register(request, found)
    name = f"statutory-deposit-{found.period.last.isoformat()}"
    if request.GET.get("format") == "pdf":
        return frame.pdf(name, registers.render(doc))
    return spreadsheets.answer(request, name, registers.sheet(doc))


def _policy() -> Policy:
    """Return the rules of a place that has a scheme; elsewhere there is no such page."""
    if jurisdiction.of_firm() is None:
        raise Http404("No jurisdiction is chosen yet.")
    policy = settings.policy()
    if policy.deposit.kind.value is DepositKind.NONE:
        raise Http404("The place asks for no statutory deposit.")
    return policy


def _form(request: FirmRequest, policy: Policy) -> ChoiceForm:
    pooled = [one for one in account_ledgers.open_accounts() if one.kind not in _NOT_POOLED]
    periods = statutory_deposit.periods(policy, frame.today(request), _PERIODS)
    return ChoiceForm(request.GET, accounts=pooled, periods=periods)


def _found(request: FirmRequest, form: ChoiceForm, policy: Policy) -> Found | None:
    account, period = form.account_chosen, form.period_chosen
    if account is None or period is None:
        return None
    today = frame.today(request)
    if policy.deposit.kind.value is DepositKind.QUARTERLY:
        return _of_quarter(account, period, policy, today)
    half = statutory_deposits.asked_half_year(account=account, period=period, today=today)
    return Found(
        account,
        period,
        steps.of_half_year(half, period, policy),
        [("Due by", half.due_by)],
        "",
        policy.deposit.due.rule,
    )


def _of_quarter(account: TrustBankAccount, period: Period, policy: Policy, today: date) -> Found:
    asked = statutory_deposits.asked(account=account, quarter_end=period.last, today=today)
    still = steps.still_to_deposit(asked)
    said = {
        "account": account.id,
        "amount": str(still),
        "reason": f"Statutory deposit for the quarter to {times.day(period.last)}",
    }
    published = policy.deposit.published
    return Found(
        account,
        period,
        steps.of_quarter(asked, period, policy),
        [
            ("Balances count through", asked.due.window_end),
            ("Calculate on", asked.due.calculate_on),
            ("Due by", asked.due.due_by),
        ],
        "As the regulator published" if asked.due.is_published else "Counted by the rule",
        published.rule if asked.due.is_published else policy.deposit.due.rule,
        f"{reverse('movement_add', args=['deposit-made'])}?{urlencode(said)}"
        if still and asked.is_final
        else "",
        is_late=bool(still) and asked.due.due_by < today,
        is_early=not asked.is_final,
    )


def _register(request: FirmRequest, found: Found) -> Register:
    currency = found.account.currency
    days = [Fact(label, times.day(day)) for label, day in found.days]
    return Register(
        imprint=frame.imprint(request),
        words=frame.document_words(request),
        title=f"Statutory deposit, period to {times.day(found.period.last)}",
        facts=(Fact("Account", frame.called(found.account)), *days, Fact("Rule", found.rule)),
        columns=(
            Column("Step"),
            Column("How"),
            Column("Amount", "amount", currency),
            Column("Rule"),
        ),
        rows=tuple((one.title, one.how, one.figure, one.rule) for one in found.steps),
    )
