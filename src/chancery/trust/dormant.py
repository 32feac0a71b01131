"""Money that lies still: which ledgers, since when, and what was done about it.

No money moves here. A step records what somebody did or decided; what the place lets a firm decide
alone, such as giving a small balance to a charity, is decided in ``rules.residual``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from chancery.ledger import accounts, balances
from chancery.ledger.accounts import AccountKind
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.practice import folding, history, permissions
from chancery.practice.people import Person
from chancery.trust import client_ledgers, settings
from chancery.trust.models import DormantStep as DormantStep
from chancery.trust.models import TrustLedger
from chancery.trust.models.dormant import StepKind as StepKind
from chancery.trust.rules import residual
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.residual import Gift

ORDER = ("last_moved_on", "id")
LONGEST = {"words": 300, "authority": 200}
_ENDS = (StepKind.CHARITY, StepKind.LODGED)


@dataclass(frozen=True)
class DormantFilter:
    """What is asked for; ``steps`` is ``none`` or ``some`` where only those without or with steps are."""

    text: str = ""
    steps: str = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.steps)


@dataclass(frozen=True)
class StepDetails:
    """What was done, on which day, and what the place asks to be recorded of it."""

    kind: StepKind
    on: date
    words: str
    authority: str = ""
    met: frozenset[str] = frozenset()


def found(asked: DormantFilter, *, on: date) -> QuerySet[TrustLedger]:
    """Return the client ledgers that have lain still too long on a day, the longest first.

    Refuses: JurisdictionNotChosen.
    """
    since = residual.idle_since(settings.policy(), on)
    ledgers = TrustLedger.objects.filter(kind=AccountKind.CLIENT, pk__in=accounts.idle(since))
    ledgers = ledgers.select_related("account", "matter__client", "matter__responsible")
    ledgers = ledgers.annotate(last_moved_on=accounts.last_movement("pk"))
    if asked.text.strip():
        of_matter = Q(matter_id__in=folding.beginning("matter", asked.text))
        of_client = Q(matter__client_id__in=folding.beginning("contact", asked.text))
        ledgers = ledgers.filter(of_matter | of_client)
    steps = Exists(DormantStep.objects.filter(ledger=OuterRef("pk")))
    if asked.steps:
        ledgers = ledgers.filter(steps if asked.steps == "some" else ~steps)
    return ledgers.order_by(*ORDER)


def count(*, on: date) -> int:
    """Return how many client ledgers have lain still too long.

    Refuses: JurisdictionNotChosen.
    """
    return found(DormantFilter(), on=on).count()


def steps_of(ledger_ids: list[UUID]) -> dict[UUID, list[DormantStep]]:
    """Return the steps taken about some ledgers, the latest first."""
    steps = DormantStep.objects.filter(ledger_id__in=ledger_ids).select_related("by")
    taken: dict[UUID, list[DormantStep]] = {}
    for step in steps.order_by("-at", "-id"):
        taken.setdefault(step.ledger_id, []).append(step)
    return taken


def record(
    *, ledger_id: UUID, details: StepDetails, by: Person, at: datetime, today: date
) -> DormantStep:
    """Write down what was done about a ledger's money, or what is decided about it.

    Refuses: NotAllowed, NoSuchLedger, DetailsNotRight, NeedsRegulatorsAuthority, StepsMissing.
    """
    permissions.require(by, permissions.Act.LOOK_INTO_DORMANT)
    ledger = client_ledgers.visible(ledger_id)
    held = held_for(ledger, on=today)
    refuse_any(_problems(details, held, today))
    if details.kind is StepKind.CHARITY:
        gift = Gift(held, details.met, tidy(details.authority))
        residual.may_give_to_charity(settings.policy(), gift)
    step = DormantStep.objects.create(
        firm_id=by.firm_id,
        ledger=ledger,
        kind=details.kind,
        on=details.on,
        words=tidy(details.words),
        authority=tidy(details.authority),
        met=sorted(details.met),
        held_minor=held.minor,
        by=by,
        at=at,
    )
    changes = {
        "What was done": ("", step.words),
        "On": ("", step.on.isoformat()),
        "Held then": ("", str(held)),
        "Authority": ("", step.authority),
        "Conditions met": ("", "; ".join(step.met)),
    }
    told = {name: words for name, words in changes.items() if words[1]}
    of, act = (client_ledgers.KIND, ledger.id), step.get_kind_display()
    history.record(of=of, firm_id=by.firm_id, act=act, by=by, at=at, changes=told)
    return step


def held_for(ledger: TrustLedger, *, on: date) -> Money:
    """Return what is held for the ledger's matter on every account of its currency: limits are by matter."""
    currency = ledger.account.currency
    ledgers = [ledger]
    if ledger.matter_id:
        ledgers = client_ledgers.of_matter(ledger.matter_id)
    ids = [one.id for one in ledgers if one.account.currency == currency]
    standings = balances.of_accounts(ids, on=on).values()
    return Money(sum(one.held_minor for one in standings), currency)


def policy() -> Policy:
    """Return the rules that say when money has lain still, and where it may go.

    Refuses: JurisdictionNotChosen.
    """
    return settings.policy()


def _problems(details: StepDetails, held: Money, today: date) -> list[Problem]:
    found = [
        Problem(part, f"Use at most {most} characters.")
        for part, most in LONGEST.items()
        if len(tidy(getattr(details, part))) > most
    ]
    if not tidy(details.words):
        found.append(Problem("words", "Say what was done, and what came of it."))
    if details.on > today:
        found.append(Problem("on", "Choose today or an earlier day."))
    if details.kind in _ENDS and not held.minor:
        found.append(Problem("kind", "Nothing is held any more; there is nothing to decide about."))
    return found
