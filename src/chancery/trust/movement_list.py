"""The movements of a few kinds as a list that can be narrowed, for pages. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from chancery.trust.models import Deficiency, Movement, MovementKind, Reversal

ORDER = ("-at", "-id")


@dataclass(frozen=True)
class MovementFilter:
    """What is asked for; an empty part asks nothing. ``text`` is in a reason or begins a number."""

    account: UUID | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""

    def __bool__(self) -> bool:
        narrowed = self.account or self.kind or self.since or self.until
        return bool(narrowed or self.text.strip())


def found(kinds: Collection[MovementKind], asked: MovementFilter) -> QuerySet[Movement]:
    """Return the movements of these kinds that fit, the latest first.

    ``is_reversed`` tells which were taken back; ``short_minor`` what of a bank charge became a shortage.
    """
    named = Movement.objects.select_related(
        "account", "ledger__account", "ledger__matter__client", "by"
    )
    exact = {
        "account_id": asked.account,
        "kind": asked.kind,
        "on__gte": asked.since,
        "on__lte": asked.until,
    }
    fitting = named.filter(kind__in=kinds, **{name: one for name, one in exact.items() if one})
    if text := asked.text.strip():
        of_matter = Q(ledger__matter__number__istartswith=text)
        said = Q(reason__icontains=text) | Q(reference__istartswith=text)
        fitting = fitting.filter(said | of_matter)
    return _marked(fitting).order_by(*ORDER)


def own_money(asked: MovementFilter) -> QuerySet[Movement]:
    """Return what moved the firm's own money: paid in, taken out, and the charges that it bore."""
    kinds = (MovementKind.OWN_FUNDS_IN, MovementKind.OWN_FUNDS_OUT, MovementKind.BANK_CHARGE)
    not_borne = Q(kind=MovementKind.BANK_CHARGE, short_minor=F("amount_minor"))
    return found(kinds, asked).exclude(not_borne)


def _marked(movements: QuerySet[Movement]) -> QuerySet[Movement]:
    back = Reversal.objects.filter(document_kind="movement", document_id=OuterRef("pk"))
    cases = Deficiency.objects.filter(source="bank_charge", source_id=OuterRef("pk"))
    short = Subquery(cases.values("amount_minor")[:1], output_field=BigIntegerField())
    marked: Any = movements.annotate(
        is_reversed=Exists(back), short_minor=Coalesce(short, Value(0))
    )
    return cast("QuerySet[Movement]", marked)
