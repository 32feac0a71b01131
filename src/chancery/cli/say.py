"""What a command says: plain lines, results on standard output and complaints on standard error."""

import sys


def line(text: str = "") -> None:
    """Print one line of a result, at once, so that a watcher sees it as it happens."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complaint(text: str) -> None:
    """Print one line that is not a result but what stands in its way."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
