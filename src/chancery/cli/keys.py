"""The installation's own secrets: made once, kept in files that only their owner reads."""

import os
import secrets
from pathlib import Path

_OWNER_READS = 0o600
_BYTES = 32


def obtain(folder: Path, name: str) -> str:
    """Return the secret of this name; make it, durably, when there is none yet."""
    file = folder / name
    if not file.exists():
        put(file, secrets.token_urlsafe(_BYTES))
    return file.read_text(encoding="ascii").strip()


def exists(folder: Path, name: str) -> bool:
    """Return whether the secret of this name was made before."""
    return (folder / name).exists()


def put(file: Path, secret: str) -> None:
    """Keep a secret in a file that only its owner reads: durably, whole or not at all."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_READS)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"{secret}\n")
        opened.flush()
        os.fsync(opened.fileno())
    fresh.rename(file)
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
