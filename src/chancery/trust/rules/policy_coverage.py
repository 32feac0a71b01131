"""Which values of the packs govern the deeds of client money, and who reads each.

A value is read into the policy by a setting or carried as words, or it belongs to other work, named
here with the reason. A test walks every pack, so that no value is forgotten.
"""

from collections.abc import Iterator

from chancery.trust.rules import (
    policy_accounts,
    policy_care,
    policy_clearing,
    policy_costs,
    policy_deposit,
    policy_funds,
    policy_ledger,
    policy_payments,
    policy_receipts,
)
from chancery.trust.rules.ruled import Setting

_AREAS = (
    policy_ledger,
    policy_receipts,
    policy_clearing,
    policy_payments,
    policy_costs,
    policy_accounts,
    policy_funds,
    policy_deposit,
    policy_care,
)
_NAMES = "the naming and notifying of an account, checked when it is opened (account_names)"
_RECONCILING = "the reconciliation work"
_RECORDS = "a list of books to keep, which the reports are"

OTHER_WORK = {
    "account.definition": _NAMES,
    "account.institution": _NAMES,
    "account.label": _NAMES,
    "account.location": _NAMES,
    "account.name_must_contain": _NAMES,
    "account.notify_open_close_days": _NAMES,
    "account.notify_signatories": _NAMES,
    "account.open_close_report": _NAMES,
    "account.register": _NAMES,
    "bank_formats": "the reading and writing of bank files",
    "certification": "a declaration by the lawyer, outside the books",
    "client_notice": "notices and statements to clients",
    "examination": "the yearly examination",
    "recon_form": _RECONCILING,
    "reconciliation": _RECONCILING,
    "records": _RECORDS,
    "software": "the approval of software by a regulator",
    "statements": "notices and statements to clients",
    "supervisor.role": "the people and their roles",
    "system.backup": "backups",
    "system.location": "a remark on where rules stand",
    "system.month_end_pack": _RECONCILING,
}
"""Paths, or whole sections, that belong to other work, and to which."""


def every_setting() -> "tuple[Setting[object], ...]":
    """Return every setting of the policy; their types differ, so only their common face is promised."""
    return tuple(_settings())


def _settings() -> "Iterator[Setting[object]]":
    for area in _AREAS:
        yield from area.SETTINGS


def words_paths() -> frozenset[str]:
    """Return the paths whose words the policy carries for people to read."""
    return frozenset(path for area in _AREAS for path in area.WORDS)


def read_paths() -> frozenset[str]:
    """Return the paths that the policy reads, typed or as words."""
    return words_paths() | {path for setting in every_setting() for path in setting.paths}


def belongs_elsewhere(path: str) -> str:
    """Return the other work that a path belongs to; empty if to none."""
    return OTHER_WORK.get(path) or OTHER_WORK.get(path.partition(".")[0], "")
