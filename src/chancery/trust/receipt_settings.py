"""All that a receipt is judged by, asked of the database in one question: a cashier waits for each one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from chancery.trust import settings
from chancery.trust.bank_accounts import NoSuchAccount
from chancery.trust.rules.policy import Policy


@dataclass(frozen=True)
class Till:
    """The trust account that takes the money; ``status`` is open or closed."""

    id: UUID
    name: str
    currency: str
    status: str


@dataclass(frozen=True)
class Beneficiary:
    """Whose money a ledger holds: a matter and its client, or nothing of either for the firm's own ledgers."""

    matter_number: str | None
    matter_title: str | None
    client_name: str | None


@dataclass(frozen=True)
class ReceiptSetting:
    """The account, those of the ledgers asked for that lie in it, by their ids, and the rules that hold."""

    till: Till
    ledgers: Mapping[UUID, Beneficiary]
    policy: Policy


def gather(account_id: UUID, ledger_ids: Sequence[UUID]) -> ReceiptSetting:
    """Return what decides about a receipt into these ledgers of this account.

    Refuses: NoSuchAccount, JurisdictionNotChosen.
    """
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, [account_id, list(ledger_ids)])
        rows = cursor.fetchall()
    if not rows:
        raise NoSuchAccount
    name, currency, status, place, stricter = rows[0][:5]
    ledgers = {row[5]: Beneficiary(*row[6:]) for row in rows if row[5]}
    policy = settings.policy_of(place, stricter)
    return ReceiptSetting(Till(account_id, name, currency, status), ledgers, policy)


_QUESTION = """SELECT name, currency, status, place, stricter,
  ledger_id, matter_number, matter_title, client_name
  FROM trust_receipt_setting(%s, %s::uuid[])"""
