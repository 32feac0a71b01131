"""`chancery firm add`: found a firm with its first administrator."""

import argparse
from dataclasses import dataclass

from chancery.cli import folders, running, say
from chancery.lib import clock
from chancery.lib.refusals import Refusal

NAME = "firm"
SENTENCE = "Found a firm with its first administrator."


@dataclass(eq=False)
class NothingToJoin(Refusal):
    """Nobody signs in with this address yet."""

    code = "cli.nothing_to_join"

    email: str

    def __str__(self) -> str:
        return f"Nobody signs in as {self.email} yet: found the firm without --join, and a password is made."


@dataclass(eq=False)
class AccountExists(Refusal):
    """Somebody signs in with this address already."""

    code = "cli.account_exists"

    email: str

    def __str__(self) -> str:
        return f"{self.email} signs in already: found the firm with --join, and their own password serves."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which options the command takes."""
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    add = acts.add_parser("add", help=SENTENCE, description=SENTENCE)
    folders.add_option(add)
    add.add_argument("--name", required=True, help="the firm's name")
    add.add_argument("--administrator", required=True, help="the first person's name")
    add.add_argument("--email", required=True, help="the address that person signs in with")
    add.add_argument("--country", default="AU", help="two letters (AU)")
    add.add_argument("--currency", default="AUD", help="three letters (AUD)")
    add.add_argument("--time-zone", default="Australia/Sydney", help="such as Australia/Sydney")
    add.add_argument("--join", action="store_true", help="the address signs in already")


def run(options: argparse.Namespace) -> int:
    """Found the firm and print how its administrator signs in; the password is shown this once.

    Refuses: NotRunning, AccountExists, NothingToJoin, DetailsNotRight, FolderUnwritable, FolderOfAnother.
    """
    running.connect(folders.prepare(options.data))
    # Models can be imported only after the set-up, and most commands need none of them.
    from chancery.practice import accounts, firms  # noqa: PLC0415
    from chancery.practice.people import User  # noqa: PLC0415

    exists = User.objects.filter(email=options.email.strip().lower()).exists()
    if exists and not options.join:
        raise AccountExists(options.email)
    if options.join and not exists:
        raise NothingToJoin(options.email)
    password = accounts.new_password()
    person = firms.found(
        details=firms.FirmDetails(
            options.name, options.currency, options.country, options.time_zone
        ),
        administrator=firms.Administrator(
            options.administrator, options.email, password, must_choose_password=True
        ),
        at=clock.now(),
    )
    say.line(f"{options.name} is founded.")
    if options.join:
        say.line(f"Sign in as {person.user.email} with the password of that account.")
    else:
        say.line(
            f"Sign in as {person.user.email} with {password}; it leads straight to choosing another."
        )
    return 0
