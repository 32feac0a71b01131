"""Style and types hold everywhere, the tests included."""

import os
import subprocess
import sys

import pytest

from tidy.source import ROOT


@pytest.mark.parametrize(
    "words",
    [
        ("ruff", "check", "src", "tests", "bench"),
        ("ruff", "format", "--check", "src", "tests", "bench"),
        ("mypy",),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_the_linter_has_nothing_to_say(words: tuple[str, ...]) -> None:
    environment = os.environ | {
        "CHANCERY_DATABASE_URL": "postgresql://nobody@127.0.0.1/nothing",
        "CHANCERY_SECRET_KEY": "only-for-reading-the-settings",
    }

    answer = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stdout[-6000:] + answer.stderr[-1000:]
