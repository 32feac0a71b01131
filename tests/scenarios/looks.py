"""The verbs that only look: what is held, what is due, what a rule says of a figure."""

import calendar
from datetime import date, timedelta

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.lib.money import Money
from chancery.practice.models import RecordChange
from chancery.trust import settings
from chancery.trust.models import TrustLedger
from chancery.trust.reversals import of_document
from chancery.trust.rules import calendars, costs, overdraw, own_funds
from chancery.trust.rules.spans import Span
from scenarios.grammar import Line, ScenarioError, Takes, verb
from scenarios.stage import Stage
from world import acting

AMOUNT, DAY, WORDS = Takes.AMOUNT, Takes.DAY, Takes.WORDS


@verb("holds", subject=True, amount=True, on=DAY)
def holds(stage: Stage, line: Line) -> None:
    found = _standing(stage, stage.ledger(line), line.day("on")).held_minor
    _is_right(stage, line, found)


@verb("available", subject=True, amount=True, on=DAY)
def available(stage: Stage, line: Line) -> None:
    found = _standing(stage, stage.ledger(line), line.day("on")).available_minor
    _is_right(stage, line, found)


@verb("bank holds", amount=True, on=DAY)
def bank_holds(stage: Stage, line: Line) -> None:
    with acting(stage.trust.owner):
        found = balances.of_bank(stage.trust.account.id, on=line.day("on") or stage.today)
    _is_right(stage, line, found)


@verb("ledgers hold", amount=True)
def ledgers_hold(stage: Stage, line: Line) -> None:
    """Look at the sum of the clients' ledgers alone: a shortage is never netted against them."""
    each = [_standing(stage, ledger).held_minor for ledger in stage.ledgers.values()]
    found = overdraw.standing(
        [Money(minor, stage.trust.account.currency) for minor in each],
        stage.trust.account.currency,
    )
    assert not found.is_short, f"{line.where}: a client's ledger is below zero"
    _is_right(stage, line, found.positive_total.minor)


@verb("shortage", amount=True)
def shortage(stage: Stage, line: Line) -> None:
    with acting(stage.trust.owner):
        short = TrustLedger.objects.filter(
            account=stage.trust.account, kind=AccountKind.DEFICIENCY
        ).first()
    _is_right(stage, line, _standing(stage, short).held_minor if short else 0)


@verb("reversed", subject=True, as_=WORDS)
def is_reversed(stage: Stage, line: Line) -> None:
    """Look whether a document stands beside what took it back, and that its history tells so."""
    document = stage.document(line)
    with acting(stage.trust.owner):
        found = of_document(document)
        told = RecordChange.objects.filter(record_id=document.id, at=stage.now).exists()
    assert found, f"{line.where}: {line.subject} was not taken back"
    assert told, f"{line.where}: its history does not tell"
    assert line.words("as", found.kind) == found.kind, f"{line.where}: it was a {found.kind}"


@verb("due", subject=True, amount=False, by=DAY)
def due(stage: Stage, line: Line) -> None:
    """Look by when a month's reconciliation is done, or New Zealand's certificate is filed.

    Where the time runs from the one before: ``reconciliation after 2025-01-31``.
    """
    if line.subject.startswith("reconciliation after "):
        found = _next(stage, date.fromisoformat(line.subject.split()[-1]))
    else:
        what, _, month = line.subject.partition(" for ")
        year, number = (int(part) for part in month.split("-"))
        found = _due(stage, line, what, date(year, number, 1))
    assert line.day("by") == found, f"{line.where}: it is due by {found}"


@verb("bill may be paid", subject=True, delivered=DAY)
def first_day(stage: Stage, line: Line) -> None:
    """Look at the first day on which a bill may be paid if nobody objects."""
    delivered = line.day("delivered")
    assert delivered, f"{line.where}: say when it was delivered"
    with acting(stage.trust.owner):
        found = costs.first_allowed_on(settings.policy(), delivered)
    assert line.subject == f"from {found}", f"{line.where}: it may be paid from {found}"


@verb("bank charge", amount=True, float=AMOUNT, from_float=AMOUNT, shortage=AMOUNT, office=AMOUNT)
def bank_charge(stage: Stage, line: Line) -> None:
    """Look who bears a charge, by the rule alone: the firm's own money here, then the office."""
    with acting(stage.trust.owner):
        found = own_funds.bank_charge(
            settings.policy(), stage.money(line.amount), stage.money(line.words("float", "0.00"))
        )
    told = {"from float": found.from_float, "shortage": found.shortage}
    told["office"] = found.office_restores
    for name, amount in told.items():
        assert line.words(name, str(amount)) == str(amount), f"{line.where}: {name} is {amount}"


@verb("keep own money", amount=True, held=AMOUNT)
def keep_own_money(stage: Stage, line: Line) -> None:
    """Look whether the firm may add its own money to what it holds here, by the rule alone."""
    with acting(stage.trust.owner):
        policy = settings.policy()
    own_funds.may_keep(policy, stage.money(line.words("held", "0.00")), stage.money(line.amount))


@verb("own money over", amount=True, held=AMOUNT)
def own_money_over(stage: Stage, line: Line) -> None:
    """Look by how much the firm's own money is more than the place lets it be."""
    with acting(stage.trust.owner):
        found = own_funds.excess(settings.policy(), stage.money(line.words("held", "0.00")))
    _is_right(stage, line, found.minor)


def _standing(stage: Stage, ledger: TrustLedger, on: date | None = None) -> balances.Standing:
    with acting(stage.trust.owner):
        return balances.of_accounts([ledger.id], on=on or stage.today)[ledger.id]


def _is_right(stage: Stage, line: Line, found: int) -> None:
    shown = str(Money(found, stage.trust.account.currency))
    assert line.amount == shown, f"{line.where}: it is {shown}"


def _due(stage: Stage, line: Line, what: str, month: date) -> date:
    following = _after(month)
    if what == "certificate":
        return _certificate(stage, following)
    if what != "reconciliation":
        raise ScenarioError(
            f"{line.where}: “{what}” is never due; say certificate or reconciliation"
        )
    kept = stage.place.parameter("reconciliation.deadline")
    value = kept.value if kept else None
    if not isinstance(value, dict):
        raise ScenarioError(f"{line.where}: {stage.place.label} states no day")
    if "day_of_month" in value:
        return following.replace(day=int(str(value["day_of_month"])))
    if "n" not in value:
        last = calendar.monthrange(following.year, following.month)[1]
        return following.replace(day=last)
    span = Span.read(value)
    assert span, f"{line.where}: {value} is no span"
    return calendars.add(date.fromordinal(following.toordinal() - 1), span, stage.place)


def _next(stage: Stage, before: date) -> date:
    kept = stage.place.parameter("reconciliation.frequency")
    value = kept.value if kept else None
    assert isinstance(value, dict), "the place sets no interval"
    return before + timedelta(weeks=int(str(value["max_interval_weeks"])))


def _certificate(stage: Stage, following: date) -> date:
    kept = stage.place.parameter("reconciliation.certificate")
    value = kept.value if kept else None
    assert isinstance(value, dict), "the place asks for no certificate"
    span = Span.read(value["december" if following.month == 1 else "deadline"])
    assert span, "the certificate has a deadline"
    return calendars.nth_working_day(following.year, following.month, span.n, stage.place)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
