"""Imports point down the page; the contracts stand in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

from tidy.source import ROOT


def test_every_import_contract_is_kept() -> None:
    linter = Path(sys.executable).parent / "lint-imports"

    answer = subprocess.run(
        [str(linter), "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": "src", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stdout[-4000:] + answer.stderr[-1000:]
