"""Every page of the program and of its sandbox, looked at once at both widths and in both themes."""

from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from browser.chromium import open_page
from browser.looks import PICTURES, Viewer
from browser.running_system import start_system
from browser.tour import PAGES, PARTS, Tour
from browser.walkthrough import Walk
from doors.routes import ROUTES

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Viewer:
    """Give somebody who has seen every page."""
    for old in PICTURES.glob("*.png"):
        old.unlink()
    folder: Path = tmp_path_factory.mktemp("system")
    folder.parent.chmod(0o711)  # as root the database has a user of its own, who comes through
    with start_system(folder) as system, open_page() as page:
        one = Viewer(page)
        Tour(one, Walk(page, system)).take()
    return one


def test_no_page_was_forgotten(viewer: Viewer) -> None:
    seen = set()
    for path in viewer.seen:
        try:
            seen.add(resolve(path).view_name)
        except Resolver404:
            continue

    assert sorted(PAGES - seen) == []
    assert sorted(PARTS - ROUTES.keys()) == []


@pytest.mark.parametrize(
    "trouble", ["answer", "audit", "sideways", "console", "heads", "firsts", "small", "focus"]
)
def test_no_page_has(trouble: str, viewer: Viewer) -> None:
    assert viewer.found[trouble] == []
