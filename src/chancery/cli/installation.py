"""What an installation consists of: its database, its addresses and its programs."""

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from chancery.cli import answering, database, environment, locks, ports, say
from chancery.cli.database import Addresses
from chancery.cli.embedded import cluster, server
from chancery.cli.embedded.server import Server
from chancery.cli.folders import DataFolder
from chancery.cli.interruption import Interruption
from chancery.cli.program import Program
from chancery.cli.supervisor import Supervisor
from chancery.lib.refusals import Refusal

RETURN_FROM_XERO = "/admin/accounting/xero/return/"
_LAST_PORT = 65535


@dataclass(eq=False)
class PortTaken(Refusal):
    """Another program listens where one of ours should."""

    code = "cli.port_taken"

    port: int
    option: str

    def __str__(self) -> str:
        return (
            f"Port {self.port} is in use by another program: "
            f"stop that program, or choose another port with {self.option}."
        )


@dataclass(eq=False)
class NoSuchPort(Refusal):
    """No machine has a port of this number."""

    code = "cli.no_such_port"

    port: int
    option: str

    def __str__(self) -> str:
        return (
            f"There is no port {self.port}: choose one from 1 to {_LAST_PORT} with {self.option}."
        )


def add_addresses(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where the installation listens."""
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the pages' port (8000)")
    parser.add_argument("--sandbox-port", type=int, default=8081, help="the sandbox's port (8081)")


@dataclass(frozen=True)
class Plan:
    """What somebody asked to be started, and at which addresses."""

    host: str
    port: int
    sandbox_port: int
    workers: int
    base_url: str
    sandbox_url: str  # empty where the firm's own Xero app is used
    with_demo: bool

    @classmethod
    def of(cls, options: argparse.Namespace, environ: Mapping[str, str]) -> Self:
        """Return the plan that the options and the environment describe.

        Refuses: NoSuchPort.
        """
        _refuse_impossible(options.port, "--port")
        _refuse_impossible(options.sandbox_port, "--sandbox-port")
        own_xero = environ.get("XERO_CLIENT_ID")
        return cls(
            host=options.host,
            port=options.port,
            sandbox_port=options.sandbox_port,
            workers=getattr(options, "workers", 0),
            base_url=environ.get("CHANCERY_BASE_URL") or f"http://localhost:{options.port}",
            with_demo=not getattr(options, "no_demo", True),
            sandbox_url="" if own_xero else f"http://localhost:{options.sandbox_port}",
        )

    @classmethod
    def noted(cls, folder: DataFolder) -> Self | None:
        """Return the plan of the start that was last made on this folder; none when there was none."""
        try:
            return cls(**json.loads(_note(folder).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def note(self, folder: DataFolder) -> None:
        """Leave word of this plan for whoever inspects the installation."""
        told = json.dumps(dataclasses.asdict(self), indent=2)
        _note(folder).write_text(f"{told}\n", encoding="utf-8")

    def refuse_taken_ports(self) -> None:
        """Go on only when the ports are free.

        Refuses: PortTaken.
        """
        if not ports.is_free(self.port, self.host):
            raise PortTaken(self.port, "--port")
        if self.sandbox_url and not ports.is_free(self.sandbox_port):
            raise PortTaken(self.sandbox_port, "--sandbox-port")

    def programs(self, folder: DataFolder) -> list[Program]:
        """Return the programs in the order of their starting."""
        sandbox = [self._sandbox(folder)] if self.sandbox_url else []
        return [*sandbox, self._web(folder), *self._workers(folder)]

    def _web(self, folder: DataFolder) -> Program:
        words = [sys.executable, "-m", "chancery.cli.web_server"]
        words += ["--host", self.host, "--port", str(self.port)]
        visitor = answering.as_visitor_of(self.base_url)
        answers = answering.over_http(self.port, "/healthz", visitor)
        return Program("web server", words, folder.log / "web.log", answers)

    def _sandbox(self, folder: DataFolder) -> Program:
        words = [sys.executable, "-m", "xero_sandbox", "--port", str(self.sandbox_port)]
        words += ["--store", str(folder.sandbox)]
        words += ["--redirect-uri", f"{self.base_url}{RETURN_FROM_XERO}"]
        answers = answering.over_http(self.sandbox_port, "/healthz")
        return Program("sandbox", words, folder.log / "sandbox.log", answers)

    def _workers(self, folder: DataFolder) -> list[Program]:
        words = [sys.executable, "-m", "chancery.worker"]
        names = ["worker", *(f"worker {number}" for number in range(2, self.workers + 1))]
        names = names[: self.workers]
        return [
            Program(name, words, folder.log / f"{name.replace(' ', '-')}.log", is_patient=True)
            for name in names
        ]


@dataclass
class Installation:
    """A running database and what the programs are told about it."""

    plan: Plan
    folder: DataFolder
    addresses: Addresses
    own: Server | None  # none where DATABASE_URL names another

    @classmethod
    def begin(cls, plan: Plan, folder: DataFolder, stack: ExitStack, asked: Interruption) -> Self:
        """Start the embedded database, or reach the one in DATABASE_URL; the stack will stop it."""
        if os.environ.get("DATABASE_URL"):
            return cls(plan, folder, database.on_own_server(os.environ, folder), None)
        files = cluster.prepare(folder)
        beside = files.data.with_name(f"{files.data.name}.lock")
        stack.enter_context(locks.held(beside, on_behalf_of=folder.root))
        started = server.start(files, say=say.line, pause=asked.pause)
        installation = cls(plan, folder, Addresses("", "", ""), started)
        stack.callback(installation.stop, asked)
        installation.addresses = database.on_embedded(started)
        return installation

    @property
    def environment(self) -> dict[str, str]:
        """Return what the programs are told."""
        more = {"CHANCERY_BASE_URL": self.plan.base_url}
        if self.plan.sandbox_url:
            more["XERO_SANDBOX_URL"] = self.plan.sandbox_url
        return environment.of_program(
            os.environ, folder=self.folder, database=self.addresses.app, **more
        )

    def tend(self, supervisor: Supervisor) -> None:
        """Look once at the embedded database, and start it again when it ended."""
        if self.own is None or self.own.is_running():
            return
        say.line("PostgreSQL ended; it recovers.")
        port = self.own.port
        pause = supervisor.interruption.pause
        self.own = server.start(self.own.cluster, say=say.line, pause=pause)
        self.addresses = database.on_embedded(self.own)
        if self.own.port != port:
            supervisor.stop()  # they know the old address; the next look starts them again
            supervisor.environment = self.environment

    def stop(self, asked: Interruption) -> None:
        """Stop the embedded database."""
        if self.own is not None:
            self.own.stop(hurry=asked.is_urgent)


def _refuse_impossible(port: int, option: str) -> None:
    if not 1 <= port <= _LAST_PORT:
        raise NoSuchPort(port, option)


def _note(folder: DataFolder) -> Path:
    return folder.run / "up.json"
