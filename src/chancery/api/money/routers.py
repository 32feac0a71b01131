"""Every router of client money, in the order in which the description tells of them."""

from chancery.api.money import (
    accounts,
    clearances,
    deficiencies,
    deposit_slips,
    interest,
    ledgers,
    movements,
    own_money,
    payees,
    payments,
    protections,
    receipts,
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
    clearances.router,
    deposit_slips.router,
    payees.router,
    requests.router,
    payments.router,
    reversals.router,
    protections.router,
    # Before movements, whose {movement_id} would answer for their addresses.
    interest.router,
    own_money.router,
    statutory_deposits.router,
    movements.router,
    deficiencies.router,  # of all registers: their entries are added to the same router
)
