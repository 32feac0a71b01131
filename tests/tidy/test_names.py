"""Names say what a thing is: some file names prove that its idea has not been found yet."""

import re

from tidy.source import ROOT, files, python_files

NAMELESS = {
    "utils", "helpers", "common", "managers", "signals", "services", "exceptions", "misc", "base",
}  # fmt: skip
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/\w")
REGISTRY = re.compile(r"https?://[^\s]*(?:pypi|npmjs|pythonhosted|debian\.org/debian)")
TODO = re.compile(r"#\s*(?:TODO|FIXME|XXX)\b")


def test_no_module_has_a_name_that_says_nothing() -> None:
    nameless = [p.relative_to(ROOT) for p in python_files() if p.stem in NAMELESS]

    assert nameless == []


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    locks = [path for path in files(".lock") if path.name.startswith("requirements")]

    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock
        assert "--hash=sha256:" in text, lock


def test_nothing_names_a_path_of_one_machine_or_a_package_registry() -> None:
    found = [
        path.relative_to(ROOT)
        for path in files(
            ".py", ".md", ".sh", ".toml", ".yaml", ".html", ".css", ".js", ".sql", "Makefile"
        )
        if path != ROOT / "tests/tidy/test_names.py"
        and (MACHINE_PATH.search(text := path.read_text(encoding="utf-8")) or REGISTRY.search(text))
    ]

    assert found == []


def test_no_work_is_left_lying_in_comments() -> None:
    found = [
        p.relative_to(ROOT) for p in python_files() if TODO.search(p.read_text(encoding="utf-8"))
    ]

    assert found == []
