"""The data folder: whether it can be written, has room, and keeps its keys to itself."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from chancery.cli import locks
from chancery.cli.checkup.finding import Finding, attention, ok, wrong
from chancery.cli.folders import DataFolder

_GIGABYTE = 1_000_000_000
_SCARCE, _TOO_LITTLE = 2 * _GIGABYTE, _GIGABYTE // 5
_OTHERS_BITS = 0o077


def examine(folder: DataFolder) -> Iterator[Finding]:
    """Report on the folder and all that lies in it but the database."""
    if not folder.root.is_dir():
        yield attention(
            "data folder", f"{folder.root} is not there", "the first ./chancery up makes it"
        )
        return
    yield _writable(folder.root)
    if folder.postgres.exists():
        yield ok("database", f"its files lie in {folder.postgres.resolve()}")
    for place in {folder.root, folder.postgres.resolve().parent}:
        yield _room(place)
    yield _keys(folder.keys)
    running = locks.is_held(folder.run / "up.lock")
    yield ok("chancery up", "runs on this folder" if running else "does not run on this folder")


def _writable(root: Path) -> Finding:
    if os.access(root, os.W_OK | os.X_OK):
        return ok("data folder", str(root))
    return wrong(
        "data folder", f"{root} cannot be written", "give it to the user who starts Chancery"
    )


def _room(place: Path) -> Finding:
    free = shutil.disk_usage(place if place.exists() else place.parent).free
    fact = f"{free / _GIGABYTE:.1f} GB free for {place}"
    if free < _TOO_LITTLE:
        return wrong("disk", fact, "make room before the database stops taking entries")
    if free < _SCARCE:
        return attention("disk", fact, "make room soon")
    return ok("disk", fact)


def _keys(keys: Path) -> Finding:
    if not keys.is_dir():
        return attention("keys", "none were made yet", "the first ./chancery up makes them")
    open_to_others = [
        entry.name for entry in (keys, *keys.iterdir()) if entry.stat().st_mode & _OTHERS_BITS
    ]
    if open_to_others:
        named = ", ".join(sorted(open_to_others))
        return wrong("keys", f"others may read {named}", f"run  chmod -R go= {keys}")
    return ok("keys", f"{len(list(keys.iterdir()))}, readable by their owner only")
