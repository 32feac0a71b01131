"""What is done once a day for every firm: old answers to programs are dropped, the books are added up."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, InterfaceError

from chancery.practice import api_answers
from chancery.tenancy.scope import firm_scope
from chancery.trust import proof_cases
from chancery.worker.logs import facts

log = logging.getLogger("chancery.worker")


def drop_old_answers(now: Callable[[], datetime], *, is_ending: Callable[[], bool]) -> int:
    """Drop the answers to programs that are older than they are kept for; return how many went.

    They go bit by bit, each in a transaction of its own, so that nobody waits; a worker that is asked
    to end leaves the rest to the next day.
    """
    dropped = 0
    while not is_ending():
        went = api_answers.drop_old(at=now())
        dropped += went
        if not went:
            break
    return dropped


def add_up_books(now: Callable[[], datetime], *, is_ending: Callable[[], bool]) -> int:
    """Add up the books of every firm, each in its own scope; return how many cases that opened.

    A bug that one firm's books meet keeps nobody else's from being added up.
    """
    opened = 0
    for firm_id in proof_cases.firms():
        if is_ending():
            break
        try:
            with firm_scope(firm_id):
                opened += len(proof_cases.look(firm_id=firm_id, at=now()))
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            log.exception("A bug was met while books were added up.", extra=facts(firm=firm_id))
    return opened
