"""The first start makes the keys; a lost token key is never replaced in silence."""

from pathlib import Path

from chancery.cli import environment, folders


def test_the_first_start_makes_the_token_key_for_its_owner_only(tmp_path: Path) -> None:
    folder = folders.prepare(tmp_path / "data")

    environment.of_program({}, folder=folder, database="postgresql://nobody@127.0.0.1/nothing")

    assert (folder.keys / "tokens.key").stat().st_mode & 0o777 == 0o600


def test_a_token_key_that_was_lost_is_not_replaced_by_a_later_start(tmp_path: Path) -> None:
    folder = folders.prepare(tmp_path / "data")
    environment.of_program({}, folder=folder, database="postgresql://nobody@127.0.0.1/nothing")
    (folder.keys / "tokens.key").unlink()

    environment.of_program({}, folder=folder, database="postgresql://nobody@127.0.0.1/nothing")

    assert not (folder.keys / "tokens.key").exists()
