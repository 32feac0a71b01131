"""What is done once a day, whoever's firm it is: what was kept for programs long enough is dropped."""

from collections.abc import Callable
from datetime import datetime

from chancery.practice import api_answers


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
