"""Which handler delivers which topic: one line each."""

from chancery.accounting import account_creation, accounts, refreshing
from chancery.accounting.edge import Handler

HANDLERS: dict[str, Handler] = {
    accounts.TOPIC: account_creation.deliver,
    refreshing.TOPIC: refreshing.deliver,
}
