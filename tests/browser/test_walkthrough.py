"""The main job works, whole, in a real browser: the same steps as `make walkthrough`."""

from pathlib import Path

import pytest

from browser.chromium import open_page
from browser.running_system import start_system
from browser.walkthrough import STEPS, Walk, walk_through


@pytest.mark.browser
@pytest.mark.slow
def test_a_newcomer_gets_from_a_fresh_start_to_an_office_account_known_by_its_code(
    tmp_path: Path,
) -> None:
    said: list[str] = []

    with start_system(tmp_path) as system, open_page() as page:
        walk_through(Walk(page, system), say=said.append)

    assert [line[0] for line in said] == ["✓"] * len(STEPS)
