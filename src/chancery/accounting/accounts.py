"""Let an account of the package serve here as one thing: an existing one, or a new one made over there."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from chancery.accounting import connections
from chancery.accounting.account_rules import PACKAGE
from chancery.accounting.models import AccountUse as AccountUse
from chancery.accounting.models import ChartAccount, Connection
from chancery.accounting.models.chart import UseOfAccount as UseOfAccount
from chancery.accounting.port import AccountType, WantedAccount
from chancery.lib import ids
from chancery.lib.refusals import Refusal
from chancery.outbox import messages
from chancery.outbox.messages import Draft, Message
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.practice.permissions import Act

TOPIC = "accounting.create_account"
BANKS = frozenset({UseOfAccount.TRUST_BANK, UseOfAccount.OFFICE_BANK})
LONGEST_NAME = 150


@dataclass(eq=False)
class NoConnection(Refusal):
    """There is no organisation in which an account could be made."""

    code = "accounting.no_connection"

    def __str__(self) -> str:
        return f"{PACKAGE} is not connected yet. Connect it on Admin > Accounting, then try again."


@dataclass(eq=False)
class ServesAlready(Refusal):
    """The account of the package already serves as something here, and it may serve as one thing only."""

    code = "accounting.account_serves_already"

    account: str
    serves_as: str

    def __str__(self) -> str:
        return f"{self.account} already serves here as: {self.serves_as}. Choose another account."


@dataclass(eq=False)
class HasAccountAlready(Refusal):
    """What was to get an account has one, or one is being made for it."""

    code = "accounting.has_account_already"

    what: str

    def __str__(self) -> str:
        return f"{self.what} already has its account in {PACKAGE}. Reload the page to see it."


@dataclass(eq=False)
class CannotServe(Refusal):
    """The account of the package is not of the kind that is needed."""

    code = "accounting.account_cannot_serve"

    account: str
    because: str

    def __str__(self) -> str:
        return f"{self.account} cannot be used: {self.because} Choose another account."


@dataclass(eq=False)
class WantedIsNotRight(Refusal):
    """What is to be made lacks something that the package demands."""

    code = "accounting.wanted_account_is_not_right"

    because: str

    def __str__(self) -> str:
        return self.because


@dataclass(frozen=True)
class Subject:
    """What an account is for: one of the uses, and for a bank account the row here that it stands for."""

    use: UseOfAccount
    trust_account_id: UUID | None = None
    office_account_id: UUID | None = None

    @property
    def history_of(self) -> tuple[str, UUID] | None:
        """Return the record whose history tells of it; a system account tells of itself."""
        return ("trust account", self.trust_account_id) if self.trust_account_id else None


def create_in_package(
    *, subject: Subject, wanted: WantedAccount, by: Person, at: datetime
) -> AccountUse:
    """Ask for a new account over there: the wish and its message commit with the caller's deed.

    Refuses: NotAllowed, NoConnection, WantedIsNotRight, HasAccountAlready.
    """
    permissions.require(by, Act.MANAGE_TRUST_SETUP)
    connection = Connection.objects.first()
    if connection is None:
        raise NoConnection
    _require_right(wanted)
    use = _new_use(subject, by=by, at=at, wanted=asdict(wanted))
    messages.enqueue(
        Draft(TOPIC, use.id, key_of(use), connections.lane(connection.organisation_id)),
        firm_id=by.firm_id,
        at=at,
    )
    record(use, f"Asked {PACKAGE} for a new account", by=by, at=at, changes=_wish(wanted))
    return use


def choose_existing(
    *, subject: Subject, chart_account: ChartAccount, by: Person, at: datetime
) -> AccountUse:
    """Let an account that the package has serve here; a system account may be exchanged so.

    Refuses: NotAllowed, CannotServe, ServesAlready, HasAccountAlready.
    """
    is_office = subject.use == UseOfAccount.OFFICE_BANK
    permissions.require(by, Act.MANAGE_ACCOUNTING if is_office else Act.MANAGE_TRUST_SETUP)
    use = None if subject.use in BANKS else _system_use(subject.use)
    if use is not None and use.chart_account_id == chart_account.id:
        return use
    if use is not None and use.chart_account_id is None:
        raise HasAccountAlready(use.get_use_display())
    require_fit(chart_account, subject.use)
    if use is None:
        use = _new_use(subject, by=by, at=at, chart_account=chart_account)
    else:
        assign(use, chart_account)
    record(use, "Chose the account", by=by, at=at, changes={"Account": ("", str(chart_account))})
    return use


def require_fit(chart_account: ChartAccount, use: str) -> None:
    """Let only an account through that may serve as this.

    Refuses: CannotServe, ServesAlready.
    """
    named = str(chart_account)
    if not chart_account.is_active or chart_account.gone_at is not None:
        raise CannotServe(named, f"it is archived in {PACKAGE}.")
    needed = AccountType.BANK if use in BANKS else AccountType.CURRENT_LIABILITY
    if chart_account.type != needed:
        raise CannotServe(named, f"it is not a {needed.replace('_', ' ')} account.")
    if use not in BANKS and not chart_account.takes_payments:
        raise CannotServe(named, "it does not allow payments.")
    serving = AccountUse.objects.filter(chart_account=chart_account).first()
    if serving is not None:
        raise ServesAlready(named, serving.get_use_display())


def assign(use: AccountUse, chart_account: ChartAccount) -> None:
    """Write which account of the package serves; the database refuses a second use of one account.

    Refuses: ServesAlready.
    """
    use.chart_account = chart_account
    try:
        with transaction.atomic():
            use.save(update_fields=["chart_account"])
    except IntegrityError as error:
        raise ServesAlready(str(chart_account), "something else") from error


def locked(use_id: UUID) -> AccountUse:
    """Return the use with its row locked. Locks go in this order: the use, then its message."""
    found = AccountUse.objects.select_for_update(of=("self",)).select_related("chart_account")
    return found.get(pk=use_id)


def message_of(use: AccountUse) -> Message:
    """Return the message that asks for this use's account."""
    return Message.objects.get(firm_id=use.firm_id, key=key_of(use))


def key_of(use: AccountUse) -> str:
    """Return the name under which the account of this use is made, once and for ever."""
    return f"account:{use.id}"


def record(
    use: AccountUse,
    act: str,
    *,
    by: Person | None,
    at: datetime,
    changes: history.Changes | None = None,
) -> None:
    """Write an act into the history of what the account is for."""
    subject = Subject(UseOfAccount(use.use), use.trust_account_id, use.office_account_id)
    history.record(
        of=subject.history_of or ("account use", use.id),
        firm_id=use.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )


def _require_right(wanted: WantedAccount) -> None:
    if not wanted.name.strip() or len(wanted.name) > LONGEST_NAME:
        raise WantedIsNotRight(f"Give the account a name of at most {LONGEST_NAME} characters.")
    if wanted.type == AccountType.BANK and not wanted.bank_number.strip():
        raise WantedIsNotRight(
            f"{PACKAGE} makes no bank account without a number. Enter the number, then save again."
        )


def _new_use(subject: Subject, *, by: Person, at: datetime, **known: Any) -> AccountUse:
    try:
        with transaction.atomic():
            return AccountUse.objects.create(
                id=ids.new(),
                firm_id=by.firm_id,
                use=subject.use,
                trust_account_id=subject.trust_account_id,
                office_account_id=subject.office_account_id,
                decided_by=by,
                decided_at=at,
                **known,
            )
    except IntegrityError as error:
        if "chart_account" in str(error):
            raise ServesAlready(str(known["chart_account"]), "something else") from error
        raise HasAccountAlready(subject.use.label) from error


def _system_use(use: UseOfAccount) -> AccountUse | None:
    return AccountUse.objects.select_for_update().filter(use=use).first()


def _wish(wanted: WantedAccount) -> history.Changes:
    wish = {"Name in " + PACKAGE: ("", wanted.name)}
    return wish | ({"Number": ("", wanted.bank_number)} if wanted.bank_number else {})
