"""`./chancery` on a machine that has too little says so in one sentence, and mends what was interrupted."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from chancery.cli import bootstrap
from chancery.cli.bootstrap import CannotPrepare

ROOT = Path(__file__).parents[2]
TOOLS = ("dirname", "readlink")


def machine(folder: Path, **pythons: str) -> Path:
    """Make a folder of programs that holds these Pythons, each a script, and hardly anything else."""
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (folder / tool).symlink_to(found)
    for name, script in pythons.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return folder


def start(programs: Path, **settings: str) -> str:
    """Return the one sentence with which ./chancery gave up."""
    environment = {"PATH": str(programs), **settings}
    ran = subprocess.run(
        [ROOT / "chancery", "up"], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1, ran.stderr
    return ran.stderr


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    said = start(machine(tmp_path / "bin"))

    assert "found none" in said
    assert "apt-get install python3 python3-venv" in said


def test_an_old_python_is_named(tmp_path: Path) -> None:
    old = '[ "$1" = -V ] && echo Python 3.9.2 && exit 0; exit 3'

    assert "found only Python 3.9.2" in start(machine(tmp_path / "bin", python3=old))


def test_a_python_without_its_venv_module_is_told_the_package(tmp_path: Path) -> None:
    bare = '[ "$1" = -c ] && echo python3.11-venv && exit 0; exit 4'

    assert "apt-get install python3.11-venv" in start(machine(tmp_path / "bin", python3=bare))


def test_a_wrong_choice_of_python_is_named(tmp_path: Path) -> None:
    said = start(machine(tmp_path / "bin"), CHANCERY_PYTHON="snake")

    assert "CHANCERY_PYTHON names no Python that runs (snake)" in said


def test_a_newer_python_is_taken_where_an_old_one_comes_first(tmp_path: Path) -> None:
    old = '[ "$1" = -V ] && echo Python 3.9.2 && exit 0; exit 3'
    new = 'case "$2" in -c) exit 0;; *) echo "starts with $2" >&2; exit 1;; esac'

    said = start(machine(tmp_path / "bin", **{"python3.13": old, "python3.12": new}))

    assert "starts with" in said
    assert "bootstrap.py" in said


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a checkout whose lock files ask for nothing."""
    root = tmp_path / "checkout"
    (root / "src").mkdir(parents=True)
    for name in ("requirements.lock", "requirements-uv.lock"):
        (root / name).write_text("")
    return root


def prepare(checkout: Path) -> str:
    return bootstrap._prepare(checkout, ".venv", "requirements.lock")


@pytest.mark.slow
def test_an_environment_is_made_once_and_made_anew_when_it_is_not_whole(checkout: Path) -> None:
    python = Path(prepare(checkout))
    first = python.lstat().st_mtime_ns
    prepare(checkout)
    kept = python.lstat().st_mtime_ns

    (checkout / ".venv" / bootstrap.STAMP).unlink()  # as an interrupted installation leaves it
    prepare(checkout)

    assert kept == first
    assert python.lstat().st_mtime_ns > first
    shown = [python, "-c", "import sys; print(*sys.path, sep='\\n')"]
    paths = subprocess.run(shown, capture_output=True, text=True, check=True).stdout.splitlines()
    assert str(checkout / "src") in paths


def test_another_lock_file_asks_for_another_environment(checkout: Path) -> None:
    lock = checkout / "requirements.lock"
    before = bootstrap.stamp_of(lock)

    lock.write_text("# another lock\n")

    assert bootstrap.stamp_of(lock) != before


@pytest.mark.slow
def test_packages_that_cannot_be_had_are_one_sentence_and_leave_no_stamp(checkout: Path) -> None:
    lock = f"chancery-knows-no-such-package==1 --hash=sha256:{'0' * 64}\n"
    (checkout / "requirements.lock").write_text(lock)
    (checkout / "requirements-uv.lock").write_text(lock)
    settings = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}

    with pytest.MonkeyPatch.context() as patched:
        for name, value in settings.items():
            patched.setenv(name, value)
        with pytest.raises(CannotPrepare, match="could not be installed") as caught:
            prepare(checkout)

    assert "\n" not in str(caught.value)
    assert not (checkout / ".venv" / bootstrap.STAMP).exists()


def test_chromium_that_cannot_be_installed_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CannotPrepare, match="apt-get install chromium"):
        bootstrap._prepare_chromium()
