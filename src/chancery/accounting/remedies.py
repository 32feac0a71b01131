"""What a person may do about an account that could not be made; each ends in one account or a new try."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chancery.accounting import accounts, connections
from chancery.accounting.account_rules import PACKAGE
from chancery.accounting.accounts import LONGEST_NAME, WantedIsNotRight
from chancery.accounting.models import AccountUse, ChartAccount
from chancery.accounting.port import WantedAccount
from chancery.lib.refusals import Refusal
from chancery.outbox import messages
from chancery.outbox.messages import Message, MessageState
from chancery.outbox.troubles import Remedy
from chancery.practice import permissions
from chancery.practice.people import Person
from chancery.practice.permissions import Act


@dataclass(eq=False)
class NotStopped(Refusal):
    """The account is being made or is there already; there is nothing to settle."""

    code = "accounting.account_is_not_stopped"

    def __str__(self) -> str:
        return "This is no longer waiting for you. Reload the page to see where it stands."


@dataclass(eq=False)
class NotOffered(Refusal):
    """The act was not among those that help against this trouble."""

    code = "accounting.remedy_not_offered"

    def __str__(self) -> str:
        return (
            f"That no longer helps here: {PACKAGE} has changed. Reload the page, then choose again."
        )


@dataclass(eq=False)
class NoSuchUse(Refusal):
    """No account of the package serves, or is to serve, as this."""

    code = "accounting.no_such_use"

    def __str__(self) -> str:
        return "There is no such account here. Go back to the list."


@dataclass(eq=False)
class BeingMade(Refusal):
    """A worker is asking the package for the account at this moment."""

    code = "accounting.account_is_being_made"

    def __str__(self) -> str:
        return f"{PACKAGE} is making this account right now. Save again in a few seconds."


def retry(*, use: AccountUse, by: Person, at: datetime) -> None:
    """Try again to make the account, in the organisation that is connected now.

    Refuses: NotAllowed, NotStopped, NothingToRetry.
    """
    permissions.require(by, Act.MANAGE_TRUST_SETUP)
    held = accounts.locked(use.id)
    if held.chart_account_id is not None:
        raise NotStopped
    _send_again(held, by=by, at=at)


def rename_and_retry(*, use: AccountUse, name: str, by: Person, at: datetime) -> None:
    """Ask for the account under another name.

    Refuses: NotAllowed, NotStopped, WantedIsNotRight.
    """
    permissions.require(by, Act.MANAGE_TRUST_SETUP)
    held, _ = _stopped(use)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise WantedIsNotRight(f"Give the account a name of at most {LONGEST_NAME} characters.")
    before = str(held.wanted["name"])
    _want(held, name=name, restoring="")
    changes = {f"Name in {PACKAGE}": (before, name)}
    accounts.record(held, "Changed the name of the new account", by=by, at=at, changes=changes)
    _send_again(held, by=by, at=at)


def restore_archived(*, use: AccountUse, by: Person, at: datetime) -> None:
    """Have the archived twin made active over there and use it.

    Refuses: NotAllowed, NotStopped, NotOffered.
    """
    permissions.require(by, Act.MANAGE_TRUST_SETUP)
    held, message = _stopped(use)
    remedy = _offered(message, "restore")
    _want(held, restoring=remedy.facts["external_id"])
    accounts.record(held, "Asked to restore the archived account", by=by, at=at)
    _send_again(held, by=by, at=at)


def use_existing(*, use: AccountUse, chart_account: ChartAccount, by: Person, at: datetime) -> None:
    """Use the account that is in the way instead of making one.

    Refuses: NotAllowed, NotStopped, NotOffered, CannotServe, ServesAlready.
    """
    permissions.require(by, Act.MANAGE_TRUST_SETUP)
    held, message = _stopped(use)
    if _offered(message, "use_existing").facts["external_id"] != chart_account.external_id:
        raise NotOffered
    accounts.require_fit(chart_account, held.use)
    messages.withdraw(message, by=by.id, at=at)
    accounts.assign(held, chart_account)
    changes = {f"Account in {PACKAGE}": ("", str(chart_account))}
    accounts.record(held, "Chose the existing account", by=by, at=at, changes=changes)


def use_offered(*, use: AccountUse, by: Person, at: datetime) -> None:
    """Use the account that the trouble itself names instead of making one.

    Refuses: NotAllowed, NotStopped, NotOffered, CannotServe, ServesAlready.
    """
    permissions.require(by, Act.MANAGE_TRUST_SETUP)
    held, message = _stopped(use)
    named = _offered(message, "use_existing").facts["external_id"]
    found = ChartAccount.objects.filter(external_id=named).first()
    if found is None:
        raise NotOffered
    use_existing(use=held, chart_account=found, by=by, at=at)


def visible(use_id: UUID) -> AccountUse:
    """Return what an account of the package serves as in this firm.

    Refuses: NoSuchUse.
    """
    found = AccountUse.objects.filter(pk=use_id).first()
    if found is None:
        raise NoSuchUse
    return found


def want_otherwise(*, use: AccountUse, wanted: WantedAccount, by: Person, at: datetime) -> None:
    """Let an account that is still to be made have this name and number; what had stopped goes on.

    An account that exists by now keeps its own. Refuses: NotAllowed, BeingMade.
    """
    permissions.require(by, Act.MANAGE_TRUST_SETUP)
    held = accounts.locked(use.id)
    changed = {"name": wanted.name, "bank_number": wanted.bank_number}
    if held.chart_account_id is not None or held.wanted == {**held.wanted, **changed}:
        return
    message = Message.objects.select_for_update().get(key=accounts.key_of(held))
    if message.state == MessageState.IN_FLIGHT:
        raise BeingMade
    _want(held, **changed, restoring="")
    if message.state == MessageState.NEEDS_PERSON:
        _send_again(held, by=by, at=at)


def _stopped(use: AccountUse) -> tuple[AccountUse, Message]:
    held = accounts.locked(use.id)
    message = Message.objects.select_for_update().get(key=accounts.key_of(held))
    if held.chart_account_id is not None or message.state != MessageState.NEEDS_PERSON:
        raise NotStopped
    return held, message


def _offered(message: Message, kind: str) -> Remedy:
    offered = (Remedy.of_json(kept) for kept in message.remedies)
    found = next((remedy for remedy in offered if remedy.kind == kind), None)
    if found is None:
        raise NotOffered
    return found


def _want(use: AccountUse, **changed: str) -> None:
    use.wanted = {**use.wanted, **changed}
    use.save(update_fields=["wanted"])


def _send_again(use: AccountUse, *, by: Person, at: datetime) -> None:
    message = messages.retry(accounts.message_of(use), by=by.id, at=at)
    connection = connections.of_firm()
    if connection is not None:
        message.lane = connections.lane(connection.organisation_id)
        message.save(update_fields=["lane"])
