"""`python -m chancery`: the way in to every command."""

import signal
import sys


def start() -> int:
    """Do the command that this program was started with."""
    # Reading the commands takes a moment; a Ctrl-C in it ends the program without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from chancery.cli.commands import main  # noqa: PLC0415 - the reason stands above

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(start())
