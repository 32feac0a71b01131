"""Open the ledgers of many matters at once, for an opening and for an imported history."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chancery.ledger import accounts
from chancery.ledger.accounts import AccountKind
from chancery.lib.refusals import Refusal
from chancery.practice import history, matters
from chancery.practice.matters import Matter, MatterStatus
from chancery.practice.people import Person
from chancery.trust import client_ledgers, settings
from chancery.trust.client_ledgers import MatterIsClosed, MatterTypeHoldsNoMoney, OneClientOnly
from chancery.trust.models import TrustBankAccount, TrustLedger, TrustMatterType


@dataclass(frozen=True)
class Known:
    """The matters that some numbers name, and the ledgers they have on an account already."""

    matters: Mapping[str, Matter]
    ledgers: Mapping[UUID, TrustLedger]


def known(account: TrustBankAccount, numbers: Collection[str]) -> Known:
    """Return what is known of matters by their numbers; numbers that are no matter's are left out."""
    found = matters.by_numbers(numbers)
    ledgers = TrustLedger.objects.filter(account=account, matter__isnull=False)
    of_these = ledgers.filter(matter_id__in=[matter.id for matter in found.values()])
    return Known(found, {ledger.matter_id: ledger for ledger in of_these if ledger.matter_id})


def why_not(account: TrustBankAccount, known: Known, *, of_the_past: bool) -> dict[str, Refusal]:
    """Return, by its number, why a matter that has no ledger yet may get none.

    A history ``of_the_past`` may name a matter that is closed by now; an opening balance may not.
    """
    allowed = set(TrustMatterType.objects.values_list("matter_type_id", flat=True))
    missing = [matter for matter in known.matters.values() if matter.id not in known.ledgers]
    found: dict[str, Refusal] = {}
    for matter in missing:
        if matter.status == MatterStatus.CLOSED and not of_the_past:
            found[matter.number] = MatterIsClosed(matter.number)
        elif allowed and matter.type_id not in allowed:
            found[matter.number] = MatterTypeHoldsNoMoney(matter.number, matter.type.name)
    return found | _beside_the_one(account, missing)


def _beside_the_one(account: TrustBankAccount, missing: list[Matter]) -> dict[str, Refusal]:
    """Return which matters find no room on an account that is held for one matter alone."""
    kind = settings.policy().pack.account_kind(account.kind)
    if not (kind and kind.one_client and account.number_shown):
        return {}
    taken = TrustLedger.objects.filter(account=account, matter__isnull=False).exists()
    left_over = missing if taken else missing[1:]
    return {m.number: OneClientOnly(account.name, kind.cited.authority) for m in left_over}


def open_all(
    *, account: TrustBankAccount, matters: Iterable[Matter], by: Person, at: datetime
) -> dict[UUID, TrustLedger]:
    """Open the ledgers of matters that have none; the caller holds the firm and has decided."""
    client_ledgers.ensure_pool(account, at=at)
    wanted = list(matters)
    opened = accounts.open_many(
        pool_id=account.id, kind=AccountKind.CLIENT, count=len(wanted), at=at
    )
    ledgers = TrustLedger.objects.bulk_create(
        TrustLedger(
            id=account_id,
            firm_id=by.firm_id,
            account=account,
            kind=AccountKind.CLIENT,
            matter=matter,
            opened_at=at,
            opened_by=by,
        )
        for account_id, matter in zip(opened, wanted, strict=True)
    )
    history.record_many(
        of=[(client_ledgers.KIND, ledger.id) for ledger in ledgers],
        firm_id=by.firm_id,
        act="Opened",
        by=by,
        at=at,
        changes={"Trust account": ("", account.name)},
    )
    return {ledger.matter_id: ledger for ledger in ledgers if ledger.matter_id}
