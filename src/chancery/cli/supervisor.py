"""Keep the programs of an installation running until somebody asks to stop."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chancery.cli.interruption import Interruption
from chancery.cli.program import Program
from chancery.lib.refusals import Outage

Say = Callable[[str], None]
_TICK = 0.05
_PATIENCE = 90.0


@dataclass(eq=False)
class ProgramFailed(Outage):
    """A program ended, or kept silent, before it answered for the first time."""

    code = "cli.program_failed"

    name: str
    said: str
    log: Path

    def __str__(self) -> str:
        return f"The {self.name} did not start ({self.said}): the whole story is in {self.log}."


@dataclass
class Supervisor:
    """The programs in the order of their starting; they end in the opposite order."""

    programs: Sequence[Program]
    environment: Mapping[str, str]
    interruption: Interruption
    say: Say

    def start(self) -> None:
        """Start all, the patient ones last, and wait until each answers.

        Raises ProgramFailed.
        """
        deadline = time.monotonic() + _PATIENCE
        for is_patient in (False, True):
            begun = [one for one in self.programs if one.is_patient is is_patient]
            for program in begun:
                program.start(self.environment)
            for program in begun:
                self._await(program, deadline)

    def _await(self, program: Program, deadline: float) -> None:
        while not program.answers():
            if program.has_ended() or time.monotonic() > deadline:
                raise ProgramFailed(program.name, program.last_line(), program.log)
            self.interruption.pause(_TICK)

    def tend(self) -> None:
        """Look once at every program, and start again what ended."""
        for program in self.programs:
            if program.has_ended():
                said = program.last_line()
                pause = program.put_off()
                self.say(f"The {program.name} ended ({said}); it starts again in {pause:.0f} s.")
            elif program.is_due():
                program.start(self.environment)

    def stop(self) -> None:
        """End all of them, each in order, or at once when somebody is in a hurry."""
        for program in reversed(self.programs):
            program.stop(is_urgent=lambda: self.interruption.is_urgent)
