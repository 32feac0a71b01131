"""`chancery doctor`: say what is wrong with an installation, and what to do about it."""

import argparse
import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path

from chancery.cli import folders, locks, roles, say
from chancery.cli.checkup import addresses, database, folder, machine
from chancery.cli.checkup.finding import Finding, State, attention, wrong
from chancery.cli.database import on_running
from chancery.cli.folders import DataFolder
from chancery.cli.installation import Plan, add_addresses

NAME = "doctor"
SENTENCE = "Say what is wrong with this installation, and what to do about it."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which options the command takes."""
    add_addresses(parser)
    folders.add_option(parser)
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(options: argparse.Namespace) -> int:
    """Print every finding; return 1 when something is wrong."""
    findings = list(_examine(Plan.of(options, os.environ), DataFolder(options.data.absolute())))
    if options.json:
        say.line(json.dumps([dataclasses.asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            say.line(_shown(finding))
    return int(any(finding.state is State.WRONG for finding in findings))


def _examine(plan: Plan, data: DataFolder) -> Iterator[Finding]:
    is_up = locks.is_held(data.run / "up.lock")
    plan = (is_up and Plan.noted(data)) or plan
    yield from machine.examine(Path(__file__).parents[3])
    yield from folder.examine(data)
    owner = os.environ.get("DATABASE_URL") or on_running(data, roles.OWNER)
    if owner:
        yield from database.examine(owner)
    elif data.postgres.is_symlink() and not data.postgres.exists():
        lost = f"not at {data.postgres.readlink()}, where {data.postgres} leads"
        yield wrong("database", lost, "put it back from a backup")
    else:
        remedy = "run doctor again while ./chancery up runs, to have it examined"
        yield attention("database", "not running", remedy)
    yield from addresses.examine(plan, is_up=is_up)


def _shown(finding: Finding) -> str:
    remedy = f": {finding.remedy}" if finding.remedy else ""
    return f"{finding.state:9}  {finding.subject:18}  {finding.fact}{remedy}"
