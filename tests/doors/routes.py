"""Every address of the pages, one line each: how to build it for Alice's records, who it is for, its methods.

A new address is added here with the page that it belongs to; tests/doors/test_strangers.py fails until
it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from chancery.accounting.models import AccountUse, ChartAccount
from chancery.office.models import OfficeBankAccount
from chancery.practice.models import ApiToken, Contact, Matter
from chancery.trust.models import (
    ControlledAccount,
    Deficiency,
    DepositSlip,
    HistoryImport,
    MoneyRequest,
    Movement,
    PayeeDetails,
    PowerEntry,
    Protection,
    Receipt,
    Transfer,
    TransitEntry,
    TrustBankAccount,
    TrustLedger,
    Withdrawal,
)
from world import Marlow


class For(Enum):
    """Who an address answers."""

    ALL = "answers without signing in"
    PEOPLE = "answers everyone who is signed in, about their own firm"
    RECORD = "shows one record of a firm: anyone else's people get 404"
    LIBRARY = "is the sign-in library's own"


@dataclass(frozen=True)
class Things:
    """Alice's records, whose addresses the table builds."""

    marlow: Marlow
    contact: Contact
    matter: Matter
    offered_account: ChartAccount
    office_account: OfficeBankAccount
    trust_account: TrustBankAccount
    account_use: AccountUse
    api_token: ApiToken
    ledger: TrustLedger
    receipt: Receipt
    slip: DepositSlip
    request: MoneyRequest
    withdrawal: Withdrawal
    transfer: Transfer
    payee_details: PayeeDetails
    history: HistoryImport
    movement: Movement
    transit: TransitEntry
    power: PowerEntry
    own_account: ControlledAccount
    protection: Protection
    deficiency: Deficiency


def _nothing(things: Things) -> list[object]:
    return []


def _of_ledger(things: Things) -> list[object]:
    return [things.matter.number, things.ledger.id]


def _of_receipt(things: Things) -> list[object]:
    return [things.receipt.id]


@dataclass(frozen=True)
class Route:
    """One address. ``arguments`` builds it; ``methods`` are those that it allows.

    One that ``is_own`` shows what is Alice's alone: her colleagues get 404, too.
    """

    audience: For
    methods: str = "GET"
    arguments: Callable[[Things], list[object]] = field(default=_nothing)
    is_own: bool = False


ROUTES: dict[str, Route] = {
    "account_change_password": Route(For.LIBRARY, "GET POST"),
    "account_login": Route(For.LIBRARY, "GET POST"),
    "account_reauthenticate": Route(For.LIBRARY, "GET POST"),
    "account_logout": Route(For.LIBRARY, "GET POST"),
    "accounting_back_out": Route(For.PEOPLE, "GET POST"),
    "accounting_choose": Route(For.PEOPLE, "GET POST", lambda _: ["standalone"]),
    "admin_accounting": Route(For.PEOPLE),
    "admin_firm": Route(For.PEOPLE, "GET POST"),
    "admin_matter_type": Route(For.RECORD, "GET POST", lambda things: [things.matter.type_id]),
    "admin_matter_types": Route(For.PEOPLE, "GET POST"),
    "admin_people": Route(For.PEOPLE),
    "admin_standalone": Route(For.PEOPLE, "GET POST"),
    "admin_xero": Route(For.PEOPLE),
    "admin_trust": Route(For.PEOPLE),
    "admin_trust_facts": Route(For.PEOPLE),
    "admin_trust_jurisdiction": Route(For.PEOPLE, "GET POST"),
    "admin_trust_remedy": Route(For.RECORD, "POST", lambda things: [things.account_use.id]),
    "admin_trust_rename": Route(For.RECORD, "GET POST", lambda things: [things.account_use.id]),
    "admin_trust_system": Route(For.PEOPLE, "GET POST"),
    "api_token_revocation": Route(
        For.RECORD, "POST", lambda things: [things.api_token.id], is_own=True
    ),
    "api_token_secret": Route(For.RECORD, "GET", lambda things: [things.api_token.id], is_own=True),
    "api_tokens": Route(For.PEOPLE, "GET POST"),
    "contact": Route(For.RECORD, "GET", lambda things: [things.contact.id]),
    "contact_add": Route(For.PEOPLE, "GET POST"),
    "contact_deletion": Route(For.RECORD, "GET POST", lambda things: [things.contact.id]),
    "contact_edit": Route(For.RECORD, "GET POST", lambda things: [things.contact.id]),
    "contact_export": Route(For.PEOPLE),
    "contact_list": Route(For.PEOPLE),
    "contact_look_alikes": Route(For.PEOPLE),
    "deposit_due": Route(For.PEOPLE),
    "deposit_due_file": Route(For.PEOPLE),
    "deposit_slip": Route(For.RECORD, "GET", lambda things: [things.slip.id]),
    "deposit_slip_banking": Route(For.RECORD, "POST", lambda things: [things.slip.id]),
    "deposit_slip_export": Route(For.PEOPLE),
    "deposit_slip_filling": Route(For.RECORD, "GET POST", lambda things: [things.trust_account.id]),
    "deposit_slip_list": Route(For.PEOPLE),
    "deposit_slip_removal": Route(For.RECORD, "POST", lambda things: [things.slip.id]),
    "healthz": Route(For.ALL),
    "help": Route(For.PEOPLE),
    "help_answer": Route(For.PEOPLE, "POST", lambda _: ["name-your-bank"]),
    "help_answers": Route(For.PEOPLE),
    "help_guide": Route(For.PEOPLE, "GET", lambda _: ["name-your-bank"]),
    "history_import": Route(
        For.RECORD, "GET POST", lambda things: [things.trust_account.id, things.history.id]
    ),
    "history_import_export": Route(
        For.RECORD, "GET", lambda things: [things.trust_account.id, things.history.id]
    ),
    "history_imports": Route(For.RECORD, "GET POST", lambda things: [things.trust_account.id]),
    "history_template": Route(For.RECORD, "GET", lambda things: [things.trust_account.id]),
    "home": Route(For.PEOPLE),
    "interest_template": Route(For.PEOPLE),
    "interest_upload": Route(For.PEOPLE, "GET POST"),
    "law_register": Route(For.PEOPLE, "GET", lambda _: ["transit"]),
    "law_register_file": Route(For.PEOPLE, "GET", lambda _: ["powers"]),
    "ledger_closing": Route(For.RECORD, "GET POST", _of_ledger),
    "ledger_export": Route(For.RECORD, "GET", _of_ledger),
    "ledger_open": Route(For.RECORD, "GET POST", lambda things: [things.matter.number]),
    "ledger_pdf": Route(For.RECORD, "GET", _of_ledger),
    "matter": Route(For.RECORD, "GET", lambda things: [things.matter.number]),
    "matter_add": Route(For.PEOPLE, "GET POST"),
    "matter_clients": Route(For.PEOPLE),
    "matter_edit": Route(For.RECORD, "GET POST", lambda things: [things.matter.number]),
    "matter_export": Route(For.PEOPLE),
    "matter_list": Route(For.PEOPLE),
    "matter_money": Route(For.RECORD, "GET", lambda things: [things.matter.number]),
    "matter_status": Route(For.RECORD, "GET POST", lambda things: [things.matter.number]),
    "movement": Route(For.RECORD, "GET", lambda things: [things.movement.id]),
    "movement_add": Route(For.PEOPLE, "GET POST", lambda _: ["bank-charge"]),
    "movement_file": Route(For.PEOPLE, "GET", lambda _: ["bank-charges"]),
    "movement_list": Route(For.PEOPLE, "GET", lambda _: ["interest"]),
    "movement_pdf": Route(For.RECORD, "GET", lambda things: [things.movement.id]),
    "office_account_stop": Route(For.RECORD, "POST", lambda things: [things.office_account.id]),
    "office_account_use": Route(For.RECORD, "GET POST", lambda things: [things.offered_account.id]),
    "office_accounts": Route(For.PEOPLE),
    "opening": Route(For.RECORD, "GET POST", lambda things: [things.trust_account.id]),
    "opening_difference": Route(For.RECORD, "GET", lambda things: [things.trust_account.id]),
    "opening_items": Route(For.RECORD, "GET POST", lambda things: [things.trust_account.id]),
    "opening_ledgers": Route(For.RECORD, "GET POST", lambda things: [things.trust_account.id]),
    "opening_proof": Route(For.RECORD, "GET POST", lambda things: [things.trust_account.id]),
    "opening_template": Route(
        For.RECORD, "GET", lambda things: [things.trust_account.id, "ledgers"]
    ),
    "own_account": Route(For.RECORD, "GET", lambda things: [things.own_account.ledger_id]),
    "own_account_add": Route(For.PEOPLE, "GET POST"),
    "own_account_file": Route(For.RECORD, "GET", lambda things: [things.own_account.ledger_id]),
    "own_account_change": Route(
        For.RECORD, "GET POST", lambda things: [things.own_account.ledger_id]
    ),
    "person": Route(For.RECORD, "GET POST", lambda things: [things.marlow.bob.id]),
    "person_add": Route(For.PEOPLE, "GET POST"),
    "person_leaving": Route(For.RECORD, "POST", lambda things: [things.marlow.bob.id]),
    "person_password": Route(For.RECORD, "POST", lambda things: [things.marlow.bob.id]),
    "person_return": Route(For.RECORD, "POST", lambda things: [things.marlow.bob.id]),
    "person_sign_in": Route(For.RECORD, "GET", lambda things: [things.marlow.bob.id]),
    "power": Route(For.RECORD, "GET", lambda things: [things.power.id]),
    "power_act": Route(For.RECORD, "GET POST", lambda things: [things.power.id, "use"]),
    "power_add": Route(For.PEOPLE, "GET POST"),
    "profile": Route(For.PEOPLE, "GET POST"),
    "protection": Route(For.RECORD, "GET", lambda things: [things.protection.id]),
    "protection_add": Route(For.PEOPLE, "GET POST"),
    "protection_release": Route(For.RECORD, "GET POST", lambda things: [things.protection.id]),
    "receipt": Route(For.RECORD, "GET", _of_receipt),
    "receipt_add": Route(For.PEOPLE, "GET POST"),
    "receipt_clearance": Route(For.RECORD, "GET POST", _of_receipt),
    "receipt_clearance_answer": Route(For.RECORD, "POST", _of_receipt),
    "receipt_effect": Route(For.PEOPLE, "POST"),
    "receipt_export": Route(For.PEOPLE),
    "receipt_ledgers": Route(For.PEOPLE),
    "receipt_list": Route(For.PEOPLE),
    "receipt_pdf": Route(For.RECORD, "GET", _of_receipt),
    "register_hub": Route(For.PEOPLE),
    "register_matters": Route(For.PEOPLE),
    "reversal": Route(For.RECORD, "GET POST", lambda things: ["receipt", things.receipt.id]),
    "shortage": Route(For.RECORD, "GET", lambda things: [things.deficiency.id]),
    "shortage_add": Route(For.PEOPLE, "GET POST"),
    "shortage_file": Route(For.RECORD, "GET", lambda things: [things.deficiency.id]),
    "shortage_restore": Route(For.RECORD, "GET POST", lambda things: [things.deficiency.id]),
    "shortage_step": Route(
        For.RECORD, "GET POST", lambda things: [things.deficiency.id, "closing"]
    ),
    "search": Route(For.PEOPLE),
    "search_now": Route(For.PEOPLE),
    "payee_check": Route(For.RECORD, "GET POST", lambda things: [things.payee_details.id]),
    "payee_enter": Route(For.RECORD, "GET POST", lambda things: [things.contact.id]),
    "request": Route(For.RECORD, "GET", lambda things: [things.request.id]),
    "request_add": Route(For.PEOPLE, "GET POST", lambda _: ["withdrawal"]),
    "request_edit": Route(For.RECORD, "GET POST", lambda things: [things.request.id]),
    "request_export": Route(For.PEOPLE),
    "request_list": Route(For.PEOPLE),
    "request_payees": Route(For.PEOPLE),
    "request_release": Route(For.RECORD, "GET POST", lambda things: [things.request.id]),
    "request_transfer": Route(For.RECORD, "GET POST", lambda things: [things.request.id]),
    "request_turn": Route(For.RECORD, "POST", lambda things: [things.request.id]),
    "transfer": Route(For.RECORD, "GET", lambda things: [things.transfer.id]),
    "transfer_export": Route(For.PEOPLE),
    "transfer_journal": Route(For.RECORD, "GET", lambda things: [things.transfer.id]),
    "transfer_list": Route(For.PEOPLE),
    "transit_add": Route(For.PEOPLE, "GET POST"),
    "transit_entry": Route(For.RECORD, "GET", lambda things: [things.transit.id]),
    "withdrawal": Route(For.RECORD, "GET", lambda things: [things.withdrawal.id]),
    "withdrawal_cheque": Route(
        For.RECORD, "GET POST", lambda things: [things.withdrawal.id, "stop"]
    ),
    "withdrawal_cheques": Route(For.PEOPLE),
    "withdrawal_export": Route(For.PEOPLE),
    "withdrawal_list": Route(For.PEOPLE),
    "withdrawal_requisition": Route(For.RECORD, "GET", lambda things: [things.withdrawal.id]),
    "xero_consent": Route(For.PEOPLE, "POST"),
    "xero_disconnect": Route(For.PEOPLE, "GET POST"),
    "xero_organisations": Route(For.PEOPLE, "GET POST"),
    "xero_refresh": Route(For.PEOPLE, "POST"),
    "xero_return": Route(For.PEOPLE),
    "trust_account": Route(For.RECORD, "GET POST", lambda things: [things.trust_account.id]),
    "trust_account_add": Route(For.PEOPLE, "GET POST"),
    "trust_account_closing": Route(
        For.RECORD, "GET POST", lambda things: [things.trust_account.id]
    ),
    "trust_account_standing": Route(For.RECORD, "GET", lambda things: [things.trust_account.id]),
    "trust_account_wording": Route(For.PEOPLE),
    "trust_account_cash_book": Route(For.RECORD, "GET", lambda things: [things.trust_account.id]),
    "trust_account_cash_book_file": Route(
        For.RECORD, "GET", lambda things: [things.trust_account.id]
    ),
    "trust_account_ledgers": Route(For.RECORD, "GET", lambda things: [things.trust_account.id]),
    "trust_account_ledgers_export": Route(
        For.RECORD, "GET", lambda things: [things.trust_account.id]
    ),
    "trust_account_locks": Route(For.RECORD, "GET POST", lambda things: [things.trust_account.id]),
    "trust_account_statement": Route(For.RECORD, "GET", lambda things: [things.trust_account.id]),
    "trust_account_statement_export": Route(
        For.RECORD, "GET", lambda things: [things.trust_account.id]
    ),
    "trust_account_trial_balance": Route(
        For.RECORD, "GET", lambda things: [things.trust_account.id]
    ),
    "trust_account_trial_balance_file": Route(
        For.RECORD, "GET", lambda things: [things.trust_account.id]
    ),
    "trust_accounts": Route(For.PEOPLE),
    "trust_accounts_export": Route(For.PEOPLE),
    "admin_trust_habits": Route(For.PEOPLE, "GET POST"),
    "admin_trust_setting": Route(For.PEOPLE, "GET POST", lambda _: ["retention.years"]),
    "admin_trust_settings": Route(For.PEOPLE),
    "admin_trust_types": Route(For.PEOPLE, "GET POST"),
    "dormant_ledger": Route(For.RECORD, "GET POST", lambda things: [things.ledger.id]),
    "dormant_money": Route(For.PEOPLE),
    "dormant_money_file": Route(For.PEOPLE),
}
