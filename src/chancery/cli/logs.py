"""The files that programs write their logs to: appended, never without bound."""

from pathlib import Path
from typing import IO

_LARGEST = 10_000_000
_TAIL = 4_000


def opened(log: Path) -> IO[bytes]:
    """Return the log opened for appending; one that grew large is set aside, in the last one's place."""
    if log.exists() and log.stat().st_size > _LARGEST:
        log.replace(log.with_name(f"{log.name}.1"))
    return log.open("ab")


def last_line(log: Path) -> str:
    """Return the last thing a program wrote."""
    with log.open("rb") as told:
        told.seek(max(0, log.stat().st_size - _TAIL))
        lines = told.read().decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else "it wrote nothing"
