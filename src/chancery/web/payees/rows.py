"""Bank details as pages show them: frozen, old beside new, checked or not, and who else has the same."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chancery.practice.people import Person
from chancery.practice.permissions import Act, allows
from chancery.trust import payees
from chancery.trust.payees import PayeeCheck, PayeeDetails


@dataclass(frozen=True)
class CheckView:
    """The call that confirmed bank details."""

    by: str
    at: datetime
    called: str
    found: str
    spoke_with: str


@dataclass(frozen=True)
class DetailsView:
    """One version of a contact's bank details. ``old_number`` is the one before it, if there was one."""

    id: UUID
    contact_id: UUID
    contact: str
    account_name: str
    number: str
    entered_by: str
    entered_at: datetime
    old_number: str
    old_name: str
    check: CheckView | None
    same_as: tuple[tuple[UUID, str], ...] = ()

    @property
    def is_changed(self) -> bool:
        """Tell whether these took the place of others."""
        return bool(self.old_number)


@dataclass(frozen=True)
class PayeeView:
    """Everything that is known of where a contact is paid to."""

    contact_id: UUID
    latest: DetailsView | None
    earlier: tuple[DetailsView, ...]
    may_enter: bool
    may_check: bool


def details_view(
    details: PayeeDetails, before: PayeeDetails | None = None, *, finds_others: bool = False
) -> DetailsView:
    """Return a version for the page; ``before`` is the one that it took the place of."""
    others = payees.others_with(details) if finds_others else []
    return DetailsView(
        id=details.id,
        contact_id=details.contact_id,
        contact=details.contact.name,
        account_name=details.account_name,
        number=details.number_shown,
        entered_by=details.entered_by.name,
        entered_at=details.entered_at,
        old_number=before.number_shown if before else "",
        old_name=before.account_name if before else "",
        check=_check(payees.check_of(details)),
        same_as=tuple((each.contact_id, each.contact.name) for each in others),
    )


def of_contact(contact_id: UUID, person: Person) -> PayeeView:
    """Return a contact's bank details, the latest apart."""
    versions = payees.versions_of(contact_id)
    before: list[PayeeDetails | None] = [*versions[1:], None]
    views = [
        details_view(each, before[at], finds_others=at == 0) for at, each in enumerate(versions)
    ]
    latest = views[0] if views else None
    entered_by_reader = bool(versions) and versions[0].entered_by_id == person.id
    return PayeeView(
        contact_id=contact_id,
        latest=latest,
        earlier=tuple(views[1:]),
        may_enter=allows(person, Act.ASK_FOR_MONEY),
        may_check=allows(person, Act.CHECK_PAYEES) and not entered_by_reader,
    )


def of_details(details: PayeeDetails) -> DetailsView:
    """Return one version with the one before it, and who else has the same account."""
    older = [each for each in payees.versions_of(details.contact_id) if each.turn < details.turn]
    return details_view(details, older[0] if older else None, finds_others=True)


def _check(made: PayeeCheck | None) -> CheckView | None:
    if made is None:
        return None
    return CheckView(made.by.name, made.at, made.called_number, made.number_source, made.spoke_with)
