"""Make a wanted account in the package, once: look first, write down what is meant, send, take over.

Killed at any line, the next worker looks before it sends: what exists under our intent is ours.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from chancery.accounting import account_rules, accounts, chart, choices, port
from chancery.accounting.account_rules import Adopt, Create, Intent, Restore, Situation, Stop
from chancery.accounting.edge import Edge
from chancery.accounting.models import AccountUse, Connection, SentDocument
from chancery.accounting.port import Account, AccountType, WantedAccount
from chancery.lib import ids, kill_points
from chancery.outbox import attempts, claims
from chancery.outbox.attempts import REFUSED, SENDING, Step
from chancery.outbox.claims import Claim
from chancery.outbox.troubles import Trouble
from chancery.tenancy.scope import firm_scope

ROUNDS_MOST = 5


def deliver(claim: Claim, edge: Edge) -> None:
    """Make the account that the message's use wants, or stop with what a person may do.

    Raises any of the port's answers that is not about this account, and ClaimLost.
    """
    making = Making(claim, edge, edge.books_of(claim.firm_id))
    if making.is_settled():
        return
    refused: list[port.Rejected] = []
    refused_codes: set[str] = set()
    for _ in range(ROUNDS_MOST):
        decision = making.decide(frozenset(refused_codes))
        if isinstance(decision, Adopt | Stop):
            making.settle(decision)
            return
        try:
            made = making.send(decision)
        except port.Rejected as refusal:
            making.note_refusal(refusal)
            refused.append(refusal)
            if not _is_worth_another_look(refused):
                making.stop(account_rules.refused(refusal))
                return
            refused_codes |= {decision.code} if isinstance(decision, Create) else set()
            continue
        making.take_over(made, "Made it")
        return
    making.stop(account_rules.ROUNDS_USED_UP)


@dataclass(frozen=True)
class Making:
    """One try at making one account."""

    claim: Claim
    edge: Edge
    books: port.Books

    def is_settled(self) -> bool:
        """Finish without a call when the use has its account, or went when the organisation changed."""
        with firm_scope(self.claim.firm_id):
            use = AccountUse.objects.filter(pk=self.claim.subject_id).first()
            if use is not None and use.chart_account_id is None:
                return False
            said = "It is no longer wanted." if use is None else "It had its account."
            claims.finish(self.claim, Step("done", said), at=self.edge.now())
            return True

    def decide(self, refused_codes: frozenset[str]) -> account_rules.Decision:
        """Read the chart as it is now and decide from it; always before anything is sent."""
        found = self.books.accounts()
        kill_points.reach("after_lookup")
        with firm_scope(self.claim.firm_id):
            return account_rules.decide(self._situation(found, refused_codes))

    def send(self, decision: Create | Restore) -> Account:
        """Write down what is meant and commit it; only then let the request leave."""
        with firm_scope(self.claim.firm_id):
            use = AccountUse.objects.get(pk=self.claim.subject_id)
            connection = Connection.objects.get()
            new = _new_account(use, decision, home=connection.currency)
            meant = Step(SENDING, _said(decision), _facts(new, decision))
            claims.note(self.claim, meant, at=self.edge.now())
        kill_points.reach("after_intent")
        if isinstance(decision, Restore):
            once = f"{self.claim.attempt_name}-restore"
            made = self.books.restore_account(decision.account.external_id, once=once)
        else:
            once = f"{self.claim.attempt_name}-{new.code}"
            made = self.books.create_account(new, once=once)
        kill_points.reach("after_answer")
        return made

    def settle(self, decision: Adopt | Stop) -> None:
        """Write down an end that needs no request."""
        if isinstance(decision, Adopt):
            self.take_over(decision.account, "Found it as it was made")
        else:
            self.stop(decision.trouble, decision.account)

    def take_over(self, account: Account, how: str) -> None:
        """Write all that follows from the account being there, in one transaction."""
        now = self.edge.now()
        with firm_scope(self.claim.firm_id):
            choices.hold()  # what is sent makes it final; whoever backs out locks it before the uses
            use = accounts.locked(self.claim.subject_id)
            came = {"external_id": account.external_id, "code": account.code}
            claims.finish(self.claim, Step("done", how, came), at=now)
            accounts.assign(use, chart.keep_one(account, firm_id=self.claim.firm_id, at=now))
            self._write_down_as_sent(account, now)
            changes = {f"Account in {account_rules.PACKAGE}": ("", account_rules.called(account))}
            accounts.record(use, "The account is there", by=None, at=now, changes=changes)
            kill_points.reach("before_done")

    def stop(self, trouble: Trouble, account: Account | None = None) -> None:
        """Ask a person; the account in the way is kept, so that it can be chosen."""
        now = self.edge.now()
        with firm_scope(self.claim.firm_id):
            claims.needs_person(self.claim, trouble, at=now)
            if account is not None:
                chart.keep_one(account, firm_id=self.claim.firm_id, at=now)

    def note_refusal(self, refusal: port.Rejected) -> None:
        """Log what the package said no to."""
        with firm_scope(self.claim.firm_id):
            claims.note(self.claim, Step(REFUSED, str(refusal)), at=self.edge.now())

    def _situation(self, found: tuple[Account, ...], refused_codes: frozenset[str]) -> Situation:
        use = AccountUse.objects.get(pk=self.claim.subject_id)
        serving = AccountUse.objects.filter(chart_account__isnull=False).exclude(pk=use.pk)
        meant = (facts for facts in attempts.intents(self.claim.message_id) if "code" in facts)
        return Situation(
            wanted=wanted_of(use),
            chart=found,
            intents=tuple(Intent(one["name"], one["code"], one["bank_number"]) for one in meant),
            serving=frozenset(serving.values_list("chart_account__external_id", flat=True)),
            refused_codes=refused_codes,
            restoring=str(use.wanted.get("restoring", "")),
        )

    def _write_down_as_sent(self, account: Account, at: datetime) -> None:
        SentDocument.objects.create(
            id=ids.new(),
            firm_id=self.claim.firm_id,
            kind="account",
            key=self.claim.key,
            external_id=account.external_id,
            sent_at=at,
        )


def wanted_of(use: AccountUse) -> WantedAccount:
    """Return the account that a use wants."""
    return WantedAccount(
        name=use.wanted["name"],
        type=AccountType(use.wanted["type"]),
        bank_number=use.wanted.get("bank_number", ""),
        currency=use.wanted.get("currency", ""),
    )


def _is_worth_another_look(refused: list[port.Rejected]) -> bool:
    """Return whether the chart may explain the refusal: a taken code always, a taken name once."""
    if account_rules.code_was_taken(refused[-1]):
        return True
    names = [refusal for refusal in refused if account_rules.name_was_taken(refusal)]
    return len(names) == 1 and refused[-1] is names[0]


def _new_account(use: AccountUse, decision: Create | Restore, *, home: str) -> port.NewAccount:
    """Return the account to make; the organisation's own currency goes without saying."""
    wanted = wanted_of(use)
    if wanted.currency == home:
        wanted = replace(wanted, currency="")
    return port.NewAccount(wanted, decision.code if isinstance(decision, Create) else "")


def _facts(new: port.NewAccount, decision: Create | Restore) -> dict[str, Any]:
    if isinstance(decision, Restore):
        return {"restoring": decision.account.external_id}
    return asdict(new.wanted) | {"code": new.code}


def _said(decision: Create | Restore) -> str:
    if isinstance(decision, Create):
        return f"Making it with the code {decision.code}."
    return f"Restoring {account_rules.called(decision.account)}."
