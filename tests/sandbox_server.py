"""Starts and stops the sandbox for tests: the real program, on a free port, with a store of its own."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx2

SOURCE = Path(__file__).parents[1] / "src"
REDIRECT = "http://localhost:8000/admin/accounting/xero/return/"
MARLOW = "Marlow & Finch Lawyers"
KAURI = "Kauri Legal Limited"
ALL_SCOPES = "openid profile email offline_access accounting.settings accounting.contacts"
START_SECONDS_MAX = 20
STOP_SECONDS_MAX = 10


class SandboxServer:
    """One running sandbox. Use it as a context, or start and stop it."""

    client_id = "demo"
    client_secret = "demo-secret"

    def __init__(self, folder: Path, *, redirect_uris: tuple[str, ...] = (REDIRECT,)) -> None:
        self.store = folder / "sandbox.sqlite3"
        self.redirect_uris = redirect_uris
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.api_url = f"{self.base_url}/api.xro/2.0"
        self._log = folder / "sandbox.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.http = httpx2.Client(base_url=self.base_url, trust_env=False, timeout=10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.http.close()

    def start(self) -> Self:
        """Start the program and wait until it answers."""
        redirects = [part for uri in self.redirect_uris for part in ("--redirect-uri", uri)]
        command = [sys.executable, "-m", "xero_sandbox", "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--store", str(self.store), *redirects],
                env={**os.environ, "PYTHONPATH": str(SOURCE)},
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + START_SECONDS_MAX
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"The sandbox did not start:\n{self._log.read_text()}")
            time.sleep(0.02)
        return self

    def _answers(self) -> bool:
        try:
            return self.http.get("/healthz").status_code == 200
        except httpx2.TransportError:
            return False

    def stop(self) -> None:
        """Ask the program to end and wait until it has; one that does not listen is killed, and told of."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=STOP_SECONDS_MAX)
            finally:
                self.kill()

    def kill(self) -> None:
        """End the program as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)
            self._process = None

    def control(self, noun: str, verb: str = "POST", /, **sent: Any) -> Any:
        """Ask the control endpoint: `control("clock", seconds=60)`, `control("calls", "GET")`."""
        body: dict[str, Any] = {"json": sent} if verb == "POST" else {"params": sent}
        answer = self.http.request(verb, f"/_control/{noun}", **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def tenant(self, name: str = MARLOW) -> str:
        """Return the id of the organisation with this name."""
        known = self.control("organisations", "GET")["organisations"]
        return next(str(one["tenant_id"]) for one in known if one["name"] == name)

    def consent(self, *names: str, scope: str = ALL_SCOPES, **more: str) -> dict[str, str]:
        """Allow an app these organisations on the consent page; return what it is sent back."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uris[0],
            "scope": scope,
            "state": "a-state",
            "decision": "continue",
            **more,
        }
        chosen = [self.tenant(name) for name in names]
        answer = self.http.post("/identity/connect/authorize", data={**asked, "tenant": chosen})
        assert answer.status_code == 303, answer.text
        return {k: v[0] for k, v in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    def tokens(self, *names: str, scope: str = ALL_SCOPES) -> dict[str, Any]:
        """Return the tokens that an app gets after consent for these organisations."""
        code = self.consent(*(names or (MARLOW,)), scope=scope)["code"]
        answer = self.http.post(
            "/connect/token",
            auth=(self.client_id, self.client_secret),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.redirect_uris[0],
            },
        )
        assert answer.status_code == 200, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens

    def api(self, name: str = MARLOW, *, scope: str = ALL_SCOPES) -> httpx2.Client:
        """Return a client that is let in to this organisation's accounting API."""
        return httpx2.Client(
            base_url=self.api_url,
            trust_env=False,
            timeout=10,
            headers={
                "Authorization": f"Bearer {self.tokens(name, scope=scope)['access_token']}",
                "xero-tenant-id": self.tenant(name),
                "Accept": "application/json",
            },
        )


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
