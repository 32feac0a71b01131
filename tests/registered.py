"""One entry of each register beside the ledger, as the deeds make them."""

from typing import Any

import world
from chancery.practice import matters
from chancery.practice.models import Contact
from chancery.practice.models.contact import RoleOfContact
from chancery.trust import (
    controlled_accounts,
    deficiencies,
    powers,
    protections,
    statutory_deposits,
    transit,
)
from chancery.trust.controlled_accounts import ControlledDetails
from chancery.trust.models import (
    ControlledAccount,
    Deficiency,
    Movement,
    PowerEntry,
    Protection,
    TransitEntry,
    TrustBankAccount,
    TrustLedger,
)
from chancery.trust.movements import Said
from chancery.trust.powers import PowerDetails
from chancery.trust.transit import TransitDetails
from money import Trust
from world import acting


def _who(trust: Trust) -> dict[str, Any]:
    return {"by": trust.maker, "at": trust.at, "today": trust.today, "key": trust.key()}


def transit_entry(trust: Trust) -> TransitEntry:
    """Hand 900.00 on."""
    details = TransitDetails(
        matter=world.matter(trust.maker, "Purchase of Mill House"),
        received_on=trust.today,
        received_from="Harbour Bank",
        form="bank cheque",
        amount=trust.money("900.00"),
        passed_on=trust.today,
        passed_to="The vendor",
        direction="Settlement statement",
    )
    with acting(trust.maker):
        return transit.record(details=details, **_who(trust))


def power(trust: Trust) -> PowerEntry:
    """Give the firm a power over one account."""
    opened = world.matter(trust.maker, "Attorney for Ann")
    details = PowerDetails(
        opened, trust.today, "Ann Whitcombe", "Harbour Bank 062-001 1", "Sole signatory", "AUD"
    )
    with acting(trust.maker):
        return powers.give(details=details, **_who(trust))


def own_account(
    trust: Trust, under: TrustBankAccount, bank: Contact | None = None
) -> ControlledAccount:
    """Open a bank account for one matter."""
    bank = bank or world.contact(trust.maker, "Second Bank", RoleOfContact.BANK)
    opened = world.matter(trust.maker, "Estate of Whitcombe")
    details = ControlledDetails(
        bank=bank,
        name="Marlow & Finch Lawyers, Whitcombe estate CMA/c",
        number={"bsb": "062-001", "account": "11112222"},
        direction="Letter of the executor",
        direction_on=trust.today,
        reason="Held until probate",
    )
    with acting(trust.maker):
        return controlled_accounts.open(
            matter=matters.visible_to(trust.maker, opened.number),
            account=under,
            details=details,
            **_who(trust),
        ).account


def shortage(trust: Trust, figure: str) -> Deficiency:
    """Record money that the bank lacks, as its statement shows."""
    with acting(trust.maker):
        return deficiencies.record(
            account=trust.account,
            amount=trust.money(figure),
            said=Said(trust.today, "Withdrawn by somebody unknown"),
            **_who(trust),
        )


def protection(trust: Trust, ledger: TrustLedger, figure: str = "40.00") -> Protection:
    """Keep an amount of a ledger from leaving."""
    with acting(trust.maker):
        return protections.protect(
            ledger=ledger, amount=trust.money(figure), reason="Stamp duty", **_who(trust)
        )


def deposit(trust: Trust, figure: str) -> Movement:
    """Put money of the account on statutory deposit today."""
    with acting(trust.maker):
        return statutory_deposits.make(
            account=trust.account,
            amount=trust.money(figure),
            said=Said(trust.today, "For the quarter"),
            **_who(trust),
        )
