"""Gather stylesheets, scripts and fonts into the one folder that the web server serves."""

import hashlib
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from chancery.cli import step
from chancery.cli.folders import DataFolder
from chancery.cli.step import Pause
from chancery.lib.refusals import Outage

_PROGRAM = Path(__file__).parent.parent
_COLLECT = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--clear", "-v0"]
_OTHERS = ("django", "django-htmx", "django-allauth", "whitenoise")


@dataclass(eq=False)
class CollectionFailed(Outage):
    """The static files could not be gathered."""

    code = "cli.collection_failed"

    said: str

    def __str__(self) -> str:
        return f"The static files could not be gathered: {self.said}"


def stamp() -> str:
    """Return what stands for every static file there is to gather."""
    digest = hashlib.sha256()
    for file in sorted(_PROGRAM.glob("*/*/static/**/*")):
        if file.is_file():
            digest.update(str(file.relative_to(_PROGRAM)).encode() + b"\0" + file.read_bytes())
    for package in _OTHERS:
        digest.update(f"{package}=={metadata.version(package)}\0".encode())
    return digest.hexdigest()


def is_fresh(folder: DataFolder) -> bool:
    """Return whether what was gathered last is what there is now."""
    noted = _note(folder)
    return (
        noted.exists() and folder.static.is_dir() and noted.read_text(encoding="ascii") == stamp()
    )


def collect(
    folder: DataFolder, environment: Mapping[str, str], *, pause: Pause = time.sleep
) -> None:
    """Gather the files, unless they were gathered just so before."""
    if is_fresh(folder):
        return
    _note(folder).unlink(missing_ok=True)
    collected = step.run(_COLLECT, environment, pause=pause)
    if collected.code:
        raise CollectionFailed(collected.last_complaint)
    _note(folder).write_text(stamp(), encoding="ascii")


def _note(folder: DataFolder) -> Path:
    return folder.run / "static.stamp"
