"""How a worker goes about it: how many at once, how often it looks, how long it may keep a message."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Pace:
    """The figures of one worker.

    The lease outlasts the longest a single request may take, and is renewed before each
    change; a message whose worker died is taken by another once it has run out.
    """

    threads: int = 4
    look_every: timedelta = timedelta(milliseconds=500)
    lease: timedelta = timedelta(seconds=90)
    call_lasts: timedelta = timedelta(seconds=60)
    beat_every: timedelta = timedelta(seconds=15)
    round_every: timedelta = timedelta(days=1)
    end_within: timedelta = timedelta(seconds=25)
