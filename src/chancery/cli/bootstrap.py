"""Make the program's environment from its lock file, once, and start the program in it.

Runs before anything of ours is installed, with the system's Python: standard library only. The
environment counts only when its stamp says that all of it is there; anything less is made anew.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEVELOP = "develop"  # the word that prepares the tests' environment instead of starting a command
CHROMIUMS = ("chromium", "chromium-browser")
STAMP = "chancery.stamp"
_INSTALLER_LOCK = "requirements-uv.lock"
_FOREIGN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
_INTERRUPTED = 130


class CannotPrepare(Exception):
    """Something that only the person at the machine can mend; its text is one sentence."""


def main(root: Path, words: list[str]) -> int:
    """Prepare what the words need, then become the program; return a code only when that fails."""
    try:
        _refuse_other_systems()
        if words[:1] == [DEVELOP]:
            _prepare(root, ".venv-dev", "requirements-dev.lock")
            _prepare_chromium()
            return 0
        python = _prepare(root, ".venv", "requirements.lock")
        os.execv(python, [python, "-m", "chancery", *words])  # noqa: S606 - becomes the program
    except CannotPrepare as reason:
        _say(str(reason))
    except OSError as error:
        _say(
            f"{error.filename or root} cannot be used ({(error.strerror or 'no reason given').lower()}): "
            f"put that right, then start again."
        )
    except KeyboardInterrupt:
        _say("Interrupted; the next start does the rest.")
        return _INTERRUPTED
    return 1


def _refuse_other_systems() -> None:
    if sys.platform != "linux":
        raise CannotPrepare("Chancery runs on Linux: start it in a Linux machine or container.")


def _prepare(root: Path, name: str, lock: str) -> str:
    """Return the environment's Python, after making the environment when it is not whole or not of today."""
    environment = root / name
    python = environment / "bin" / "python"
    wanted = stamp_of(root / lock)
    with _alone(root / lock):
        if _read(environment / STAMP) != wanted or not os.access(python, os.X_OK):
            _make(root, environment, lock)
            _write(environment / STAMP, wanted)
    return str(python)


def stamp_of(lock: Path) -> str:
    """Return what the environment depends on: the locked packages, this Python, and where it lies."""
    base = f"{sys.version}\n{Path(sys.executable).resolve()}\n{lock.parent}\n".encode()
    return hashlib.sha256(base + lock.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def _make(root: Path, environment: Path, lock: str) -> None:
    _say(f"Preparing {environment.name} from {lock}: about half a minute, this once.")
    if not os.access(root, os.W_OK):
        raise CannotPrepare(
            f"The folder {root} cannot be written: give it to this user, or copy it elsewhere."
        )
    shutil.rmtree(environment, ignore_errors=True)
    made = _run([sys.executable, "-m", "venv", str(environment)])
    if made.returncode:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise CannotPrepare(
            f"Python could not make an environment: run  apt-get install {version}  as root, then start again."
        )
    _install(root, environment, lock)
    packages = next((environment / "lib").glob("python*/site-packages"))
    _write(packages / "chancery.pth", f"{root / 'src'}\n")


def _install(root: Path, environment: Path, lock: str) -> None:
    """Install with uv, which is quick; with pip where uv cannot run or is not to be had."""
    python = str(environment / "bin" / "python")
    pip = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    if _run([*pip, "-r", str(root / _INSTALLER_LOCK)]).returncode == 0:
        uv = [str(environment / "bin" / "uv"), "pip", "install", "--quiet", "--python", python]
        locked = ["--require-hashes", "-r", str(root / lock)]
        if _run([*uv, *locked], **_indexes(python)).returncode == 0:
            return
    slow = _run([*pip, "-r", str(root / lock)])
    if slow.returncode:
        said = [line for line in slow.stderr.splitlines() if line.strip()] or ["no reason given"]
        raise CannotPrepare(
            f"The packages could not be installed ({said[-1].strip()}): "
            f"check the network and pip's settings, then start again."
        )


def _prepare_chromium() -> None:
    """Install the system's Chromium where it is missing, or say who must."""
    if any(shutil.which(name) for name in CHROMIUMS):
        return
    _say("Installing Chromium for the browser's tests from the system's packages.")
    administrator = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*administrator, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    _run([*apt, "update"])
    for name in CHROMIUMS:
        _run([*apt, "install", "-y", "--no-install-recommends", name, "fonts-liberation"])
        if shutil.which(name):
            return
    raise CannotPrepare(
        "The browser's tests need Chromium: run  apt-get install chromium  as root, then start again."
    )


def _run(command: list[str], **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a program apart from whatever Python environment this one was started in."""
    inherited = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    told = {**inherited, "DEBIAN_FRONTEND": "noninteractive", **more}
    try:
        return subprocess.run(  # noqa: S603 - our own words
            command, check=False, capture_output=True, text=True, env=told
        )
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, 127, "", f"{command[0]} is not installed")


def _indexes(python: str) -> dict[str, str]:
    """Return uv's name for the package index that pip is set to use, which uv would not look for."""
    if "UV_DEFAULT_INDEX" in os.environ:
        return {}
    index = os.environ.get("PIP_INDEX_URL") or ""
    if not index:
        index = _run([python, "-m", "pip", "config", "get", "global.index-url"]).stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold a lock on the file, so that two starts at once do not make the environment twice."""
    with file.open("rb") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
