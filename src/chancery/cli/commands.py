"""Every command, one module each: its name, its sentence, its options, and what it does."""

import argparse
from collections.abc import Sequence
from types import ModuleType

from chancery.cli import doctor, firm, history, password, reset, say, up, verify
from chancery.lib.refusals import Outage, Refusal

_COMMANDS: tuple[ModuleType, ...] = (up, verify, doctor, firm, password, reset, history)
_REFUSED = 1
_NO_COMMAND = 2


def main(words: Sequence[str]) -> int:
    """Do the command that the words name; return 0 only when it was done."""
    parser = _parser()
    if words and not words[0].startswith("-") and words[0] not in _names():
        known = ", ".join(_names())
        say.complaint(f"chancery has no command {words[0]!r}: choose one of {known}.")
        return _NO_COMMAND
    chosen = parser.parse_args(words)
    if not hasattr(chosen, "run"):
        _list()
        return 0
    try:
        code: int = chosen.run(chosen)
    except (Refusal, Outage) as reason:
        say.complaint(str(reason))
        return _REFUSED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="chancery", description="Client-money accounting.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in _COMMANDS:
        command = commands.add_parser(
            module.NAME, help=module.SENTENCE, description=module.SENTENCE
        )
        module.add_options(command)
        command.set_defaults(run=module.run)
    return parser


def _names() -> list[str]:
    return [module.NAME for module in _COMMANDS]


def _list() -> None:
    width = max(len(module.NAME) for module in _COMMANDS)
    for module in _COMMANDS:
        say.line(f"chancery {module.NAME:{width}}  {module.SENTENCE}")
    say.line("chancery COMMAND --help lists its options.")
