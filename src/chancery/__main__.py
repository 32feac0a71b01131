"""`python -m chancery`: the way in to every command."""

import signal
import sys


def start() -> int:
    """Do the command that this program was started with."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback for a Ctrl-C before a command begins
    from chancery.cli.commands import main  # noqa: PLC0415 - reading the commands is worth a Ctrl-C too

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(start())
