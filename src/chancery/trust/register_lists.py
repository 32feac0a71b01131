"""The registers beside the ledger as lists that can be narrowed, for pages. Reads only."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast
from uuid import UUID

from django.db.models import Count, DateField, Max, OuterRef, Q, QuerySet, Subquery, Sum

from chancery.ledger import accounts
from chancery.trust.models import ControlledAccount, PowerEntry, Protection, TransitEntry

ORDER = ("-at", "-id")
State = Literal["", "open", "ended"]


@dataclass(frozen=True)
class RegisterFilter:
    """What is asked for; an empty part asks nothing.

    ``text`` is in a name or begins the number of a matter; ``state`` is of a power or an account.
    """

    text: str = ""
    since: date | None = None
    until: date | None = None
    state: State = ""
    account: UUID | None = None
    only: UUID | None = None

    def __bool__(self) -> bool:
        asked = (self.since, self.until, self.state, self.account, self.only)
        return any(asked) or bool(self.text.strip())


def protections(asked: RegisterFilter) -> QuerySet[Protection]:
    """Return protected amounts, the latest first, by the day from which they may not leave.

    One that is ``open`` is protected still; one that is ``ended`` was released.
    """
    found = Protection.objects.select_related(
        "ledger__account", "ledger__matter__client", "by", "end__by"
    )
    found = found.filter(
        **_given(
            on__gte=asked.since,
            on__lte=asked.until,
            pk=asked.only,
            ledger__account_id=asked.account,
        )
    )
    if asked.state:
        found = found.filter(end__isnull=asked.state == "open")
    return told_of(found, asked.text, "reason", matter="ledger__matter").order_by(*ORDER)


def transit_entries(asked: RegisterFilter) -> QuerySet[TransitEntry]:
    """Return money that was handed on, the latest entry first, by the day on which it came."""
    found = TransitEntry.objects.select_related("matter__client", "by")
    found = found.filter(**_given(received_on__gte=asked.since, received_on__lte=asked.until))
    found = found.filter(**_given(pk=asked.only))
    return told_of(found, asked.text, "received_from", "passed_to").order_by(*ORDER)


def powers(asked: RegisterFilter) -> QuerySet[PowerEntry]:
    """Return the powers that were given, the latest entry first.

    ``ended_on`` is None while it stands; ``use_count``, ``used_minor`` and ``last_used_on`` tell what was
    done by it.
    """
    given = PowerEntry.objects.select_related("matter__client", "by").filter(act="given")
    given = given.filter(**_given(on__gte=asked.since, on__lte=asked.until, pk=asked.only))
    ends = PowerEntry.objects.filter(power=OuterRef("pk"), act="ended")
    used = Q(later__act="exercised")
    marked: Any = given.annotate(
        ended_on=Subquery(ends.values("on")[:1], output_field=DateField()),
        use_count=Count("later", filter=used),
        used_minor=Sum("later__amount_minor", filter=used, default=0),
        last_used_on=Max("later__on", filter=used),
    )
    if asked.state:
        marked = marked.filter(ended_on__isnull=asked.state == "open")
    named = cast("QuerySet[PowerEntry]", marked)
    return told_of(named, asked.text, "donor", "account").order_by(*ORDER)


def power_rows(asked: RegisterFilter) -> QuerySet[PowerEntry]:
    """Return every row of the register of powers whose power fits, power by power as it happened."""
    fitting = powers(asked).values("pk")
    rows = PowerEntry.objects.select_related("matter__client", "by", "power")
    return rows.filter(Q(pk__in=fitting) | Q(power_id__in=fitting)).order_by("at", "id")


def own_accounts(asked: RegisterFilter) -> QuerySet[ControlledAccount]:
    """Return matters' own bank accounts as they now stand, the latest entry first."""
    later = ControlledAccount.objects.filter(ledger=OuterRef("ledger"))
    last = Subquery(later.order_by("-turn").values("pk")[:1])
    found = _named_accounts().filter(pk=last)
    narrowed = _given(
        ledger__account_id=asked.account,
        on__gte=asked.since,
        on__lte=asked.until,
        ledger_id=asked.only,
    )
    found = found.filter(**narrowed)
    if asked.state:
        closed = accounts.closed()
        is_open = asked.state == "open"
        found = found.exclude(ledger__in=closed) if is_open else found.filter(ledger__in=closed)
    return _of_accounts(found, asked.text).order_by(*ORDER)


def own_account_turns(asked: RegisterFilter) -> QuerySet[ControlledAccount]:
    """Return every version of the details of the accounts that fit, account by account."""
    fitting = own_accounts(asked).values("ledger_id")
    return _named_accounts().filter(ledger_id__in=fitting).order_by("ledger_id", "turn")


def _named_accounts() -> QuerySet[ControlledAccount]:
    return ControlledAccount.objects.select_related(
        "ledger__account", "ledger__matter__client", "bank", "by"
    )


def _of_accounts(found: QuerySet[ControlledAccount], text: str) -> QuerySet[ControlledAccount]:
    if not (text := text.strip()):
        return found
    named = Q(name__icontains=text) | Q(number_shown__icontains=text)
    return found.filter(named | Q(ledger__matter__number__istartswith=text))


def told_of(
    found: QuerySet[Any], text: str, *columns: str, matter: str = "matter"
) -> QuerySet[Any]:
    """Return the rows whose matter's number begins so, or that name it in one of the columns."""
    if not (text := text.strip()):
        return found
    fitting = Q(**{f"{matter}__number__istartswith": text})
    for column in columns:
        fitting |= Q(**{f"{column}__icontains": text})
    return found.filter(fitting)


def _given(**wanted: Any) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value is not None}
