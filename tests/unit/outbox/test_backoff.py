from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from chancery.outbox import backoff

SPREADS = some.floats(min_value=0, max_value=1, exclude_max=True)
FAILURES = some.integers(min_value=1, max_value=backoff.USUAL.failures_most - 1)


@given(FAILURES, SPREADS)
def test_every_wait_is_more_than_nothing_and_never_over_the_longest(
    failures: int, spread: float
) -> None:
    wait = backoff.wait(failures, spread=spread)

    assert wait is not None
    assert timedelta() < wait <= backoff.USUAL.longest


@given(SPREADS)
def test_the_next_wait_is_never_shorter_than_the_last_with_the_same_spread(spread: float) -> None:
    waits = [backoff.wait(n, spread=spread) for n in range(1, backoff.USUAL.failures_most)]

    assert waits == sorted(waits, key=lambda wait: wait or timedelta())


def test_two_who_failed_together_do_not_come_back_together() -> None:
    assert timedelta(seconds=4) == backoff.wait(3, spread=0)
    assert timedelta(seconds=6) == backoff.wait(3, spread=0.5)


def test_after_the_last_failure_it_is_a_persons_turn() -> None:
    most = backoff.USUAL.failures_most

    assert backoff.wait(most - 1, spread=0.5) is not None
    assert backoff.wait(most, spread=0.5) is None
    assert backoff.wait(most + 1, spread=0.5) is None


def test_patience_ends_after_three_days() -> None:
    assert not backoff.is_past_patience(timedelta(days=3))
    assert backoff.is_past_patience(timedelta(days=3, microseconds=1))
