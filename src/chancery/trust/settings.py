"""By which rules the firm handles client money: its place's, and its own where they are stricter."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from pydantic import JsonValue

from chancery.lib.money import Money
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import jurisdiction
from chancery.trust.models import JurisdictionChoice, TrustSettings
from chancery.trust.rules import overrides, packs
from chancery.trust.rules.policy import Policy

KIND = "trust settings"


@dataclass(frozen=True)
class Habits:
    """What the firm set for itself beside the rules of its place."""

    stricter: dict[str, JsonValue]
    uses_deposit_slips: bool = False
    daily_limit: Money | None = None


def policy() -> Policy:
    """Return the rules that hold for this firm's client money.

    Refuses: JurisdictionNotChosen.
    """
    code = JurisdictionChoice.objects.values_list("code", flat=True).first()
    stricter = TrustSettings.objects.values_list("stricter", flat=True).first()
    return policy_of(code, json.dumps(stricter or {}, sort_keys=True))


def policy_of(place: str | None, stricter: str | None) -> Policy:
    """Return the rules of a place, with what a firm set more strictly, as JSON, where it set anything.

    Refuses: JurisdictionNotChosen.
    """
    if place is None:
        raise jurisdiction.JurisdictionNotChosen
    return _policy(place, stricter or "{}")


def policy_values() -> dict[str, JsonValue]:
    """Return what the firm set more strictly than its place, by the path of the setting."""
    return TrustSettings.objects.values_list("stricter", flat=True).first() or {}


def habits(currency: str) -> Habits:
    """Return what the firm set for itself."""
    kept = TrustSettings.objects.first()
    if kept is None:
        return Habits({})
    limit = kept.daily_limit_minor
    return Habits(
        stricter=kept.stricter,
        uses_deposit_slips=kept.uses_deposit_slips,
        daily_limit=None if limit is None else Money(limit, currency),
    )


def change(*, to: Habits, by: Person, at: datetime) -> None:
    """Set the firm's own habits; a rule of the place is only ever made stricter.

    Refuses: NotAllowed, JurisdictionNotChosen, UnknownSetting, NotStricter.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    firm = jurisdiction.lock_firm(by.firm_id)
    place = policy().pack
    for path, value in to.stricter.items():
        overrides.check(place, path, value)
    before = _facts(habits(firm.currency))
    TrustSettings.objects.update_or_create(
        firm_id=firm.id,
        defaults={
            "stricter": to.stricter,
            "uses_deposit_slips": to.uses_deposit_slips,
            "daily_limit_minor": to.daily_limit.minor if to.daily_limit else None,
        },
    )
    changes = history.differences(before, before | _facts(to))
    _record(firm.id, changes, by, at)


def set_stricter(*, path: str, value: JsonValue, by: Person, at: datetime) -> None:
    """Set one value more strictly than the place; None lets the place's own value hold again.

    Refuses: NotAllowed, JurisdictionNotChosen, UnknownSetting, NotStricter.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    firm = jurisdiction.lock_firm(by.firm_id)
    kept = habits(firm.currency)
    others = {key: one for key, one in kept.stricter.items() if key != path}
    stricter = others if value is None else {**others, path: value}
    change(to=replace(kept, stricter=stricter), by=by, at=at)


def set_habits(
    *, uses_deposit_slips: bool, daily_limit: Money | None, by: Person, at: datetime
) -> None:
    """Set what the firm does beside the rules: deposit slips, and what one person may release in a day.

    Refuses: NotAllowed, JurisdictionNotChosen.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    firm = jurisdiction.lock_firm(by.firm_id)
    kept = habits(firm.currency)
    to = replace(kept, uses_deposit_slips=uses_deposit_slips, daily_limit=daily_limit)
    change(to=to, by=by, at=at)


@lru_cache(maxsize=200)
def _policy(code: str, stricter: str) -> Policy:
    return Policy.of(packs.load(code), json.loads(stricter))


def _facts(habits: Habits) -> dict[str, object]:
    return {
        "Stricter than the place": json.dumps(habits.stricter, sort_keys=True),
        "Deposit slips": "used" if habits.uses_deposit_slips else "not used",
        "Released by one person in a day, at most": str(habits.daily_limit or ""),
    }


def _record(firm_id: UUID, changes: history.Changes, by: Person, at: datetime) -> None:
    if changes:
        history.record(
            of=(KIND, firm_id), firm_id=firm_id, act="Changed", by=by, at=at, changes=changes
        )
