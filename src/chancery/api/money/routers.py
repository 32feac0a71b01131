"""Every router of client money, in the order in which the description tells of them."""

from chancery.api.money import (
    accounts,
    clearances,
    deficiencies,
    deposit_slips,
    history_imports,
    interest,
    ledgers,
    movements,
    opening_files,
    opening_parts,
    openings,
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
    openings.router,
    opening_parts.router,
    opening_files.router,
    history_imports.router,
    deficiencies.router,  # of all registers: their entries are added to the same router
)
