"""The client ledgers that somebody may choose among while they type what they know of a matter."""

from uuid import UUID

from chancery.practice import matter_list
from chancery.practice.matter_list import MatterFilter
from chancery.practice.people import Person
from chancery.trust.models import TrustLedger

OFFERED = 20


def offered(by: Person, text: str) -> list[TrustLedger]:
    """Return ledgers of open accounts whose matter or client fits, the latest matter first."""
    ledgers = TrustLedger.objects.select_related("account", "matter__client")
    ledgers = ledgers.filter(matter__isnull=False, account__status="open")
    if text.strip():
        fitting = matter_list.found(by, MatterFilter(text=text)).order_by()
        ledgers = ledgers.filter(matter_id__in=fitting.values("pk"))
    return list(ledgers.order_by("-matter__number", "account__name", "id")[:OFFERED])


def of_number(account_id: UUID, number: str) -> TrustLedger | None:
    """Return the ledger that a matter has on an account, by the matter's number."""
    ledgers = TrustLedger.objects.select_related("account", "matter__client")
    return ledgers.filter(account_id=account_id, matter__number__iexact=number.strip()).first()
