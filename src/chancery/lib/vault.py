"""Seal secrets with a key that lives in a file of its own, so that the database alone opens nothing."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from chancery.lib.refusals import Refusal
from chancery.lib.secret import Secret

_OWNER_READS = 0o600
_OTHERS = 0o077
_BOUND_TO = "bound to"


@dataclass(eq=False)
class KeyFileIsMissing(Refusal):
    """Something was sealed before, and the key that opens it is not where it was."""

    code = "vault.key_is_missing"

    file: str

    def __str__(self) -> str:
        return (
            f"The key file {self.file} is missing, so what was sealed with it stays closed. "
            "Put it back from where its copy is kept; without a copy, disconnect and connect again."
        )


@dataclass(eq=False)
class KeyFileIsOpenToOthers(Refusal):
    """Other accounts of this machine may read the key."""

    code = "vault.key_is_open_to_others"

    file: str

    def __str__(self) -> str:
        return (
            f"The key file {self.file} can be read by other accounts of this machine. "
            f"Run `chmod 600 {self.file}` and try again."
        )


@dataclass(eq=False)
class KeyDoesNotFit(Refusal):
    """None of the keys in the file opens this, or it was sealed for another place."""

    code = "vault.key_does_not_fit"

    file: str

    def __str__(self) -> str:
        return (
            f"The key in {self.file} does not open what is stored. "
            "Put the right key file back, or disconnect and connect again."
        )


class Vault:
    """Seals and opens with the keys of one file: a key a line, the newest first.

    The newest key seals and every key opens, so a key is changed by writing a new one above it and is
    dropped once all was sealed anew.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def make_key(self) -> None:
        """Write the first key, readable by its owner only; leave a key that is there already."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}.new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_READS)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(Fernet.generate_key() + b"\n")
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(draft, self._file)  # whole or not at all, and never over another's key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        self._settle_folder()

    def seal(self, fields: Mapping[str, str], *, bound_to: str) -> bytes:
        """Return the fields encrypted, to be opened only for the place they are bound to.

        Refuses: KeyFileIsMissing, KeyFileIsOpenToOthers.
        """
        plain = json.dumps({**fields, _BOUND_TO: bound_to})
        return self._keys().encrypt(plain.encode())

    def open(self, sealed: bytes, *, bound_to: str) -> dict[str, Secret]:
        """Return the fields that were sealed for this place.

        Refuses: KeyFileIsMissing, KeyFileIsOpenToOthers, KeyDoesNotFit.
        """
        try:
            fields = json.loads(self._keys().decrypt(sealed))
        except InvalidToken as error:
            raise KeyDoesNotFit(str(self._file)) from error
        if fields.pop(_BOUND_TO) != bound_to:
            raise KeyDoesNotFit(str(self._file))
        return {name: Secret(text) for name, text in fields.items()}

    def has_key(self) -> bool:
        """Return whether there is a key file."""
        return self._file.exists()

    def _keys(self) -> MultiFernet:
        try:
            descriptor = os.open(self._file, os.O_RDONLY)
        except FileNotFoundError as error:
            raise KeyFileIsMissing(str(self._file)) from error
        with os.fdopen(descriptor, "rb") as opened:
            if os.fstat(descriptor).st_mode & _OTHERS:
                raise KeyFileIsOpenToOthers(str(self._file))
            lines = opened.read().split()
        try:
            return MultiFernet([Fernet(line) for line in lines])
        except ValueError as error:
            raise KeyDoesNotFit(str(self._file)) from error

    def _settle_folder(self) -> None:
        descriptor = os.open(self._file.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
