"""One request as its page shows it: what is asked, what it would do, who stands behind it, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.practice.people import Person
from chancery.practice.permissions import Act, allows
from chancery.reports.gathered import methods
from chancery.trust import approvals, costs_facts, payees, settings
from chancery.trust.payees import PayeeDetails
from chancery.trust.requests import OPEN_STATES, MoneyRequest, RequestKind, RequestState
from chancery.trust.rules import costs
from chancery.web.payees import rows as payee_rows
from chancery.web.payees.rows import DetailsView
from chancery.web.requests import bill_words
from chancery.web.requests.effects import Effect, effect_of
from chancery.web.requests.figures import signed
from chancery.web.requests.rows import RequestRow, row_of
from chancery.web.shell import places
from chancery.web.shell.refusals import RefusalView, view_of


@dataclass(frozen=True)
class Behind:
    """Who stands behind a request, who still may, and by which rule."""

    given: int
    needed: int
    missing: int
    rule: str
    may: tuple[str, ...]


@dataclass(frozen=True)
class Turns:
    """What the reader may do with a request now."""

    approve: bool
    own: bool
    ask_back: bool
    answer: bool
    take_back: bool
    edit: bool
    release: bool

    @property
    def any_words(self) -> bool:
        """Tell whether some act that needs words is open."""
        return self.ask_back or self.answer or self.take_back


@dataclass(frozen=True)
class RequestView:
    """A request whole."""

    row: RequestRow
    version: int
    title: str
    sum: str
    method: str
    authority: str
    assignee: str
    facts: tuple[tuple[str, str], ...]
    payee: DetailsView | None
    may_check_payee: bool
    lacks_details: bool
    effects: tuple[Effect, ...]
    behind: Behind | None
    turns: Turns
    costs_from: date | None
    costs_rule: str
    costs_stop: RefusalView | None
    receipt_url: str


def of(request: MoneyRequest, reader: Person, words: Mapping[str, str], today: date) -> RequestView:
    """Return a request for its page."""
    firm = reader.firm
    row = row_of(request, words, firm.name)
    is_open = request.state in OPEN_STATES
    stands = _behind(request, reader) if is_open else None
    from_on, rule, stop = _costs(request, today) if is_open else (None, "", None)
    details = request.payee_details
    is_electronic = request.method == "electronic" and request.kind == RequestKind.WITHDRAWAL
    return RequestView(
        row=row,
        version=request.version,
        title=f"{row.kind_label} of {signed(row.amount, firm.country)}",
        sum=signed(row.amount, firm.country),
        method=methods.payment(request.method, words),
        authority=request.authority,
        assignee=request.assignee.name if request.assignee else "",
        facts=bill_words.facts_of(request, words),
        payee=payee_rows.of_details(details) if details else None,
        may_check_payee=_may_check(details, reader),
        lacks_details=is_open and is_electronic and details is None,
        effects=effects_of(request, today) if is_open else (),
        behind=stands,
        turns=_turns(request, reader, stands),
        costs_from=from_on,
        costs_rule=rule,
        costs_stop=stop,
        receipt_url=_receipt_url(request) if is_open else "",
    )


def _may_check(details: PayeeDetails | None, reader: Person) -> bool:
    if details is None or details.entered_by_id == reader.id:
        return False
    return allows(reader, Act.CHECK_PAYEES) and not payees.is_verified(details)


def effects_of(request: MoneyRequest, today: date) -> tuple[Effect, ...]:
    """Return what the request would do to each ledger that it touches."""
    amount = Money(request.amount_minor, request.account.currency)
    comes_in = request.kind == RequestKind.RECEIPT
    first = effect_of(request.ledger, amount, today, is_out=not comes_in)
    if request.target is None:
        return (first,)
    return (first, effect_of(request.target, amount, today, is_out=False))


def _behind(request: MoneyRequest, reader: Person) -> Behind:
    stands = approvals.behind(request, reader)
    may = tuple(one.name for one in approvals.who_still_may(request, reader))
    return Behind(stands.given, stands.needed, stands.missing, stands.rule, may)


def _turns(request: MoneyRequest, reader: Person, stands: Behind | None) -> Turns:
    if stands is None:
        return Turns(*[False] * 7)
    may_approve = allows(reader, Act.APPROVE_MONEY)
    may_ask = allows(reader, Act.ASK_FOR_MONEY)
    own = approvals.prepared(request).was_prepared_by(str(reader.id))
    still = {one.id for one in approvals.who_still_may(request, reader)}
    does = Act.TAKE_RECEIPTS if request.kind == RequestKind.RECEIPT else Act.RELEASE_MONEY
    return Turns(
        approve=reader.id in still and stands.missing > 0,
        own=own and may_approve,
        ask_back=may_approve and not own,
        answer=may_ask and request.state == RequestState.NEEDS_INFORMATION,
        take_back=may_ask and own,
        edit=may_ask and (not stands.given or allows(reader, Act.EDIT_APPROVED)),
        release=request.state == RequestState.APPROVED and allows(reader, does),
    )


def _costs(request: MoneyRequest, today: date) -> tuple[date | None, str, RefusalView | None]:
    """Return from which day costs may be taken, by which rule, and what stops it today."""
    if request.kind != RequestKind.BILL:
        return None, "", None
    policy, facts = settings.policy(), costs_facts.as_it_stands(request)
    first = costs.first_allowed_on(policy, facts.delivered_on) if facts.delivered_on else None
    try:
        costs.may_take_costs(policy, facts, today)
    except Refusal as refusal:
        return first, policy.costs.waiting.rule, view_of(refusal, title="Not yet to be taken")
    return first, policy.costs.waiting.rule, None


def _receipt_url(request: MoneyRequest) -> str:
    """Return the receipt form filled from the request, or nothing while there is no such page."""
    address = places.address("receipt_add")
    if not address or request.kind != RequestKind.RECEIPT:
        return ""
    amount = Money(request.amount_minor, request.account.currency)
    asked = {
        "request": request.id,
        "ledger": request.ledger_id,
        "amount_1": amount,
        "reason": request.reason,
        "received_from": request.payee,
    }
    return f"{address}?{urlencode(asked)}"
