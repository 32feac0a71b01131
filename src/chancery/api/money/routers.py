"""Every router of client money, in the order in which the description tells of them."""

from chancery.api.money import (
    accounts,
    ledgers,
    movements,
    payments,
    protections,
    receipts,
    register_entries,
    requests,
    reversals,
    statements,
    statutory_deposits,
)

MONEY = (
    accounts.router,
    ledgers.router,
    statements.router,
    receipts.router,
    requests.router,
    payments.router,
    reversals.router,
    protections.router,
    statutory_deposits.router,  # before movements, whose {movement_id} would answer for its addresses
    movements.router,
    register_entries.router,
)
