"""One supervised program: it starts again later each time, and ends even when it does not want to."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from chancery.cli import interruption, logs, step
from chancery.cli.interruption import Interrupted, Interruption
from chancery.cli.program import Program
from chancery.cli.supervisor import ProgramFailed, Supervisor

DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
ENVIRONMENT = {"PATH": os.defpath}


def python(code: str, log: Path) -> Program:
    return Program("program", [sys.executable, "-c", code], log)


def has_written(program: Program) -> bool:
    return program.log.exists() and bool(program.log.read_bytes())


def wait_for_word(program: Program) -> None:
    pause = threading.Event()
    while not has_written(program):
        pause.wait(0.02)


def test_it_starts_again_later_each_time_it_ends_soon(tmp_path: Path) -> None:
    program = python("pass", tmp_path / "log")
    program.began_at = time.monotonic()

    pauses = [program.put_off() for _ in range(7)]

    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_after_steady_work_it_starts_again_soon(tmp_path: Path) -> None:
    program = python("pass", tmp_path / "log")
    program.put_off()
    program.put_off()

    program.began_at -= 100_000

    assert program.put_off() == 1


def test_one_that_does_not_listen_is_ended_when_somebody_is_in_a_hurry(tmp_path: Path) -> None:
    program = python(DEAF, tmp_path / "log")
    program.start(ENVIRONMENT)
    wait_for_word(program)
    child = program.child
    assert child

    program.stop(is_urgent=lambda: True)

    assert child.returncode == -9


def test_one_that_ends_before_it_answers_is_told_with_its_last_line(tmp_path: Path) -> None:
    program = python("raise SystemExit('no such table')", tmp_path / "log")
    program.answers = lambda: False
    supervisor = Supervisor([program], ENVIRONMENT, Interruption(), lambda _: None)

    with pytest.raises(ProgramFailed, match=r"no such table.*whole story is in"):
        supervisor.start()


def test_the_first_request_to_stop_breaks_off_and_the_second_hurries() -> None:
    with interruption.awaited() as asked:
        asked.pause(0)
        os.kill(os.getpid(), signal.SIGINT)

        with pytest.raises(Interrupted):
            asked.pause(0)
        assert not asked.is_urgent
        os.kill(os.getpid(), signal.SIGTERM)
        assert asked.is_urgent


def test_a_step_ends_when_its_start_is_broken_off() -> None:
    with interruption.awaited() as asked:
        os.kill(os.getpid(), signal.SIGINT)
        began = time.monotonic()

        with pytest.raises(Interrupted):
            step.run(["sleep", "600"], ENVIRONMENT, pause=asked.pause)

    assert time.monotonic() - began < 60


def test_a_step_that_fails_is_told_with_its_last_complaint() -> None:
    outcome = step.run([sys.executable, "-c", "raise SystemExit('no such table')"], ENVIRONMENT)

    assert (outcome.code, outcome.last_complaint) == (1, "no such table")


def test_a_log_that_grew_large_is_set_aside(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * 10_000_001)

    logs.opened(log).close()

    assert log.stat().st_size == 0
    assert (tmp_path / "web.log.1").stat().st_size == 10_000_001
