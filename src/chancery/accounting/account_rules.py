"""Decide what to do about a wanted account, from what the package holds now. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from chancery.accounting import codes
from chancery.accounting.port import Account, AccountType, Rejected, WantedAccount
from chancery.outbox.troubles import RETRY, Remedy, Trouble

PACKAGE = "Xero"
RENAME = Remedy("rename", "Change the name")
_NOT_OF_A_NUMBER = re.compile(r"[^0-9A-Za-z]")


@dataclass(frozen=True)
class Intent:
    """An account that an earlier try meant to make: if it exists now, it is ours."""

    name: str
    code: str
    bank_number: str = ""


@dataclass(frozen=True)
class Situation:
    """All that the decision rests on.

    ``serving`` are accounts that already serve as something here; ``restoring`` is the archived
    account that a person asked to have back.
    """

    wanted: WantedAccount
    chart: tuple[Account, ...]
    intents: tuple[Intent, ...] = ()
    serving: frozenset[str] = frozenset()
    refused_codes: frozenset[str] = field(default=frozenset())
    restoring: str = ""


@dataclass(frozen=True)
class Adopt:
    """The account exists and is the one: take it."""

    account: Account


@dataclass(frozen=True)
class Create:
    """Nothing stands in the way: make it under this code."""

    code: str


@dataclass(frozen=True)
class Restore:
    """A person asked for this archived account: make it active."""

    account: Account


@dataclass(frozen=True)
class Stop:
    """A person has to decide; ``account`` is the one in the way, if one is."""

    trouble: Trouble
    account: Account | None = None


Decision = Adopt | Create | Restore | Stop


def decide(now: Situation) -> Decision:
    """Return what to do: adopt what is ours, obey the person, name what is in the way, or make it."""
    if (mine := ours(now)) is not None:
        return Adopt(mine)
    if (stray := _stray(now)) is not None:
        return _earlier_try_is_there(now, stray)
    if now.restoring:
        return _restored(now)
    namesakes = [account for account in now.chart if _name(account.name) == _name(now.wanted.name)]
    for account in sorted(namesakes, key=lambda one: not one.is_active):
        return _name_is_taken(now, account) if account.is_active else _archived_twin(now, account)
    if (same := _same_number(now)) is not None:
        return _number_is_taken(now, same)
    taken = {account.code for account in now.chart} | now.refused_codes
    code = codes.next_free(now.wanted.type, taken=taken)
    return Create(code) if code else Stop(NO_CODE_LEFT)


def ours(now: Situation) -> Account | None:
    """Return the account that an earlier try of ours made, its answer lost: same name, code and number."""
    for account in now.chart:
        if account.is_active and any(_is_meant(account, intent) for intent in now.intents):
            return account if could_serve(account, now) else None
    return None


def could_serve(account: Account, now: Situation) -> bool:
    """Return whether an existing account may be used instead of a new one."""
    wanted = now.wanted
    return (
        account.is_active
        and account.type == wanted.type
        and account.external_id not in now.serving
        and account.currency in ("", wanted.currency)
        and (account.type == AccountType.BANK or account.takes_payments)
        and digits(account.bank_number) in ("", digits(wanted.bank_number))
    )


def digits(number: str) -> str:
    """Return a bank number without the marks that people write between its parts."""
    return _NOT_OF_A_NUMBER.sub("", number).upper()


def code_was_taken(refusal: Rejected) -> bool:
    """Return whether someone else took the code first: nothing for a person to do."""
    return _asks_for_a_unique("code", refusal)


def name_was_taken(refusal: Rejected) -> bool:
    """Return whether an account of this name exists: the chart says which."""
    return _asks_for_a_unique("name", refusal)


def refused(refusal: Rejected) -> Trouble:
    """Return the package's own words as a trouble."""
    said = " ".join(message.rstrip(".") + "." for message in refusal.messages)
    return Trouble(
        "accounting.rejected",
        f"{PACKAGE} refuses the account and says: “{said}” Change the name, or try again when it is settled.",
        (RENAME, RETRY),
    )


NO_CODE_LEFT = Trouble(
    "accounting.no_code_left",
    f"Every code from 001 to 999 is taken in {PACKAGE}. Free one there, then try again.",
    (RETRY,),
)
ROUNDS_USED_UP = Trouble(
    "accounting.codes_keep_being_taken",
    f"Others in {PACKAGE} took each free code first. Try again.",
    (RETRY,),
)


def _stray(now: Situation) -> Account | None:
    """Return what an earlier try made before the wish was changed, so that it does not fit any more."""
    made = (one for one in now.chart if one.is_active and one.external_id not in now.serving)
    found = (one for one in made if any(_is_meant(one, intent) for intent in now.intents))
    return next((one for one in found if _name(one.name) != _name(now.wanted.name)), None)


def _earlier_try_is_there(now: Situation, account: Account) -> Stop:
    sentence = (
        f"{PACKAGE} has an account that an earlier try made: {called(account)}. "
        f"{_why_not(account, now)} Put it right or archive it in {PACKAGE}, then try again."
    )
    return Stop(Trouble("accounting.earlier_try_is_there", sentence, (RETRY,)), account)


def _restored(now: Situation) -> Decision:
    found = next((one for one in now.chart if one.external_id == now.restoring), None)
    if found is None:
        sentence = f"The archived account is no longer in {PACKAGE}. Change the name, or try again."
        return Stop(Trouble("accounting.archived_twin_gone", sentence, (RENAME, RETRY)))
    if not found.is_active:
        return Restore(found)
    return Adopt(found) if could_serve(found, now) else _name_is_taken(now, found)


def _name_is_taken(now: Situation, account: Account) -> Stop:
    if could_serve(account, now):
        remedies: tuple[Remedy, ...] = (_use_it(account), RENAME)
        do = "Use it, or give this one another name."
    else:
        remedies = (RENAME,)
        do = f"{_why_not(account, now)} Give this one another name."
    sentence = f"{PACKAGE} already has an account of this name: {called(account)}. {do}"
    return Stop(Trouble("accounting.name_taken", sentence, remedies), account)


def _number_is_taken(now: Situation, account: Account) -> Stop:
    if could_serve(account, now):
        remedies: tuple[Remedy, ...] = (_use_it(account), RETRY)
        do = "Use it: one real account is kept once."
    else:
        remedies = (RETRY,)
        do = f"{_why_not(account, now)} Put the number right here or there, then try again."
    sentence = f"{PACKAGE} already has a bank account with this number: {called(account)}. {do}"
    return Stop(Trouble("accounting.number_taken", sentence, remedies), account)


def _archived_twin(now: Situation, account: Account) -> Stop:
    awake = Account(**{**vars(account), "is_active": True})
    if could_serve(awake, now):
        restore = Remedy(
            "restore", f"Restore it in {PACKAGE}", {"external_id": account.external_id}
        )
        remedies: tuple[Remedy, ...] = (restore, RENAME)
        do = "Restore it, or give this one another name."
    else:
        remedies = (RENAME,)
        do = f"{_why_not(awake, now)} Give this one another name."
    sentence = f"{PACKAGE} has an archived account of this name: {called(account)}. {do}"
    return Stop(Trouble("accounting.archived_twin", sentence, remedies), account)


def _why_not(account: Account, now: Situation) -> str:
    if account.external_id in now.serving:
        return "It already serves as something else here."
    if account.type != now.wanted.type:
        return "It is an account of another type."
    if account.currency not in ("", now.wanted.currency):
        return f"It is kept in {account.currency}."
    if account.type == AccountType.BANK:
        return f"Its bank account number is another: {account.bank_number}."
    return "It does not allow payments."


def _use_it(account: Account) -> Remedy:
    label = f"Use the existing account {account.code or account.name}"
    return Remedy("use_existing", label, {"external_id": account.external_id})


def called(account: Account) -> str:
    """Return an account as people speak of it: code and name."""
    return f"{account.code} {account.name}".strip()


def _same_number(now: Situation) -> Account | None:
    number = digits(now.wanted.bank_number)
    banks = (one for one in now.chart if one.is_active and one.type == AccountType.BANK)
    return next((one for one in banks if number and digits(one.bank_number) == number), None)


def _is_meant(account: Account, intent: Intent) -> bool:
    return (
        _name(account.name) == _name(intent.name)
        and account.code == intent.code
        and digits(account.bank_number) == digits(intent.bank_number)
    )


def _name(name: str) -> str:
    return " ".join(name.split()).casefold()


def _asks_for_a_unique(word: str, refusal: Rejected) -> bool:
    said: Iterable[str] = (message.casefold() for message in refusal.messages)
    return any("unique" in message and word in message.split("unique")[1] for message in said)
