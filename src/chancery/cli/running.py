"""The installation while it runs: what a command needs that works on its database."""

import os
from dataclasses import dataclass

from chancery.cli import database, environment, roles
from chancery.cli.folders import DataFolder
from chancery.lib.refusals import Refusal


@dataclass(eq=False)
class NotRunning(Refusal):
    """There is no database to work on."""

    code = "cli.not_running"

    def __str__(self) -> str:
        return (
            "The database does not run: start ./chancery up, then do this from a second terminal."
        )


def address_of_verifier(folder: DataFolder) -> str:
    """Return where the role that only reads reaches this installation's database.

    Refuses: NotRunning.
    """
    if os.environ.get("DATABASE_URL"):
        return database.on_own_server(os.environ, folder).verifier
    if address := database.on_running(folder, roles.VERIFIER):
        return address
    raise NotRunning


def connect(folder: DataFolder) -> None:
    """Let Django work on this installation's database as the program does.

    Refuses: NotRunning.
    """
    if os.environ.get("DATABASE_URL"):
        address = database.on_own_server(os.environ, folder).app
    else:
        address = database.on_running(folder, roles.APP)
    if not address:
        raise NotRunning
    os.environ.update(environment.of_program(os.environ, folder=folder, database=address))
    import django  # noqa: PLC0415 - only commands that work on it pay for Django

    django.setup()
