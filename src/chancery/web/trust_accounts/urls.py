"""Addresses of the trust accounts' books."""

from django.urls import path

from chancery.web.trust_accounts import (
    cash_books,
    ledgers,
    locks,
    overview,
    statement,
    trial_balance,
)

_ONE = "trust-accounts/<uuid:account_id>/"

urlpatterns = [
    path("trust-accounts/", overview.accounts_page, name="trust_accounts"),
    path("trust-accounts/export/", overview.export, name="trust_accounts_export"),
    path(_ONE, ledgers.ledgers_page, name="trust_account_ledgers"),
    path(f"{_ONE}export/", ledgers.export, name="trust_account_ledgers_export"),
    path(f"{_ONE}statement/", statement.statement_page, name="trust_account_statement"),
    path(f"{_ONE}statement/export/", statement.export, name="trust_account_statement_export"),
    path(f"{_ONE}cash-book/", cash_books.cash_book_page, name="trust_account_cash_book"),
    path(f"{_ONE}cash-book/file/", cash_books.file, name="trust_account_cash_book_file"),
    path(f"{_ONE}trial-balance/", trial_balance.balance_page, name="trust_account_trial_balance"),
    path(
        f"{_ONE}trial-balance/file/",
        trial_balance.file,
        name="trust_account_trial_balance_file",
    ),
    path(f"{_ONE}locked-days/", locks.locks_page, name="trust_account_locks"),
]
