"""`python -m chancery`: the way in to every command."""

import sys

from chancery.cli.commands import main


def start() -> int:
    """Do the command that this program was started with."""
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(start())
