"""`chancery up`, whole: refused in one sentence, tended while it runs, gone when it stops, never losing."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from chancery.cli import keys, ports, program, roles
from chancery.cli.embedded import server
from chancery.cli.embedded.cluster import Cluster
from chancery.cli.processes import Process, all_gone, everyone
from chancery.cli.program import MARK
from postgres import throwaway_cluster

ROOT = Path(__file__).parents[2]
PATIENCE = 120
pytestmark = pytest.mark.slow


@dataclass
class Running:
    """One `chancery up` and what it said."""

    cluster: Cluster
    port: int
    supervisor: subprocess.Popen[bytes]
    said: Path

    def has_said(self, words: str) -> bool:
        return words in self.said.read_text(encoding="utf-8")

    def stop(self) -> int:
        """Press Ctrl-C and return the code."""
        self.supervisor.send_signal(signal.SIGINT)
        return self.supervisor.wait(PATIENCE)

    def programs(self) -> list[Process]:
        return program.left_over(self.cluster.folder.root)


def until(question: Callable[[], object]) -> None:
    """Wait until the answer is true."""
    pause, deadline = threading.Event(), time.monotonic() + PATIENCE
    while not question():
        assert time.monotonic() < deadline, "it never came about"
        pause.wait(0.05)


def words_of_up(*more: str) -> list[str]:
    return [sys.executable, "-m", "chancery", "up", *more]


def plain_environment() -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT / "src"), "PATH": os.defpath}


@contextmanager
def up(files: Cluster) -> Iterator[Running]:
    """Start everything on these files and wait for its last line."""
    port, said = ports.pick(), files.folder.root / "said.txt"
    words = words_of_up("--data", str(files.folder.root), "--port", str(port), "--no-demo")
    words += ["--sandbox-port", str(ports.pick())]
    with said.open("wb") as written:
        supervisor = subprocess.Popen(
            words, env=plain_environment(), stdout=written, stderr=written
        )
    running = Running(files, port, supervisor, said)
    try:
        until(lambda: running.has_said("Ctrl-C stops") or supervisor.poll() is not None)
        assert supervisor.poll() is None, said.read_text(encoding="utf-8")
        yield running
    finally:
        if supervisor.poll() is None:
            running.stop()


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def refusal(*words: str) -> str:
    """Return the one sentence with which `chancery up` refused to start."""
    ran = subprocess.run(
        words_of_up(*words), env=plain_environment(), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1, ran.stderr
    return ran.stderr


def test_it_is_tended_while_it_runs_and_gone_after_ctrl_c() -> None:
    with throwaway_cluster() as files, up(files) as running:
        assert answers(running.port)
        assert "already runs" in refusal("--data", str(files.folder.root))
        web = [one for one in running.programs() if b"web_server" in command_of(one)]
        before = running.programs()

        for process in web:
            process.signal(signal.SIGKILL)

        until(lambda: running.has_said("The web server ended"))
        until(lambda: answers(running.port))
        postmaster = server.postmaster_of(files.data)
        assert postmaster
        assert running.stop() == 0
        assert running.programs() == []
        assert all_gone([*before, postmaster], within=0)


def command_of(process: Process) -> bytes:
    return Path(f"/proc/{process.pid}/cmdline").read_bytes()


def test_after_kill_9_of_everything_the_next_start_has_everything() -> None:
    with throwaway_cluster() as files:
        with up(files) as running:
            write(files, "before the power cut")
            killed = [*running.programs(), *processes_on(files.data)]
            running.supervisor.kill()
            for process in killed:
                process.signal(signal.SIGKILL)
            running.supervisor.wait(PATIENCE)
            assert all_gone(killed, within=PATIENCE)

        with up(files) as running:
            assert answers(running.port)
            assert read(files) == ["before the power cut"]


def test_programs_do_not_outlive_a_killed_supervisor() -> None:
    with throwaway_cluster() as files, up(files) as running:
        orphans = [*running.programs(), *processes_on(files.data)]

        running.supervisor.kill()
        running.supervisor.wait(PATIENCE)

        assert orphans
        assert all_gone(orphans, within=PATIENCE)


def processes_on(data: Path) -> list[Process]:
    return [process for process in everyone() if server._works_on(process, data)]


def as_owner(files: Cluster) -> psycopg.Connection[tuple[object, ...]]:
    password = keys.obtain(files.folder.keys, f"{roles.OWNER}.password")
    port = (files.folder.run / "postgres.port").read_text().strip()
    return psycopg.connect(f"postgresql://{roles.OWNER}:{password}@127.0.0.1:{port}/chancery")


def write(files: Cluster, line: str) -> None:
    with as_owner(files) as connection:
        connection.execute("CREATE TABLE written (line text)")
        connection.execute("INSERT INTO written VALUES (%s)", [line])


def read(files: Cluster) -> list[object]:
    with as_owner(files) as connection:
        return [row[0] for row in connection.execute("SELECT line FROM written")]


@pytest.mark.parametrize("option", ["--port", "--sandbox-port"])
def test_a_port_in_use_is_one_sentence_naming_the_option(tmp_path: Path, option: str) -> None:
    free = {"--port": ports.pick(), "--sandbox-port": ports.pick()}
    with socket.create_server((ports.LOOPBACK, 0)) as stranger:
        taken = {**free, option: stranger.getsockname()[1]}
        words = [str(word) for pair in taken.items() for word in pair]

        said = refusal("--data", str(tmp_path / "var"), *words)

    assert f"Port {taken[option]} is in use" in said
    assert said.rstrip().endswith(f"with {option}.")


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    said = refusal("--data", str(tmp_path / "file" / "var"))

    assert "cannot be written (not a directory)" in said
    assert "--data" in said


def test_a_program_that_an_earlier_start_left_is_ended_and_a_stranger_is_not(
    tmp_path: Path,
) -> None:
    ours = subprocess.Popen(["sleep", "600"], env={MARK: str(tmp_path), "PATH": os.defpath})
    other = subprocess.Popen(["sleep", "600"], env={MARK: "elsewhere", "PATH": os.defpath})
    try:
        assert program.clear_away(tmp_path) == 1

        assert ours.wait(PATIENCE) == -signal.SIGTERM
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
