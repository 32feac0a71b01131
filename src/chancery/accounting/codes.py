"""Choose a free account code: three digits, where the package's users look for such an account."""

from collections.abc import Collection

from chancery.accounting.port import AccountType

_LAST = 999
# 090 is left free: it is the code that people give the office account.
_FIRST = {AccountType.BANK: 91, AccountType.CURRENT_LIABILITY: 825}


def next_free(kind: AccountType, *, taken: Collection[str]) -> str | None:
    """Return the first code not taken: banks from 091 upward, current liabilities from 825 upward.

    When none is left up to 999, those below are tried, upward from 001. None: all are taken.
    """
    first = _FIRST[kind]
    tried = [*range(first, _LAST + 1), *range(1, first)]
    held = {code.strip().upper() for code in taken}
    return next((code for number in tried if (code := f"{number:03}") not in held), None)
