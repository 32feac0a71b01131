"""An account as the package has it: its code, that it is being made, or what stopped it and what helps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.urls import reverse

from chancery.accounting import account_progress
from chancery.accounting.account_progress import Progress
from chancery.accounting.account_rules import PACKAGE
from chancery.accounting.accounts import AccountUse
from chancery.outbox.troubles import Remedy


@dataclass(frozen=True)
class Act:
    """A button that ends the trouble: a link where ``url`` says where to, else an act of its own."""

    kind: str
    label: str
    url: str = ""

    @classmethod
    def of(cls, remedy: Remedy, use: AccountUse) -> Self:
        """Return the button for a remedy: a new name and a new connection have pages of their own."""
        urls = {"rename": _where_to_rename(use), "reconnect": reverse("admin_accounting")}
        return cls(remedy.kind, remedy.label, urls.get(remedy.kind, ""))


@dataclass(frozen=True)
class Kept:
    """What the page says of an account in the package.

    ``is_busy``: the page looks again by itself. ``waits``: why nothing happens at this moment, and
    until when. ``lacks``: what the account over there should have, and how. ``trouble``: what stopped
    it; the acts end it.
    """

    text: str
    use_id: UUID | None = None
    is_there: bool = False
    lacks: str = ""
    is_busy: bool = False
    waits: str = ""
    until: datetime | None = None
    trouble: str = ""
    acts: tuple[Act, ...] = ()
    package: str = PACKAGE


NOWHERE = Kept("not there")
_GIVE_CODE = (
    f"Give it a 3-digit code in {PACKAGE}, in its chart of accounts; then press Refresh… under"
    " Accounting."
)


def of_uses(uses: Iterable[AccountUse], *, at: datetime) -> dict[UUID, Kept]:
    """Return what the page says of each use, by the use's id."""
    listed = list(uses)
    standing = account_progress.progress_of(listed, at=at)
    return {use.id: _kept(use, standing[use.id]) for use in listed}


def _kept(use: AccountUse, stands: Progress) -> Kept:
    match stands.state:
        case "there":
            lacks = "" if stands.code else _GIVE_CODE
            return Kept(stands.code or "no code", use.id, is_there=True, lacks=lacks)
        case "creating":
            return Kept(stands.sentence, use.id, is_busy=True)
        case "waiting":
            return Kept("Waiting", use.id, is_busy=True, waits=stands.sentence, until=stands.until)
        case "stopped":
            acts = tuple(Act.of(remedy, use) for remedy in stands.remedies)
            return Kept("Stopped", use.id, trouble=stands.sentence, acts=acts)


def _where_to_rename(use: AccountUse) -> str:
    if use.trust_account_id:
        return reverse("trust_account", args=[use.trust_account_id])
    return reverse("admin_trust_rename", args=[use.id])
