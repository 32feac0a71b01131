"""What is missing of each shortage, and how its case stands. Reads only."""

from typing import Any, cast

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from chancery.lib.money import Money
from chancery.trust.models import Deficiency, DeficiencyStep, Reversal
from chancery.trust.register_lists import ORDER, RegisterFilter, told_of

OF_MOVEMENT = ("bank_charge", "statement")
"""The sources whose id is that of a movement."""


def cases() -> QuerySet[Deficiency]:
    """Return every case with what is missing and how it stands, the latest first.

    ``missing_minor``, ``is_closed``, ``closed_on``, ``notified_on`` and ``notified_as`` tell so.

    Nothing is missing where what opened the case was taken back, and where the books that a proof found
    wrong were put right; a restoration that was taken back restores nothing.
    """
    found = Deficiency.objects.select_related("account", "by", "ledger__matter__client", "firm")
    steps = DeficiencyStep.objects.filter(deficiency=OuterRef("pk"))
    closed = steps.filter(act="closed")
    opened_by = Exists(_taken_back("source_id"))
    told = steps.filter(act="notified").order_by("at", "id")
    marked: Any = found.annotate(
        missing_minor=Case(
            When(Q(source__in=OF_MOVEMENT) & opened_by, then=Value(0)),
            When(Q(source="proof") & Exists(closed), then=Value(0)),
            default=F("amount_minor") - Coalesce(_restored(), Value(0)),
            output_field=BigIntegerField(),
        ),
        is_closed=Exists(closed),
        closed_on=Subquery(closed.values("on")[:1], output_field=DateField()),
        notified_on=Subquery(told.values("on")[:1], output_field=DateField()),
        notified_as=Subquery(told.values("reference")[:1]),
    )
    return cast("QuerySet[Deficiency]", marked.order_by(*ORDER))


def found(asked: RegisterFilter) -> QuerySet[Deficiency]:
    """Return the cases that fit: by words of the cause or the matter, days, account, and whether open."""
    exact = {
        "found_on__gte": asked.since,
        "found_on__lte": asked.until,
        "pk": asked.only,
        "account_id": asked.account,
    }
    fitting: Any = cases().filter(**{name: one for name, one in exact.items() if one})
    if asked.state:
        fitting = fitting.filter(is_closed=asked.state == "ended")
    return told_of(fitting, asked.text, "cause", matter="ledger__matter")


def missing(case: Deficiency) -> Money:
    """Return what is still to be restored."""
    marked: Any = cases().get(pk=case.pk)
    return Money(marked.missing_minor, currency_of(case))


def currency_of(case: Deficiency) -> str:
    """Return the currency of what is missing."""
    return case.account.currency if case.account else case.firm.currency


def steps_of(case: Deficiency) -> list[DeficiencyStep]:
    """Return what was done about a case, in order; ``is_reversed`` tells restorations taken back."""
    steps = DeficiencyStep.objects.filter(deficiency=case).select_related("by", "movement")
    marked: Any = steps.annotate(is_reversed=Exists(_taken_back("movement_id")))
    return list(marked.order_by("at", "id"))


def _restored() -> Subquery:
    standing = DeficiencyStep.objects.filter(deficiency=OuterRef("pk"), act="restored")
    standing = standing.exclude(Exists(_taken_back("movement_id"))).order_by()
    sums = standing.values("deficiency").annotate(total=Sum("amount_minor")).values("total")
    return Subquery(sums, output_field=BigIntegerField())


def _taken_back(column: str) -> QuerySet[Reversal]:
    return Reversal.objects.filter(document_kind="movement", document_id=OuterRef(column))
