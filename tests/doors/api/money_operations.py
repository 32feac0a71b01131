"""Every operation about client money, one line each: how to call it on Marlow's records, and its scope."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chancery.practice.api_tokens import Scope
from doors.api.call import Call

Path = Callable[[Any], str]
AMOUNT = {"minor": 100, "currency": "AUD"}


def _read(path: str | Path, scope: Scope = Scope.LEDGERS_READ) -> Call:
    if isinstance(path, str):
        return Call("GET", lambda _: path, scope)
    return Call("GET", path, scope, of_record=True)


def _made(path: str, scope: Scope, body: Callable[[Any], dict[str, object]]) -> Call:
    return Call("POST", lambda _: path, scope, body, status=201, is_keyed=True)


def _done(path: Path, scope: Scope, body: dict[str, object]) -> Call:
    return Call("POST", path, scope, lambda _: body, of_record=True, is_keyed=True)


def _moved(kind: str, minor: int, record: str) -> Call:
    """Return a movement on the account, after a record that it needs was made."""

    def body(things: Any) -> dict[str, object]:
        assert getattr(things.money, record)
        return {
            "account_id": str(things.money.trust.account.id),
            "amount": {"minor": minor, "currency": "AUD"},
            "reason": "As the bank says",
        }

    return _made(f"movements/{kind}", Scope.MOVEMENTS_WRITE, body)


def _receipt(things: Any) -> dict[str, object]:
    money = things.money
    return {
        "account_id": str(money.trust.account.id),
        "parts": [{"ledger_id": str(money.other.id), "amount": AMOUNT}],
        "method": "direct_deposit",
        "received_from": "Ann Client",
        "reason": "Deposit",
    }


def _payee(things: Any) -> dict[str, object]:
    assert things.money.trust
    return {
        "contact_id": str(things.contact.id),
        "account_name": "Bankstown Timber Pty Ltd",
        "number": {"bsb": "062-000", "account": "11223344"},
    }


def _request(things: Any) -> dict[str, object]:
    return {
        "kind": "withdrawal",
        "ledger_id": str(things.money.ledger.id),
        "amount": AMOUNT,
        "reason": "Stamp duty",
        "method": "cheque",
        "payee": "Revenue NSW",
    }


def _release(things: Any) -> dict[str, object]:
    approved = things.money.approved
    confirms = ["practice_name", "hand_signed", "lawyer_signs"]
    return {"request_id": str(approved.id), "version": approved.version, "confirms": confirms}


def _transfer(things: Any) -> dict[str, object]:
    approved = things.money.approved_transfer
    return {"request_id": str(approved.id), "version": approved.version}


def _interest(things: Any) -> dict[str, object]:
    return {
        "account_id": str(things.money.trust.account.id),
        "shares": [{"ledger_id": str(things.money.ledger.id), "gross": AMOUNT}],
        "reason": "Interest of August",
    }


def _advance(things: Any) -> dict[str, object]:
    return {
        "ledger_id": str(things.money.ledger.id),
        "amount": AMOUNT,
        "reason": "For a filing fee",
    }


def _own_account(things: Any) -> dict[str, object]:
    return {
        "bank_id": str(things.money.own_bank.id),
        "name": "Marlow & Finch Lawyers, purchase CMA/c",
        "number": {"bsb": "062-001", "account": "11112222"},
        "direction": "Letter of the client",
        "direction_on": "2026-08-30",
        "reason": "Held until completion",
    }


def _opened_account(things: Any) -> dict[str, object]:
    under = {"account_id": str(things.money.umbrella.id), "matter": things.matter.number}
    return {**under, **_own_account(things)}


def _transit(things: Any) -> dict[str, object]:
    assert things.money.trust
    return {
        "matter": things.matter.number,
        "received_from": "Harbour Bank",
        "form": "bank cheque",
        "amount": AMOUNT,
        "passed_to": "The vendor",
        "direction": "Settlement statement",
    }


def _power(things: Any) -> dict[str, object]:
    assert things.money.trust
    return {
        "matter": things.matter.number,
        "donor": "Ann Client",
        "account": "Harbour Bank 1",
        "words": "Sole signatory",
    }


def _made_of(path: Path, scope: Scope, body: Callable[[Any], dict[str, object]]) -> Call:
    return Call("POST", path, scope, body, of_record=True, status=201, is_keyed=True)


def _ledger(things: Any) -> dict[str, object]:
    account = things.money.trust.account
    return {"matter": things.matter.number, "account_id": str(account.id)}


READ, WRITE, APPROVE = Scope.REQUESTS_READ, Scope.REQUESTS_WRITE, Scope.REQUESTS_APPROVE
WORDS: dict[str, object] = {"words": "For which property?"}
WHY: dict[str, object] = {"reason": "The matter is done"}

MONEY_OPERATIONS: dict[str, Call] = {
    "list_accounts": _read("accounts"),
    "read_account": _read(lambda t: f"accounts/{t.money.trust.account.id}"),
    "read_account_balance": _read(lambda t: f"accounts/{t.money.trust.account.id}/balance"),
    "list_account_entries": _read(lambda t: f"accounts/{t.money.trust.account.id}/entries"),
    "list_ledgers": _read("ledgers"),
    "read_ledger": _read(lambda t: f"ledgers/{t.money.ledger.id}"),
    "open_ledger": _made("ledgers", Scope.LEDGERS_WRITE, _ledger),
    "close_ledger": _done(
        lambda t: f"ledgers/{t.money.other.id}/closing", Scope.LEDGERS_WRITE, WHY
    ),
    "reopen_ledger": _done(
        lambda t: f"ledgers/{t.money.closed.id}/reopening", Scope.LEDGERS_WRITE, WHY
    ),
    "list_ledger_entries": _read(lambda t: f"ledgers/{t.money.ledger.id}/entries"),
    "list_balances": _read("balances"),
    "list_receipts": _read("receipts"),
    "read_receipt": _read(lambda t: f"receipts/{t.money.receipt.id}"),
    "print_receipt": _read(lambda t: f"receipts/{t.money.receipt.id}/pdf"),
    "take_receipt": _made("receipts", Scope.RECEIPTS_WRITE, _receipt),
    "list_clearances": _read("clearances"),
    "read_clearance": _read(lambda t: f"clearances/{t.money.clearance.id}"),
    "ask_for_clearance": _made_of(
        lambda t: f"receipts/{t.money.cheque.id}/clearances",
        Scope.RECEIPTS_WRITE,
        lambda _: {"words": "Shown as paid", "bank_reference": "NB 4712"},
    ),
    "confirm_clearance": _done(
        lambda t: f"clearances/{t.money.clearance.id}/confirmation", Scope.RECEIPTS_CLEAR, {}
    ),
    "decline_clearance": _done(
        lambda t: f"clearances/{t.money.clearance.id}/refusal", Scope.RECEIPTS_CLEAR, WORDS
    ),
    "list_deposit_slips": _read("deposit-slips"),
    "read_deposit_slip": _read(lambda t: f"deposit-slips/{t.money.slip.id}"),
    "put_on_deposit_slip": _made(
        "deposit-slips",
        Scope.RECEIPTS_WRITE,
        lambda t: {
            "account_id": str(t.money.trust.account.id),
            "receipt_ids": [str(t.money.cheque.id)],
        },
    ),
    "take_off_deposit_slip": replace(
        _done(lambda t: f"deposit-slips/{t.money.slip.id}/taking-off", Scope.RECEIPTS_WRITE, {}),
        body=lambda t: {"receipt_id": str(t.money.carried.id)},
    ),
    "bank_deposit_slip": _done(
        lambda t: f"deposit-slips/{t.money.slip.id}/banking",
        Scope.RECEIPTS_WRITE,
        {"reference": "Branch 12"},
    ),
    "list_payees": _read("payees", Scope.PAYEES_READ),
    "read_payee": _read(lambda t: f"payees/{t.money.payee.id}", Scope.PAYEES_READ),
    "enter_payee": _made("payees", Scope.PAYEES_WRITE, _payee),
    "check_payee": _done(
        lambda t: f"payees/{t.money.payee.id}/check",
        Scope.PAYEES_CHECK,
        {
            "called_number": "02 5550 0199",
            "number_source": "Letterhead of 2021",
            "spoke_with": "Ann Builder",
        },
    ),
    "list_requests": _read("requests", READ),
    "read_request": _read(lambda t: f"requests/{t.money.asked.id}", READ),
    "ask_for_money": _made("requests", WRITE, _request),
    "edit_request": Call(
        "PATCH",
        lambda t: f"requests/{t.money.asked.id}",
        WRITE,
        lambda t: {"version": t.money.asked.version, "reason": "Stamp duty, Unit 4"},
        of_record=True,
    ),
    "ask_back": _done(lambda t: f"requests/{t.money.asked.id}/question", APPROVE, WORDS),
    "answer_request": _done(lambda t: f"requests/{t.money.questioned.id}/answer", WRITE, WORDS),
    "approve_request": _done(
        lambda t: f"requests/{t.money.asked.id}/approval", APPROVE, {"version": 1}
    ),
    "reject_request": _done(lambda t: f"requests/{t.money.asked.id}/rejection", APPROVE, WORDS),
    "take_request_back": _done(lambda t: f"requests/{t.money.own.id}/taking-back", WRITE, WORDS),
    "list_withdrawals": _read("withdrawals"),
    "read_withdrawal": _read(lambda t: f"withdrawals/{t.money.withdrawal.id}"),
    "release_withdrawal": _made("withdrawals", Scope.WITHDRAWALS_RELEASE, _release),
    "print_requisition": _read(lambda t: f"withdrawals/{t.money.withdrawal.id}/pdf"),
    "list_transfers": _read("transfers"),
    "read_transfer": _read(lambda t: f"transfers/{t.money.transfer.id}"),
    "print_transfer_journal": _read(lambda t: f"transfers/{t.money.transfer.id}/pdf"),
    "make_transfer": _made("transfers", Scope.TRANSFERS_RELEASE, _transfer),
    "list_reversals": _read("reversals"),
    "read_reversal": _read(lambda t: f"reversals/{t.money.reversal.id}"),
    "reverse_document": _made(
        "reversals",
        Scope.REVERSALS_WRITE,
        lambda t: {
            "document_kind": "receipt",
            "document_id": str(t.money.receipt.id),
            "reason": "Entered by mistake",
        },
    ),
    "list_protections": _read("protections"),
    "read_protection": _read(lambda t: f"protections/{t.money.protection.id}"),
    "protect_money": _made(
        "protections",
        Scope.PROTECTIONS_WRITE,
        lambda t: {"ledger_id": str(t.money.ledger.id), "amount": AMOUNT, "reason": "Duty"},
    ),
    "end_protection": _done(
        lambda t: f"protections/{t.money.protection.id}/end", Scope.PROTECTIONS_WRITE, WHY
    ),
    "list_movements": _read("movements"),
    "read_movement": _read(lambda t: f"movements/{t.money.movement.id}"),
    # New South Wales refuses these kinds of money by its rules, which is past every gate that is asked here.
    "credit_interest": replace(
        _made("movements/interest", Scope.MOVEMENTS_WRITE, _interest), status=409
    ),
    "record_interest_for_others": _moved("interest-for-others", 500, "ledger"),
    "pay_interest_on": _moved("interest-paid-on", 200, "interest_held"),
    "record_bank_charge": _moved("bank-charges", 100, "ledger"),
    "pay_own_funds_in": replace(_moved("own-funds-in", 100, "ledger"), status=409),
    "take_own_funds_out": replace(_moved("own-funds-out", 100, "ledger"), status=409),
    "lend_to_ledger": replace(
        _made("movements/advances", Scope.MOVEMENTS_WRITE, _advance), status=409
    ),
    "recover_from_ledger": replace(
        _made("movements/advances-recovered", Scope.MOVEMENTS_WRITE, _advance), status=409
    ),
    "restore_shortage": _made(
        "movements/restorations",
        Scope.MOVEMENTS_WRITE,
        lambda t: {
            "deficiency_id": str(t.money.deficiency.id),
            "amount": AMOUNT,
            "reason": "From the office account",
        },
    ),
    "read_deposit_due": _read(lambda t: f"accounts/{t.money.trust.account.id}/statutory-deposit"),
    "make_statutory_deposit": _moved("deposits-made", 500, "ledger"),
    "draw_statutory_deposit": _moved("deposits-drawn", 200, "deposited"),
    "list_deficiencies": _read("deficiencies"),
    "record_deficiency": _made(
        "deficiencies",
        Scope.MOVEMENTS_WRITE,
        lambda t: {
            "account_id": str(t.money.trust.account.id),
            "amount": AMOUNT,
            "reason": "Withdrawn by somebody unknown",
        },
    ),
    "explain_deficiency": _made_of(
        lambda t: f"deficiencies/{t.money.deficiency.id}/cause",
        Scope.REGISTERS_WRITE,
        lambda _: {"words": "The fee was not covered"},
    ),
    "notify_of_deficiency": _made_of(
        lambda t: f"deficiencies/{t.money.deficiency.id}/notifications",
        Scope.REGISTERS_WRITE,
        lambda _: {"words": "By letter to the Law Society", "reference": "LS-77"},
    ),
    "close_deficiency": _made_of(
        lambda t: f"deficiencies/{t.money.restored.id}/closing",
        Scope.REGISTERS_WRITE,
        lambda _: {"words": "Restored from the office account"},
    ),
    "read_deficiency": _read(lambda t: f"deficiencies/{t.money.deficiency.id}"),
    "list_controlled_accounts": _read("registers/controlled-accounts"),
    "list_transit_money": _read("registers/transit-money"),
    "list_powers": _read("registers/powers"),
    "read_controlled_account": _read(
        lambda t: f"registers/controlled-accounts/{t.money.own_account.id}"
    ),
    "open_controlled_account": _made(
        "registers/controlled-accounts", Scope.LEDGERS_WRITE, _opened_account
    ),
    "change_controlled_account": _made_of(
        lambda t: f"ledgers/{t.money.own_account.ledger_id}/controlled-account",
        Scope.LEDGERS_WRITE,
        _own_account,
    ),
    "read_transit_money": _read(lambda t: f"registers/transit-money/{t.money.transit.id}"),
    "record_transit_money": _made("registers/transit-money", Scope.REGISTERS_WRITE, _transit),
    "read_power_entry": _read(lambda t: f"registers/powers/{t.money.power.id}"),
    "record_power": _made("registers/powers", Scope.REGISTERS_WRITE, _power),
    "use_power": _made_of(
        lambda t: f"registers/powers/{t.money.power.id}/uses",
        Scope.REGISTERS_WRITE,
        lambda _: {"words": "Paid the nursing home", "amount": AMOUNT},
    ),
    "end_power": _made_of(
        lambda t: f"registers/powers/{t.money.power.id}/end",
        Scope.REGISTERS_WRITE,
        lambda _: {"words": "Revoked"},
    ),
}
