"""The machine and the program on it: Python, its packages, the clock, the browser of the tests."""

import ctypes
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from chancery.cli import bootstrap
from chancery.cli.checkup.finding import Finding, attention, ok, wrong

_OLDEST = (3, 11)
_CLOCK_NOT_KEPT = 5  # adjtimex(2): TIME_ERROR
_LARGER_THAN_TIMEX = 1024


def examine(root: Path) -> Iterator[Finding]:
    """Report on the machine, and on the program whose source lies in ``root``."""
    yield _python()
    if (root / "requirements.lock").is_file():
        yield _environment(root)
        yield _packages(root / "requirements.lock")
    yield _clock()
    yield _chromium()
    if os.environ.get("CHANCERY_KILL_AT"):
        remedy = "unset it: it ends the program at the place it names"
        yield wrong("environment", "CHANCERY_KILL_AT is set", remedy)


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info[:2] < _OLDEST:
        return wrong("Python", version, "install Python 3.11 or newer")
    return ok("Python", version)


def _environment(root: Path) -> Finding:
    stamp = Path(sys.prefix) / bootstrap.STAMP
    if not stamp.exists():
        remedy = "none is needed when you keep its packages in step with the lock yourself"
        return attention("environment", f"{sys.prefix} was not made by ./chancery", remedy)
    locks = (root / "requirements.lock", root / "requirements-dev.lock")
    written = stamp.read_text(encoding="utf-8")
    if any(bootstrap.stamp_of(lock) == written for lock in locks):
        return ok("environment", "made from this lock file by this Python")
    return wrong(
        "environment", "not made from this lock file", "start ./chancery up: it is made anew"
    )


def _packages(lock: Path) -> Finding:
    pinned = re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    others = [name for name, version in pinned if _installed(name) not in {version, ""}]
    if others:
        remedy = "stop Chancery and start ./chancery up: the environment is made anew"
        return wrong("packages", f"{', '.join(others)} not of the locked version", remedy)
    return ok("packages", f"{len(pinned)} in step with the lock")


def _installed(name: str) -> str:
    """Return the installed version; nothing where another kind of machine needs the package."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _clock() -> Finding:
    state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_LARGER_THAN_TIMEX))
    if state == _CLOCK_NOT_KEPT:
        remedy = "install a time service, such as the package systemd-timesyncd or chrony"
        return attention("clock", "no time service keeps it right", remedy)
    if state < 0:
        return ok("clock", "this container cannot see who keeps it; its host does")
    return ok("clock", "kept right by a time service")


def _chromium() -> Finding:
    found = [path for name in bootstrap.CHROMIUMS if (path := shutil.which(name))]
    return ok("Chromium", found[0] if found else "not installed; only the tests need it")
