"""`chancery password`: give an account a new password, for whoever keeps the server."""

import argparse

from chancery.cli import folders, running, say
from chancery.lib import clock

NAME = "password"
SENTENCE = "Give someone who forgot theirs another, which works until they choose their own."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which options the command takes."""
    folders.add_option(parser)
    parser.add_argument("--email", required=True, help="the address they sign in with")


def run(options: argparse.Namespace) -> int:
    """Give the password and print it, this once.

    Refuses: NotRunning, NoSuchAccount, FolderUnwritable, FolderOfAnother.
    """
    running.connect(folders.prepare(options.data))
    # Models can be imported only after the set-up, and most commands need none of them.
    from chancery.practice import accounts, passwords  # noqa: PLC0415

    password = accounts.new_password()
    user = passwords.give_at_the_server(email=options.email, password=password, at=clock.now())
    say.line(f"Sign in as {user.email} with {password}; it leads straight to choosing another.")
    return 0
