"""Seal what Xero gave us, with the installation's token key."""

from collections.abc import Mapping

from django.conf import settings
from django.db import connection

from chancery.lib.secret import Secret
from chancery.lib.vault import KeyFileIsMissing, Vault


def seal(fields: Mapping[str, str], *, bound_to: str) -> bytes:
    """Return the fields encrypted for this place; the first need ever makes the key.

    Refuses: KeyFileIsMissing, KeyFileIsOpenToOthers, KeyDoesNotFit.
    """
    vault = Vault(settings.TOKEN_KEY_FILE)
    if not vault.has_key():
        # A key that was lost is put back, not replaced in silence: it opens what is stored.
        if anything_is_sealed():
            raise KeyFileIsMissing(str(settings.TOKEN_KEY_FILE))
        vault.make_key()
    return vault.seal(fields, bound_to=bound_to)


def unseal(sealed: bytes | memoryview, *, bound_to: str) -> dict[str, Secret]:
    """Return the fields that were sealed for this place.

    Refuses: KeyFileIsMissing, KeyFileIsOpenToOthers, KeyDoesNotFit.
    """
    return Vault(settings.TOKEN_KEY_FILE).open(bytes(sealed), bound_to=bound_to)


def anything_is_sealed() -> bool:
    """Return whether any firm of this installation holds tokens: whether, and not a word of whose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounting_anything_is_sealed()")
        row = cursor.fetchone()
    return bool(row and row[0])
