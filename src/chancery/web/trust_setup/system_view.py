"""The card of the system accounts: chosen, being made, stopped, or still to be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms.boundfield import BoundField
from django.http import QueryDict

from chancery.accounting import candidates, system_accounts
from chancery.accounting.accounts import AccountUse, UseOfAccount
from chancery.accounting.chart import ChartAccount
from chancery.lib import clock
from chancery.trust.rules.packs import Pack
from chancery.web.trust_setup import in_package
from chancery.web.trust_setup.forms import AUTO_CREATE, CREATE, Choices, SystemAccountsForm
from chancery.web.trust_setup.in_package import Kept

_HINTS = {
    UseOfAccount.TRUST_LIABILITY: "What the firm owes its {people}. "
    "Must be a current liability that allows payments.",
    UseOfAccount.TRUST_TRANSFERS: "Money on its way from the {account} to the {office}. "
    "Ends each day at 0.00.",
}


@dataclass(frozen=True)
class SystemLine:
    """One system account: a field to choose it by, or where it stands while it is being made."""

    label: str
    hint: str
    field: BoundField | None
    kept: Kept | None


@dataclass(frozen=True)
class SystemView:
    """Both of them. ``asks_first`` is true until both are decided."""

    form: SystemAccountsForm
    lines: tuple[SystemLine, ...]
    asks_first: bool

    @property
    def is_busy(self) -> bool:
        """Tell whether one is being made, so that the card renews itself."""
        return any(line.kept and line.kept.is_busy for line in self.lines)

    @property
    def asks(self) -> bool:
        """Tell whether there is anything to save."""
        return any(line.field for line in self.lines)


def system_form(place: Pack, posted: QueryDict | None = None) -> SystemAccountsForm:
    """Return the form with what may be chosen now; one that is being made is not asked for."""
    uses = system_accounts.of_firm()
    offered = candidates.for_system()
    form = SystemAccountsForm(posted)
    for use in system_accounts.SYSTEM:
        decided = uses.get(use)
        if decided and decided.chart_account is None:
            del form.fields[use.value]
        else:
            choices, first = _choices(use, decided, offered)
            form.offer(use.value, choices, first=first, hint=hint(use, place))
    return form


def hint(use: UseOfAccount, place: Pack) -> str:
    """Return what a system account is for, in the place's words."""
    terms = place.terms
    return _HINTS[use].format(
        people=terms.people, account=terms.pool_account, office=terms.firm_account
    )


def system_view(place: Pack, form: SystemAccountsForm | None = None) -> SystemView:
    """Return the card."""
    shown = form or system_form(place)
    uses = system_accounts.of_firm()
    kept = in_package.of_uses(uses.values(), at=clock.now())
    lines = tuple(
        SystemLine(
            label=use.label,
            hint=hint(use, place),
            field=shown[use.value] if use.value in shown.fields else None,
            kept=kept[uses[use].id] if use in uses else None,
        )
        for use in system_accounts.SYSTEM
    )
    return SystemView(shown, lines, asks_first=len(uses) < len(system_accounts.SYSTEM))


def _choices(
    use: UseOfAccount, decided: AccountUse | None, offered: Sequence[ChartAccount]
) -> tuple[Choices, str]:
    """Return what may be chosen, the likeliest first, and which of them is chosen at first."""
    if decided and decided.chart_account:
        own = decided.chart_account
        return [(str(own.id), str(own)), *_plain(offered)], str(own.id)
    suggestion = system_accounts.suggested(use)
    create = (CREATE, AUTO_CREATE)
    if suggestion is None:
        return [create, *_plain(offered)], CREATE
    named = [
        (value, f"{text} (suggested)")
        for value, text in _plain(offered)
        if value == str(suggestion)
    ]
    others = [choice for choice in _plain(offered) if choice[0] != str(suggestion)]
    return [*named, create, *others], str(suggestion)


def _plain(offered: Sequence[ChartAccount]) -> Choices:
    return [(str(account.id), str(account)) for account in offered]
