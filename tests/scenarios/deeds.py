"""The verbs that move money or what may leave: each does a deed of the program, as a person would."""

from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from chancery.ledger import holds, periods
from chancery.lib.money import Money
from chancery.trust import (
    bank_accounts,
    client_ledgers,
    costs_facts,
    payees,
    receipts,
    requests,
    reversals,
    settings,
    transfers,
    withdrawals,
)
from chancery.trust.models import Receipt, Transfer, TrustLedger, Withdrawal
from chancery.trust.receipts import Method, Part, ReceiptDetails
from chancery.trust.requests import RequestDetails, RequestKind
from chancery.trust.reversals import Kind, ReversalDetails
from chancery.trust.rules.costs import ClientKind, CostsFacts
from chancery.trust.rules.policy_costs import Route
from chancery.trust.rules.policy_payments import ChequeRule
from chancery.trust.withdrawals import Release
from scenarios.grammar import Line, ScenarioError, Takes, verb
from scenarios.stage import Stage
from world import acting, contact

NOTHING, DAY, AMOUNT, WORDS = Takes.NOTHING, Takes.DAY, Takes.AMOUNT, Takes.WORDS
_METHODS = {method.value.replace("_", " "): method for method in Method}
_PAID_BY = ("cheque", "electronic", "cash")
_RELEASE = {"dated": DAY, "by": WORDS, "signed_in": WORDS, "number": WORDS, "cheque_number": WORDS}
_ASK = {
    "to": WORDS, "authority": WORDS, "key": WORDS, "prepared_by": WORDS,
    "cheque": NOTHING, "electronic": NOTHING, "cash": NOTHING,
    "unchecked": NOTHING, "unknown_account": NOTHING,
}  # fmt: skip
_BILL = {
    "bill": WORDS, "delivered": DAY, "mentions_withdrawal": NOTHING, "objected": DAY,
    "review_applied_for": NOTHING, "owed": AMOUNT, "authority": WORDS, "given": DAY,
    "spoken": NOTHING, "confirmed": DAY, "notice": DAY, "invoice": WORDS, "invoiced": DAY,
    "paid_for_client": DAY, "commercial_client": NOTHING, "earned": DAY, "ground": WORDS,
    "key": WORDS, "prepared_by": WORDS, "cheque": NOTHING, "electronic": NOTHING,
}  # fmt: skip


@verb("open", subject=True)
def open_ledger(stage: Stage, line: Line) -> None:
    stage.open(line.subject)


@verb(
    "receipt",
    subject=True,
    amount=True,
    clears=DAY,
    from_=WORDS,
    dated=DAY,
    key=WORDS,
    number=WORDS,
    by=WORDS,
    **dict.fromkeys(Method, NOTHING),
)
def take_receipt(stage: Stage, line: Line) -> None:
    figures = line.amount.split(" + ")
    ledgers = [stage.open(number) for number in line.subject.split(" + ")]
    if len(figures) != len(ledgers):
        raise ScenarioError(f"{line.where}: name as many amounts as matters")
    parts = [
        Part(each.id, stage.money(figure)) for each, figure in zip(ledgers, figures, strict=True)
    ]
    details = ReceiptDetails(
        account_id=stage.trust.account.id,
        parts=tuple(parts),
        received_on=line.day("dated") or stage.today,
        method=next(
            (_METHODS[name] for name in _METHODS if line.says(name)), Method.DIRECT_DEPOSIT
        ),
        received_from=line.words("from", "Ann Client"),
        reason="On account",
    )
    by = stage.person(line)
    with acting(by):
        taken = receipts.take(
            details=details, by=by, at=stage.now, today=stage.today, key=stage.key(line)
        )
    _is_numbered(line, taken)
    if line.says("clears"):
        assert line.day("clears") == taken.clears_on, f"{line.where}: clears {taken.clears_on}"


@verb("ask", subject=True, amount=True, named=WORDS, **_ASK)
def ask(stage: Stage, line: Line) -> None:
    stage.requests[line.words("named")] = _ask(stage, line, _withdrawal(stage, line))


@verb("edit", subject=True, amount=True, prepared_by=WORDS)
def edit(stage: Stage, line: Line) -> None:
    before, by = stage.request(line), stage.person(line, "prepared by")
    with acting(by):
        details = RequestDetails(
            kind=RequestKind(before.kind),
            ledger=before.ledger,
            amount=stage.money(line.amount),
            reason=before.reason,
            method=before.method,
            payee=before.payee,
        )
        stage.requests[line.subject] = requests.edit(
            request_id=before.id, details=details, version=before.version, by=by, at=stage.now
        )


@verb("approve", subject=True, by=WORDS, version=WORDS)
def approve(stage: Stage, line: Line) -> None:
    seen, by = stage.request(line), stage.person(line, otherwise="Lena")
    version = int(line.words("version", str(seen.version)))
    with acting(by):
        requests.approve(request_id=seen.id, version=version, by=by, at=stage.now)


@verb("reject", subject=True, by=WORDS)
def reject(stage: Stage, line: Line) -> None:
    by = stage.person(line, otherwise="Lena")
    with acting(by):
        requests.reject(request_id=stage.request(line).id, words="Not now.", by=by, at=stage.now)


@verb("release", subject=True, amount=False, **_RELEASE)
def release(stage: Stage, line: Line) -> None:
    """Pay what was asked for under a name, or let go what was protected under it."""
    if line.subject in stage.protections:
        by, kept = stage.person(line), stage.protections[line.subject]
        with acting(by):
            on = line.day("dated") or stage.today
            holds.unprotect(protection_id=kept, on=on, by=by.id, at=stage.now)
        return
    _release(stage, line, stage.request(line))


@verb("withdraw", subject=True, amount=True, approved_by=WORDS, **_ASK, **_RELEASE)
def withdraw(stage: Stage, line: Line) -> None:
    request = _ask(stage, line, _withdrawal(stage, line))
    _approve(stage, line, request)
    _release(stage, line, request)


@verb("pay bill", subject=True, amount=True, approved_by=WORDS, **_BILL, **_RELEASE)
def pay_bill(stage: Stage, line: Line) -> None:
    facts = _bill_facts(stage, line)
    details = RequestDetails(
        kind=RequestKind.BILL,
        ledger=stage.ledger(line),
        amount=facts.amount,
        reason="Our costs",
        method=_paid_by(line),
        details=costs_facts.to_details(facts),
    )
    request = _ask(stage, line, details)
    _approve(stage, line, request)
    _release(stage, line, request)


@verb("transfer", subject=True, amount=True, approved_by=WORDS, **_ASK, **_RELEASE)
def transfer(stage: Stage, line: Line) -> None:
    source, _, target = line.subject.partition(" to ")
    details = RequestDetails(
        kind=RequestKind.TRANSFER,
        ledger=stage.ledger(line, source),
        target=stage.open(target),
        amount=stage.money(line.amount),
        reason="As they agreed",
        authority=line.words("authority"),
    )
    request = _ask(stage, line, details)
    _approve(stage, line, request)
    by, how = stage.person(line), _how(stage, line)
    with acting(by):
        made = transfers.make(
            request_id=request.id, how=how, by=by, at=stage.now, today=stage.today
        )
    _is_numbered(line, made)


def _take_back(kind: Kind) -> None:
    @verb(kind, subject=True, dated=DAY, shortage=AMOUNT, by=WORDS)
    def take_back(stage: Stage, line: Line) -> None:
        by, document = stage.person(line), stage.document(line)
        on = line.day("dated") or stage.today
        with acting(by):
            made = reversals.reverse(
                document=document,
                details=ReversalDetails(kind, on, "The bank's notice"),
                by=by,
                at=stage.now,
                today=stage.today,
            )
        if line.says("shortage"):
            missing = Money(made.shortage_minor, stage.trust.account.currency)
            assert line.words("shortage") == str(missing), f"{line.where}: short by {missing}"


for _kind in ("dishonor", "stop", "stale"):
    _take_back(_kind)


@verb("reverse", subject=True, dated=DAY, by=WORDS)
def reverse(stage: Stage, line: Line) -> None:
    by, document = stage.person(line), stage.document(line)
    details = ReversalDetails("reversal", line.day("dated") or stage.today, "Entered by mistake")
    with acting(by):
        reversals.reverse(
            document=document, details=details, by=by, at=stage.now, today=stage.today
        )


@verb("protect", subject=True, amount=True, named=WORDS, dated=DAY)
def protect(stage: Stage, line: Line) -> None:
    by, ledger = stage.trust.maker, stage.ledger(line)
    with acting(by):
        kept = holds.protect(
            account_id=ledger.id,
            amount_minor=stage.minor(line.amount),
            on=line.day("dated") or stage.today,
            by=by.id,
            at=stage.now,
        )
    stage.protections[line.words("named", line.subject)] = kept


@verb("clear early", subject=True, dated=DAY)
def clear_early(stage: Stage, line: Line) -> None:
    by, document = stage.trust.maker, stage.document(line)
    assert isinstance(document, Receipt), f"{line.where}: only a receipt clears"
    on = line.day("dated") or stage.today
    with acting(by):
        for number in range(2, document.lines.count() + 2):  # the bank's line comes first
            holds.clear_early(
                journal_id=document.journal_id, line=number, on=on, by=by.id, at=stage.now
            )


@verb("lock", subject=True)
def lock(stage: Stage, line: Line) -> None:
    by = stage.trust.owner
    with acting(by):
        periods.lock(
            pool_id=stage.trust.account.id,
            through=stage.today.fromisoformat(line.subject),
            reason="Reconciled",
            by=by.id,
            at=stage.now,
        )


@verb("close", subject=True)
def close(stage: Stage, line: Line) -> None:
    if line.subject == "account":
        _turn_account(stage, "close")
        return
    by, ledger = stage.trust.maker, stage.ledger(line)
    with acting(by):
        client_ledgers.close(ledger=ledger, reason="The matter has ended", by=by, at=stage.now)


@verb("reopen", subject=True)
def reopen(stage: Stage, line: Line) -> None:
    """Open again: the account, a matter's ledger, or the days after a day (“all” of them)."""
    if line.subject == "account":
        _turn_account(stage, "reopen")
    elif line.subject in stage.ledgers:
        by, ledger = stage.trust.maker, stage.ledger(line)
        with acting(by):
            client_ledgers.reopen(ledger=ledger, reason="More came in", by=by, at=stage.now)
    else:
        by = stage.trust.owner
        day = None if line.subject == "all" else stage.today.fromisoformat(line.subject)
        pool, told = stage.trust.account.id, "A line was missed"
        with acting(by):
            periods.reopen(pool_id=pool, through=day, reason=told, by=by.id, at=stage.now)


@verb("limit", amount=True)
def limit(stage: Stage, line: Line) -> None:
    by = stage.trust.owner
    habits = settings.Habits(
        stricter={}, daily_limit=None if line.amount == "none" else stage.money(line.amount)
    )
    with acting(by):
        settings.change(to=habits, by=by, at=stage.now)


@verb("change posted", subject=True, amount=True)
def change_posted(stage: Stage, line: Line) -> None:
    """Try to write another amount over what was posted, past every deed; each way has to be refused."""
    document = stage.document(line)
    values: list[int | UUID] = [stage.minor(line.amount), document.journal_id]
    for table in ("ledger_entry", document._meta.db_table):
        query = f"UPDATE {table} SET amount_minor = %s WHERE journal_id = %s"  # noqa: S608 - our own
        with acting(stage.trust.maker), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(query, values)
            except DatabaseError as error:
                refused = error
            else:
                return
    raise refused


def _ask(stage: Stage, line: Line, details: RequestDetails) -> requests.MoneyRequest:
    by = stage.person(line, "prepared by")
    with acting(by):
        return requests.ask(details=details, by=by, at=stage.now, key=stage.key(line))


def _withdrawal(stage: Stage, line: Line) -> RequestDetails:
    return RequestDetails(
        kind=RequestKind.WITHDRAWAL,
        ledger=stage.ledger(line),
        amount=stage.money(line.amount),
        reason="Settlement",
        method=_paid_by(line),
        payee=line.words("to", "Revenue Office"),
        payee_details=_bank_details(stage, line) if line.says("electronic") else None,
        authority=line.words("authority"),
    )


def _bank_details(stage: Stage, line: Line) -> payees.PayeeDetails | None:
    """Return the payee's bank details: checked by a call unless the line says that nobody called."""
    if line.says("unknown account"):
        return None
    by, checker = stage.trust.maker, stage.trust.checker
    payee = contact(by, line.words("to", "Revenue Office"))
    with acting(by):
        details = payees.enter(
            contact=payee, account_name=payee.name, number=stage.number, by=by, at=stage.now
        )
    if not line.says("unchecked"):
        call = payees.CallBack("02 9000 0000", "Their website", "Whoever answered")
        with acting(checker):
            payees.check(details=details, call=call, by=checker, at=stage.now)
    return details


def _paid_by(line: Line) -> str:
    return next((method for method in _PAID_BY if line.says(method)), "cheque")


def _approve(stage: Stage, line: Line, request: requests.MoneyRequest) -> None:
    """Let those approve whom the line names; everybody who may, where it names none."""
    preparer = line.words("prepared by", "Bob")
    everybody = " and ".join({"Lena", "Alice"} - {preparer})
    for name in line.words("approved by", everybody).split(" and "):
        if name != "nobody":
            by = stage.people[name]
            with acting(by):
                requests.approve(
                    request_id=request.id, version=request.version, by=by, at=stage.now
                )


def _release(stage: Stage, line: Line, request: requests.MoneyRequest) -> None:
    by, how = stage.person(line), _how(stage, line)
    with acting(by):
        left = withdrawals.release(
            request_id=request.id, how=how, by=by, at=stage.now, today=stage.today
        )
    _is_numbered(line, left)


def _how(stage: Stage, line: Line) -> Release:
    """Return how it leaves; “signed in 11 minutes ago” or “signed in never” where that matters."""
    words = line.words("signed in", "0 minutes ago")
    ago = None if words == "never" else timedelta(minutes=int(words.split()[0]))
    cheque = int(line.words("cheque number", "0")) or None
    on = line.day("dated") or stage.today
    signed_in_at = None if ago is None else stage.now - ago
    return Release(on, signed_in_at, cheque, confirms=frozenset(ChequeRule))


def _is_numbered(line: Line, document: Receipt | Withdrawal | Transfer) -> None:
    if line.says("number"):
        found = document.number_shown
        assert line.words("number") == found, f"{line.where}: the number is {found}"


def _bill_facts(stage: Stage, line: Line) -> CostsFacts:
    owed = line.words("owed")
    commercial = line.says("commercial client")
    return CostsFacts(
        amount=stage.money(line.amount),
        route=Route(line.words("ground", "bill").replace(" ", "_")),
        bill=line.words("bill"),
        owed=stage.money(owed) if owed else None,
        delivered_on=line.day("delivered"),
        mentions_withdrawal=line.says("mentions withdrawal"),
        objected_on=line.day("objected"),
        review_applied_for=line.says("review applied for"),
        authority=line.words("authority"),
        authority_on=line.day("given"),
        is_spoken=line.says("spoken"),
        confirmed_on=line.day("confirmed"),
        noticed_on=line.day("notice"),
        invoice=line.words("invoice"),
        invoiced_on=line.day("invoiced"),
        paid_for_client_on=line.day("paid for client"),
        client_kind=ClientKind.COMMERCIAL if commercial else ClientKind.PERSON,
        earned_on=line.day("earned"),
    )


def _turn_account(stage: Stage, how: str) -> None:
    by, turn = stage.trust.owner, getattr(bank_accounts, how)
    with acting(by):
        turn(account_id=stage.trust.account.id, reason="It is no longer used", by=by, at=stage.now)
    with acting(by):
        stage.trust.account.refresh_from_db()
        for number, ledger in stage.ledgers.items():
            stage.ledgers[number] = TrustLedger.objects.select_related("account").get(pk=ledger.pk)
