"""What is typed when money is protected or released; the deeds judge everything else."""

from collections.abc import Mapping
from typing import Any

from django import forms

from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.protections import LONGEST_REASON
from chancery.web.receipts.ledger_lines import LedgerLinesForm
from chancery.web.shell.forms import PlainForm, dress


class ProtectForm(LedgerLinesForm):
    """Money of one ledger, and why it may not leave."""

    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        help_text="Such as: stamp duty, undertaking to the bank",
    )
    lines_at_most = 1

    def accounts_offered(self) -> list[TrustBankAccount]:
        """Return the accounts, those first in which the money of many lies together."""
        return sorted(super().accounts_offered(), key=lambda one: one.kind == "controlled")

    @classmethod
    def about(
        cls, ledger_id: str, *, words: Mapping[str, str], initial: Mapping[str, Any]
    ) -> "ProtectForm":
        """Return a fresh form with one ledger chosen on whichever account it lies."""
        form = cls(words=words, initial={**initial, "ledger_1": ledger_id})
        for account_id in form.accounts:
            chosen = {**initial, "ledger_1": ledger_id, "account": account_id}
            on_account = cls(words=words, initial=chosen)
            if on_account.line(1).chosen_id:
                return on_account
        return form


class ReleaseForm(PlainForm):
    """Why a protected amount may leave again."""

    reason = forms.CharField(label="Why", max_length=LONGEST_REASON)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
