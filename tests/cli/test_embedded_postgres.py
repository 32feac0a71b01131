"""The embedded server keeps what was committed, and touches no process that is not its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from chancery.cli import database, folders, ports
from chancery.cli.embedded import account, cluster, server
from chancery.cli.embedded.account import NoUserForPostgres
from chancery.cli.embedded.cluster import Cluster, DatabaseGone, OtherVersion
from chancery.cli.embedded.server import Server
from chancery.cli.processes import Process, all_gone, everyone
from postgres import throwaway_cluster

pytestmark = pytest.mark.slow


def silent(text: str) -> None:
    """Say nothing."""


@pytest.fixture
def made() -> Iterator[Cluster]:
    with throwaway_cluster() as files:
        yield files


@contextmanager
def started(files: Cluster) -> Iterator[Server]:
    running = server.start(files, say=silent)
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def stranger(files: Cluster) -> Iterator[Process]:
    """Run a process of the server's own user that is no database."""
    sleeping = subprocess.Popen(files.account.command("sleep", "600"), **files.account.options())
    found = Process.find(sleeping.pid)
    assert found
    try:
        yield found
    finally:
        sleeping.kill()
        sleeping.wait()


def write_postmaster_file(files: Cluster, pid: int) -> None:
    lines = [str(pid), str(files.data), "1700000000", "5432", "", "127.0.0.1", "0", "ready"]
    file = files.data / "postmaster.pid"
    file.write_text("\n".join(lines) + "\n")
    owner = files.data.stat()
    os.chown(file, owner.st_uid, owner.st_gid)


def test_a_stale_pid_file_does_not_make_it_signal_or_adopt_a_stranger(made: Cluster) -> None:
    with stranger(made) as other:
        write_postmaster_file(made, other.pid)

        with started(made) as running:
            assert running.process != other
            assert running.is_running()

        assert not running.is_running()
        assert other.is_alive()


def test_a_server_that_outlived_its_supervisor_is_adopted(made: Cluster) -> None:
    with started(made) as first:
        second = server.start(made, say=silent)

        assert (second.process, second.port) == (first.process, first.port)


def test_everything_committed_is_there_after_every_process_was_killed(made: Cluster) -> None:
    running = server.start(made, say=silent)
    owner = database.on_embedded(running).owner
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE written (line int)")
    acknowledged: list[int] = []
    writer = threading.Thread(target=write_until_it_fails, args=(owner, acknowledged))
    writer.start()
    wait_until_written(acknowledged, 50)

    kill_every_process_of(made.data)
    writer.join()
    assert running.child
    running.child.wait()

    with started(made) as recovered:
        again = database.on_embedded(recovered).owner
        with psycopg.connect(again) as connection:
            kept = {row[0] for row in connection.execute("SELECT line FROM written")}
    assert set(acknowledged) <= kept


def write_until_it_fails(address: str, acknowledged: list[int]) -> None:
    with (
        suppress(psycopg.OperationalError),
        psycopg.connect(address, autocommit=True) as connection,
    ):
        for line in range(1_000_000):
            connection.execute("INSERT INTO written VALUES (%s)", [line])
            acknowledged.append(line)


def wait_until_written(acknowledged: list[int], lines: int) -> None:
    waiting = threading.Event()
    while len(acknowledged) < lines:
        waiting.wait(0.01)


def kill_every_process_of(data: Path) -> None:
    killed = [process for process in everyone() if server._works_on(process, data)]
    assert len(killed) > 1
    for process in killed:
        process.signal(signal.SIGKILL)
    assert all_gone(killed, within=10)


def test_a_killed_postmaster_whose_backends_live_on_is_replaced(made: Cluster) -> None:
    running = server.start(made, say=silent)
    running.process.signal(signal.SIGKILL)
    assert running.child
    running.child.wait()

    with started(made) as second:
        owner = database.on_embedded(second).owner
        with psycopg.connect(owner) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_creation_that_was_interrupted_is_begun_again(made: Cluster) -> None:
    unfinished = made.data.with_name("postgres.new")
    made.data.rename(unfinished)
    (unfinished / "PG_VERSION").unlink()

    again = cluster.prepare(made.folder, made.binaries)

    assert (again.data / "PG_VERSION").exists()
    assert not unfinished.exists()


def test_another_port_is_taken_when_a_stranger_holds_the_remembered_one(made: Cluster) -> None:
    with socket.create_server((ports.LOOPBACK, 0)) as stranger_listens:
        taken = stranger_listens.getsockname()[1]
        (made.folder.run / "postgres.port").write_text(str(taken))

        with started(made) as running:
            assert running.port != taken


def test_files_of_another_version_are_refused(made: Cluster) -> None:
    (made.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(OtherVersion, match="made by PostgreSQL 9"):
        cluster.prepare(made.folder, made.binaries)


def test_a_database_that_was_taken_away_is_missed_and_not_made_anew(made: Cluster) -> None:
    elsewhere = made.folder.root / "elsewhere"
    made.data.rename(elsewhere)
    made.folder.postgres.symlink_to(elsewhere)
    elsewhere.rename(made.folder.root / "gone")

    with pytest.raises(DatabaseGone, match="put it back from a backup"):
        cluster.prepare(made.folder, made.binaries)


def test_only_this_machine_may_connect_and_only_with_a_password(made: Cluster) -> None:
    with started(made) as running:
        admin = running.address("postgres", made.password, "postgres")
        with psycopg.connect(admin) as connection:
            listens = connection.execute("SHOW listen_addresses").fetchone()
            ways = connection.execute(
                "SELECT DISTINCT auth_method FROM pg_hba_file_rules"
            ).fetchall()
            durable = connection.execute("SHOW fsync").fetchone()
            checked = connection.execute("SHOW data_checksums").fetchone()

        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(running.address("postgres", "wrong", "postgres"))

    assert (listens, ways) == (("127.0.0.1",), [("scram-sha-256",)])
    assert (durable, checked) == (("on",), ("on",))


def test_the_server_ends_when_its_supervisor_is_killed(made: Cluster) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from chancery.cli.embedded import binaries, cluster, server\n"
        "from chancery.cli import folders\n"
        "found = binaries.Binaries(Path(sys.argv[2]))\n"
        "made = cluster.prepare(folders.prepare(Path(sys.argv[1])), found)\n"
        "print(server.start(made, say=print).process.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    words = [sys.executable, "-c", program, str(made.folder.root), str(made.binaries.folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout
        postmaster = Process.find(int(supervisor.stdout.readline()))
        assert postmaster

        supervisor.kill()

    assert all_gone([postmaster], within=30)
    assert server.postmaster_of(made.data) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step aside for the server")
def test_root_runs_the_server_even_where_no_user_can_be_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    try:
        account._renumbered()
    except NoUserForPostgres:
        pytest.skip("this machine lets nobody run under another number")
    monkeypatch.setattr(account, "_find", lambda: None)
    monkeypatch.setattr(account, "_make", lambda: None)
    folder = folders.prepare(tmp_path / "var")

    files = cluster.prepare(folder)

    assert files.data == folder.postgres
    for _ in ("created", "started again"):
        with started(files) as running:
            assert server.postmaster_of(files.data) == running.process


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root's own folders are closed to the server's user"
)
def test_a_folder_closed_to_the_servers_user_keeps_its_permissions(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    folder = folders.prepare(closed / "var")

    files = cluster.prepare(folder)

    try:
        with started(files):
            assert folder.postgres.readlink() == files.data
            assert not files.data.is_relative_to(closed)
            assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(files.data.parent)
