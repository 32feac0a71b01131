"""Named places where a test may kill the process, to prove that nothing is lost or done twice.

Inert unless CHANCERY_KILL_AT names a point; production never sets it, and doctor complains when it is set.
"""

import os
import signal


def reach(point: str) -> None:
    """End this process at once, as a power cut would, when the environment names this point."""
    if os.environ.get("CHANCERY_KILL_AT") == point:
        os.kill(os.getpid(), signal.SIGKILL)
