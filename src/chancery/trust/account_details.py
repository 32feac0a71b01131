"""What is asked of a trust bank account, checked as a whole: every problem at once, none hidden.

The deeds in ``bank_accounts`` write only what came through here. What a place asks of the account's
name is not a problem but advice: the bank may already have opened the account under that name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.practice.contacts import Contact, RoleOfContact
from chancery.practice.firms import Firm
from chancery.trust.models import SERIES, AccountKind, TrustBankAccount
from chancery.trust.rules import numbering
from chancery.trust.rules.account_names import NameFinding
from chancery.trust.rules.numbering import Series
from chancery.trust.rules.packs import BankNumber, Pack

LONGEST_NAME = 150
LONGEST_TITLE = 80


@dataclass(frozen=True)
class AccountDetails:
    """A trust bank account as a person describes it; ``number`` as typed, by the place's fields."""

    name: str
    kind: str
    bank_id: UUID | None
    number: Mapping[str, str]
    receipt: Series
    withdrawal: Series
    transfer: Series
    statement_title: str = ""


@dataclass(frozen=True)
class Checked:
    """Details that may be written, in normal form, and what the place says of the name."""

    name: str
    kind: str
    bank: Contact | None
    number: BankNumber | None
    receipt: Series
    withdrawal: Series
    transfer: Series
    statement_title: str
    wording: NameFinding

    def columns(self) -> dict[str, object]:
        """Return the columns of the account's row."""
        series = {which: getattr(self, which) for which in SERIES}
        return {
            "name": self.name,
            "kind": self.kind,
            "bank": self.bank,
            "number": dict(self.number.parts) if self.number else {},
            "number_shown": self.number.shown if self.number else "",
            "statement_title": self.statement_title,
            **{f"{which}_prefix": each.prefix for which, each in series.items()},
            **{f"{which}_first": each.first for which, each in series.items()},
        }


@dataclass(frozen=True)
class Setting:
    """Where the details are judged: the firm, its place, and the account they belong to if it exists."""

    firm: Firm
    place: Pack
    account_id: UUID | None = None

    def others(self) -> Iterator[TrustBankAccount]:
        """Yield the firm's other trust accounts, open or closed."""
        return (
            TrustBankAccount.objects.filter(~Q(pk=self.account_id))
            .order_by("name", "id")
            .iterator()
        )


def check(details: AccountDetails, setting: Setting) -> Checked:
    """Return the details in normal form.

    Refuses: DetailsNotRight, with every problem.
    """
    name = tidy(details.name)
    bank = Contact.objects.filter(pk=details.bank_id).first() if details.bank_id else None
    number = _number(details, setting.place)
    others = list(setting.others())
    problems = [
        *_kind_problems(details.kind, setting.place),
        *_bank_problems(details, bank),
        *_number_problems(number, others),
        *_name_problems(name, others),
        *_series_problems(details, others),
        *_title_problems(details.statement_title),
    ]
    refuse_any(problems)
    kind = next(each.kind for each in setting.place.account_kinds if each.kind == details.kind)
    return Checked(
        name=name,
        kind=details.kind,
        bank=bank,
        number=number,
        receipt=details.receipt,
        withdrawal=details.withdrawal,
        transfer=details.transfer,
        statement_title=tidy(details.statement_title),
        wording=setting.place.check_account_name(kind, name, setting.firm.name),
    )


def require_kind(kind: str, place: Pack) -> None:
    """Let the deed go on only for a kind of account that the place knows.

    Refuses: DetailsNotRight.
    """
    refuse_any(list(_kind_problems(kind, place)))


def _number(details: AccountDetails, place: Pack) -> BankNumber | None:
    """Read the number; a controlled account may have none, for each matter then has its own."""
    if details.kind == AccountKind.CONTROLLED and not any(
        part.strip() for part in details.number.values()
    ):
        return None
    return place.read_bank_number(details.number)


def _kind_problems(kind: str, place: Pack) -> Iterator[Problem]:
    if place.account_kind(kind) is None:
        known = ", ".join(each.name for each in place.account_kinds)
        sentence = f"{place.name} knows these types of account: {known}; choose one of them."
        yield Problem("kind", sentence)


def _bank_problems(details: AccountDetails, bank: Contact | None) -> Iterator[Problem]:
    if details.bank_id is None and details.kind == AccountKind.CONTROLLED:
        return
    if bank is None:
        yield Problem("bank", "Choose the bank's contact record.")
    elif not _is_bank(bank):
        sentence = (
            f"{bank.name} is not a bank; give that contact the type Bank or choose another contact."
        )
        yield Problem("bank", sentence)


def _is_bank(bank: Contact) -> bool:
    """Tell whether a contact is a bank, and keep it one until the account stands."""
    roles = bank.roles.select_for_update(no_key=True).filter(role=RoleOfContact.BANK)
    return bool(list(roles.values_list("id")))


def _number_problems(
    number: BankNumber | None, others: list[TrustBankAccount]
) -> Iterator[Problem]:
    if number is None:
        return
    for part, sentences in number.findings.items():
        yield Problem(f"number_{part}", " ".join(sentences))
    twin = next((each for each in others if each.number == dict(number.parts)), None)
    if number.is_valid and twin:
        first = next(iter(number.parts))
        sentence = (
            f"“{twin.name}” has the number {twin.number_shown} already; enter this account's."
        )
        yield Problem(f"number_{first}", sentence)


def _name_problems(name: str, others: list[TrustBankAccount]) -> Iterator[Problem]:
    if not name:
        yield Problem("name", "Enter the account's name.")
    elif len(name) > LONGEST_NAME:
        sentence = f"A name has at most {LONGEST_NAME} characters; this has {len(name)}."
        yield Problem("name", sentence)
    twin = next((each for each in others if each.name.casefold() == name.casefold()), None)
    if twin:
        closed = " It is closed." if twin.status == "closed" else ""
        sentence = f"“{twin.name}” is a trust account already; enter another name.{closed}"
        yield Problem("name", sentence)


def _series_problems(details: AccountDetails, others: list[TrustBankAccount]) -> Iterator[Problem]:
    """Judge the three series, each against the other accounts' and those before it in this one."""
    taken = {getattr(other, f"{which}_prefix"): other.name for other in others for which in SERIES}
    for which in SERIES:
        series: Series = getattr(details, which)
        if sentence := numbering.prefix_finding(series.prefix):
            yield Problem(f"{which}_prefix", sentence)
        elif owner := _owner(series.prefix, taken):
            sentence = f"“{owner}” numbers its documents with {series.prefix}; use another prefix."
            yield Problem(f"{which}_prefix", sentence)
        if sentence := numbering.first_finding(series.first):
            yield Problem(f"{which}_first", sentence)
        taken.setdefault(series.prefix, f"This account's {which}s")


def _owner(prefix: str, taken: Mapping[str, str]) -> str:
    return next((owner for other, owner in taken.items() if numbering.repeats(prefix, [other])), "")


def _title_problems(title: str) -> Iterator[Problem]:
    if len(title.strip()) > LONGEST_TITLE:
        sentence = f"A title has at most {LONGEST_TITLE} characters; this has {len(title.strip())}."
        yield Problem("statement_title", sentence)
