"""How long to wait after a failure: longer each time, never in step with others, and not for ever."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Schedule:
    """The first wait, the longest, and after how many failures a person is asked."""

    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=15)
    failures_most: int = 12
    patience: timedelta = timedelta(days=3)


USUAL = Schedule()


def wait(failures: int, *, spread: float, schedule: Schedule = USUAL) -> timedelta | None:
    """Return the wait after this many failures in a row, or None: it is a person's turn.

    Each wait doubles up to the longest. ``spread``, a random figure from 0 up to 1, moves it between
    a half and the whole, so that many who failed together do not come back together.
    """
    if failures >= schedule.failures_most:
        return None
    doubled = schedule.first * (1 << min(max(failures - 1, 0), 32))
    whole = min(doubled, schedule.longest)
    return whole / 2 + whole / 2 * spread


def is_past_patience(waited: timedelta, *, schedule: Schedule = USUAL) -> bool:
    """Return whether something has waited so long, without any failure, that a person must know."""
    return waited > schedule.patience
