"""Which handler delivers which topic: one line each."""

from chancery.accounting import account_creation, accounts, refreshing
from chancery.accounting.edge import Edge, Handler
from chancery.outbox.claims import Claim
from chancery.trust import history_jobs


def _post_history(claim: Claim, edge: Edge) -> None:
    history_jobs.deliver(claim, edge.now)


HANDLERS: dict[str, Handler] = {
    accounts.TOPIC: account_creation.deliver,
    refreshing.TOPIC: refreshing.deliver,
    history_jobs.TOPIC: _post_history,
}
