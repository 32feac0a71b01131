import os
import re
import subprocess
import sys
from pathlib import Path

from chancery.cli import jurisdiction_reference
from chancery.trust.rules import packs

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/reference/jurisdictions.md"


def test_the_document_says_what_the_packs_say() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == jurisdiction_reference.text(), (
        "run python -m chancery.cli.jurisdiction_reference > docs/reference/jurisdictions.md"
    )


def test_the_command_prints_the_document() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "chancery.cli.jurisdiction_reference"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
    )

    assert printed.stdout == DOCUMENT.read_bytes()


def test_every_place_and_every_value_stands_in_the_document_once() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    for pack in packs.load_all().values():
        section = text.split(f"\n## {pack.label}\n")[1].split("\n## ")[0]
        written = re.findall(r"^\| `([a-z0-9_.]+)` \|", section, flags=re.MULTILINE)
        assert written == [each.path for each in pack.own_parameters()]


def test_every_mark_leads_to_an_address() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    addresses = set(re.findall(r"^\[(\w+)\]: https?://\S+$", text, flags=re.MULTILINE))
    marks = set(re.findall(r"\[(\w+)\](?!:)", text))

    assert marks == addresses


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    blocks = DOCUMENT.read_text(encoding="utf-8").split("\n\n")

    for block in (block for block in blocks if block.startswith("|")):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1
