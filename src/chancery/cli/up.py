"""`chancery up`: start everything, print where it is, keep it running, stop it in order."""

import argparse
import os
from contextlib import ExitStack
from pathlib import Path

from chancery.cli import (
    demo_sign_in,
    folders,
    interruption,
    locks,
    migrations,
    program,
    say,
    static_files,
)
from chancery.cli.demo_sign_in import SignIn
from chancery.cli.folders import DataFolder
from chancery.cli.installation import Installation, Plan, add_addresses
from chancery.cli.interruption import Interrupted, Interruption
from chancery.cli.supervisor import Supervisor

NAME = "up"
SENTENCE = "Start the database, the web server, the worker and the sandbox; Ctrl-C stops them."
_TICK = 0.2


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which options the command takes."""
    add_addresses(parser)
    parser.add_argument("--workers", type=int, default=1, help="how many workers deliver (1)")
    no_demo = "do not found the demo firm"
    parser.add_argument("--no-demo", action="store_true", help=no_demo)
    folders.add_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the installation until somebody asks to stop."""
    plan = Plan.of(options, os.environ)
    folder = folders.prepare(options.data)
    with interruption.awaited() as asked:
        try:
            _run(plan, folder, asked)
        except Interrupted:
            say.line("Stopped.")
    return 0


def _run(plan: Plan, folder: DataFolder, asked: Interruption) -> None:
    with ExitStack() as stack:
        stack.enter_context(locks.held(folder.run / "up.lock", on_behalf_of=folder.root))
        program.clear_away(folder.root)
        plan.refuse_taken_ports()
        installation = Installation.begin(plan, folder, stack, asked)
        _bring_up_to_date(installation, asked)
        sign_in = _demo(plan, installation, asked)
        supervisor = Supervisor(plan.programs(folder), installation.environment, asked, say.line)
        stack.callback(supervisor.stop)
        supervisor.start()
        _announce(plan, folder, sign_in)
        while True:
            asked.pause(_TICK)
            installation.tend(supervisor)
            supervisor.tend()


def _bring_up_to_date(installation: Installation, asked: Interruption) -> None:
    owner, told = installation.addresses.owner, installation.environment
    migrations.apply(owner, told, say=say.line, pause=asked.pause)
    static_files.collect(installation.folder, told, pause=asked.pause)


def _demo(plan: Plan, installation: Installation, asked: Interruption) -> SignIn | None:
    if plan.with_demo and demo_sign_in.is_fitting(plan.base_url):
        owner = installation.addresses.owner
        return demo_sign_in.obtain(
            installation.folder, installation.environment, owner=owner, pause=asked.pause
        )
    return None


def _announce(plan: Plan, folder: DataFolder, sign_in: SignIn | None) -> None:
    plan.note(folder)
    say.line(f"Chancery      {plan.base_url}")
    if plan.sandbox_url:
        say.line(f"Xero sandbox  {plan.sandbox_url}")
    if sign_in:
        password = sign_in.password or "(its file is gone)"
        say.line(f"Sign in       {sign_in.email}  {password}")
    say.line(f"Ctrl-C stops all of it. Logs are in {_shown(folder.log)}.")


def _shown(path: Path) -> str:
    """Return a path as short as a person standing here would write it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
