"""Which types of matter may hold client money; a firm that names none lets every type."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from chancery.practice import firms, history, matters, permissions
from chancery.practice.people import Person
from chancery.trust.models import TrustMatterType

KIND = "types that hold money"


def named() -> set[UUID]:
    """Return the types that the firm named; none means that every type may."""
    return set(TrustMatterType.objects.values_list("matter_type_id", flat=True))


def let(*, type_ids: Collection[UUID], by: Person, at: datetime) -> None:
    """Let matters of these types alone be given ledgers from now on; none lets every type.

    Ledgers that are open stay open. A type of another firm is left out. Refuses: NotAllowed.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    firms.lock(by.firm_id)
    types = {one.id: one.name for one in matters.types_of(by)}
    before, after = named(), set(type_ids) & types.keys()
    if before == after:
        return
    TrustMatterType.objects.filter(matter_type_id__in=before - after).delete()
    TrustMatterType.objects.bulk_create(
        TrustMatterType(firm_id=by.firm_id, matter_type_id=type_id)
        for type_id in sorted(after - before)
    )
    told = tuple(_names(chosen, types) for chosen in (before, after))
    changes = {"Types that may hold money": (told[0], told[1])}
    of = (KIND, by.firm_id)
    history.record(of=of, firm_id=by.firm_id, act="Changed", by=by, at=at, changes=changes)


def _names(chosen: set[UUID], types: dict[UUID, str]) -> str:
    return ", ".join(sorted(types.get(one, "") for one in chosen)) or "every type"
