"""Start, adopt and stop the embedded database server, whatever the last run left behind.

The server shuts down in order when the process that started it dies, even by SIGKILL. Should it
live on all the same, the next start takes it over.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from chancery.cli import logs, ports
from chancery.cli.embedded.cluster import Cluster
from chancery.cli.processes import Process, all_gone, dies_with_its_parent, end, everyone
from chancery.lib.refusals import Outage

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
_ALWAYS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # A log may be shown to a stranger: no statements and no rows in it, so no client's name.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_TICK = 0.02
_PROGRESS_EVERY = 5.0
_STOP_PATIENCE = 60.0
_ORPHAN_PATIENCE = 10.0
_PORT_TRIALS = 3
_STATUS_LINE, _PORT_LINE = 7, 3  # of postmaster.pid

Say = Callable[[str], None]
Pause = Callable[[float], None]


@dataclass(eq=False)
class ServerFailed(Outage):
    """The server ended instead of starting."""

    code = "cli.postgres_failed"

    said: str
    log: Path

    def __str__(self) -> str:
        return f"PostgreSQL did not start: {self.said} The whole story is in {self.log}."


@dataclass
class Server:
    """A running server: ours by birth or by adoption."""

    cluster: Cluster
    process: Process
    port: int
    child: subprocess.Popen[bytes] | None = None

    def address(self, role: str, password: str, database: str) -> str:
        """Return the postgresql:// address at which a role reaches a database."""
        return f"postgresql://{role}:{password}@{ports.LOOPBACK}:{self.port}/{database}"

    def is_running(self) -> bool:
        """Return whether it still runs."""
        return self.process.is_alive()

    def stop(self, *, hurry: bool = False) -> None:
        """End it in order; in a hurry, or when patience ends, at once: the next start recovers."""
        self.process.signal(signal.SIGQUIT if hurry else signal.SIGINT)
        if not all_gone([self.process], within=_STOP_PATIENCE):
            end([self.process], first=signal.SIGQUIT, within=_ORPHAN_PATIENCE)
        if self.child is not None:
            self.child.wait()


@dataclass(frozen=True)
class _Watch:
    """How to wait for a server: say how it goes, and let whoever asks break it off."""

    say: Say
    pause: Pause

    def until_ready(self, server: Server) -> None:
        """Wait until the server takes connections or ends."""
        spoken = time.monotonic()
        while server.is_running() and not _is_ready(server):
            if time.monotonic() - spoken > _PROGRESS_EVERY:
                spoken = time.monotonic()
                log = server.cluster.folder.log / "postgres.log"
                self.say(f"PostgreSQL is still starting: {logs.last_line(log)}")
            self.pause(_TICK)


def start(
    cluster: Cluster,
    *,
    say: Say,
    settings: Mapping[str, str] = SAFE,
    pause: Pause = time.sleep,
) -> Server:
    """Return a server that answers: the one that still runs on these files, else a new one.

    Recovery after a crash takes the time it takes; progress is said meanwhile.
    """
    watch = _Watch(say, pause)
    running = postmaster_of(cluster.data)
    if running is not None:
        adopted = _adopt(cluster, running, watch)
        if adopted is not None:
            return adopted
    _end_orphans(cluster.data)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)  # it named no server of ours
    for trial in range(_PORT_TRIALS):
        port = ports.remembered(cluster.folder.run / "postgres.port")
        try:
            return _launch(cluster, port, settings, watch)
        except ServerFailed:
            if trial == _PORT_TRIALS - 1 or ports.is_free(port):
                raise
    raise AssertionError("the last trial returns or raises")


def postmaster_of(data: Path) -> Process | None:
    """Return the live server of exactly these files; a stale or foreign number in its file is none."""
    lines = _postmaster_file(data)
    process = Process.find(int(lines[0])) if lines and lines[0].isdigit() else None
    return process if process and _works_on(process, data) else None


def _adopt(cluster: Cluster, running: Process, watch: _Watch) -> Server | None:
    """Take over a server that outlived its supervisor, unless its programs were replaced since."""
    server = Server(cluster, running, 0)
    if running.program != Path(cluster.binaries.program("postgres")).resolve():
        server.stop()
        return None
    watch.until_ready(server)
    if not server.is_running():
        return None
    server.port = int(_postmaster_file(cluster.data)[_PORT_LINE])
    return server


def _launch(cluster: Cluster, port: int, settings: Mapping[str, str], watch: _Watch) -> Server:
    chosen = {**_ALWAYS, **settings, "port": str(port)}
    words = [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
    postgres = cluster.binaries.program("postgres")
    command = cluster.account.command(postgres, "-D", str(cluster.data), *words)
    log = cluster.folder.log / "postgres.log"
    with logs.opened(log) as written:
        story_begins = written.tell()
        child = subprocess.Popen(  # noqa: S603 - our own paths
            command,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            preexec_fn=dies_with_its_parent(os.getpid(), signal.SIGINT),  # noqa: PLW1509 - one thread
            **cluster.account.options(),
        )
    process = Process.find(child.pid)
    if process is not None:
        server = Server(cluster, process, port, child)
        try:
            watch.until_ready(server)
        except BaseException:
            server.stop(hurry=True)
            raise
        if server.is_running():
            return server
    child.wait()
    raise ServerFailed(_last_words(log, story_begins), log)


def _is_ready(server: Server) -> bool:
    lines = _postmaster_file(server.cluster.data)
    return (
        len(lines) > _STATUS_LINE
        and lines[0] == str(server.process.pid)
        and lines[_STATUS_LINE].strip() == "ready"
    )


def _end_orphans(data: Path) -> None:
    """End what a killed server left at work on these files, before a new one opens them."""
    orphans = [process for process in everyone() if _works_on(process, data)]
    end(orphans, first=signal.SIGQUIT, within=_ORPHAN_PATIENCE)


def _works_on(process: Process, data: Path) -> bool:
    """Return whether the process is a PostgreSQL at work on these very files."""
    program = process.program
    if program is None or not program.name.startswith("postgres"):
        return False
    try:
        return Path(f"/proc/{process.pid}/cwd").samefile(data)
    except OSError:
        return False


def _postmaster_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _last_words(log: Path, since: int) -> str:
    """Return why it ended: its first fatal line."""
    with log.open("rb") as told:
        told.seek(since)
        lines = told.read().decode(errors="replace").splitlines()
    fatal = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
    said = (fatal or lines or ["it gave no reason"])[0]
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."
