import os
import pickle
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from chancery.lib.secret import Secret
from chancery.lib.vault import KeyDoesNotFit, KeyFileIsMissing, KeyFileIsOpenToOthers, Vault

PLACE = "tokens of connection 7"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "tokens.key"


@pytest.fixture
def vault(key_file: Path) -> Vault:
    made = Vault(key_file)
    made.make_key()
    return made


def test_sealed_fields_open_again(vault: Vault) -> None:
    sealed = vault.seal({"access": "abc"}, bound_to=PLACE)

    assert vault.open(sealed, bound_to=PLACE) == {"access": Secret("abc")}
    assert b"abc" not in sealed


def test_the_key_file_is_readable_by_its_owner_only(vault: Vault, key_file: Path) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700
    assert list(key_file.parent.iterdir()) == [key_file]


def test_the_key_file_is_private_whatever_the_process_allows(key_file: Path) -> None:
    before = os.umask(0)
    try:
        Vault(key_file).make_key()
    finally:
        os.umask(before)

    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_making_a_key_twice_keeps_the_first(vault: Vault, key_file: Path) -> None:
    before = key_file.read_bytes()

    vault.make_key()

    assert key_file.read_bytes() == before


def test_a_key_that_others_may_read_is_refused(vault: Vault, key_file: Path) -> None:
    key_file.chmod(0o640)

    with pytest.raises(KeyFileIsOpenToOthers, match="chmod 600"):
        vault.seal({"access": "abc"}, bound_to=PLACE)


def test_a_missing_key_is_refused_and_never_made_anew_in_silence(
    vault: Vault, key_file: Path
) -> None:
    sealed = vault.seal({"access": "abc"}, bound_to=PLACE)
    key_file.unlink()

    with pytest.raises(KeyFileIsMissing):
        vault.open(sealed, bound_to=PLACE)
    assert not key_file.exists()


def test_another_key_opens_nothing(vault: Vault, key_file: Path) -> None:
    sealed = vault.seal({"access": "abc"}, bound_to=PLACE)
    key_file.write_bytes(Fernet.generate_key())

    with pytest.raises(KeyDoesNotFit):
        vault.open(sealed, bound_to=PLACE)


def test_a_key_file_with_rubbish_in_it_is_refused(vault: Vault, key_file: Path) -> None:
    key_file.write_bytes(b"not a key\n")

    with pytest.raises(KeyDoesNotFit):
        vault.seal({"access": "abc"}, bound_to=PLACE)


def test_what_was_sealed_for_one_row_does_not_open_in_another(vault: Vault) -> None:
    sealed = vault.seal({"access": "abc"}, bound_to=PLACE)

    with pytest.raises(KeyDoesNotFit):
        vault.open(sealed, bound_to="tokens of connection 8")


def test_a_new_key_above_the_old_one_seals_and_the_old_one_still_opens(
    vault: Vault, key_file: Path
) -> None:
    old = key_file.read_bytes()
    sealed_before = vault.seal({"access": "abc"}, bound_to=PLACE)
    new = Fernet.generate_key()

    key_file.write_bytes(new + b"\n" + old)
    sealed_after = vault.seal({"access": "xyz"}, bound_to=PLACE)
    assert vault.open(sealed_before, bound_to=PLACE)["access"].reveal() == "abc"

    key_file.write_bytes(new)
    assert vault.open(sealed_after, bound_to=PLACE)["access"].reveal() == "xyz"


def test_a_secret_hides_in_every_way_of_printing_it() -> None:
    secret = Secret("hush")

    assert "hush" not in f"{secret} {secret!r} {secret!s} {[secret]} { ({'token': secret}) }"
    with pytest.raises(TypeError, match="not copied"):
        pickle.dumps(secret)
