"""Being asked to stop: once ends everything in order, twice ends it at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ASKED_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Somebody asked this command to stop; like KeyboardInterrupt, no error and not to be caught as one."""


class Interruption:
    """How often this command was asked to stop."""

    def __init__(self) -> None:
        self.times = 0

    @property
    def is_urgent(self) -> bool:
        """Return whether it was asked more than once: whoever asks does not want to wait."""
        return self.times > 1

    def receive(self, number: int, frame: FrameType | None) -> None:
        """Break off what is being done, the first time; later ones only hurry the stopping."""
        del number, frame
        self.times += 1
        if self.times == 1:
            raise Interrupted


@contextmanager
def awaited() -> Iterator[Interruption]:
    """Turn Ctrl-C and the system's own requests to stop into Interrupted while the block runs."""
    interruption = Interruption()
    before = {number: signal.signal(number, interruption.receive) for number in _ASKED_BY}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
