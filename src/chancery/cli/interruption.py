"""Being asked to stop: once ends everything in order, twice ends it at once.

The request is only noted when it comes and obeyed where the program waits. An exception thrown from
a signal's handler may fall into code that swallows it, and then nobody would ever stop.
"""

import signal
import time
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
        """Note that somebody asked."""
        del number, frame
        self.times += 1

    def pause(self, seconds: float) -> None:
        """Wait, and break off when somebody asked to stop.

        Raises Interrupted.
        """
        time.sleep(seconds)
        if self.times:
            raise Interrupted


@contextmanager
def awaited() -> Iterator[Interruption]:
    """Note Ctrl-C and the system's own requests to stop while the block runs."""
    interruption = Interruption()
    before = {number: signal.signal(number, interruption.receive) for number in _ASKED_BY}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
