"""What a page must be at both widths and in both themes, measured; and a picture of each to look at."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page

from browser.chromium import NARROW, WIDE

PICTURES = Path(__file__).parents[2] / "var/pages"
HEIGHT = 900
LEAST_TARGET = 24

_LOOKS = [(WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light")]
"""In an order in which each changes the width: Chromium paints all of a page anew only then."""
_UNAUDITED = (NARROW, "dark")  # no rule of the audit looks at width and theme together
_PAINTED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
_AUDIT = """async only => {
  const {violations} = await axe.run({resultTypes: ["violations"], ...only});
  return violations.filter(({impact}) => ["serious", "critical"].includes(impact))
    .map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 160)}`);
}"""
_SHAPE = """least => {
  const top = document.querySelector("dialog:modal") ?? document.body;
  const isSeen = one =>
    one.checkVisibility({visibilityProperty: true}) && !one.closest(".hidden-visually, .skip");
  const isInline = one => one.matches("a") && getComputedStyle(one).display === "inline";
  const target = one => (one.closest("label") ?? one).getBoundingClientRect();
  const isSmall = ({width, height}) => Math.min(width, height) < least;
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const controls = [...top.querySelectorAll(kinds)];
  return {
    heads: [...document.querySelectorAll("h1")].filter(isSeen).length,
    firsts: [...top.querySelectorAll(".button.primary")].filter(isSeen).map(one => one.innerText),
    small: controls.filter(one => isSeen(one) && !isInline(one) && isSmall(target(one)))
      .map(one => one.outerHTML.slice(0, 120)),
    isSideways: document.documentElement.scrollWidth > innerWidth,
  };
}"""
_FOCUS = """() => {
  const one = document.activeElement;
  const {outlineStyle, outlineWidth} = getComputedStyle(one);
  const {top, bottom} = one.getBoundingClientRect();
  const isRing = one.matches(":focus-visible") && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return one !== document.body && isRing && bottom > 0 && top < innerHeight;
}"""


@dataclass
class Viewer:
    """Somebody who opens pages, looks at each in every way, and notes what is wrong by its kind."""

    page: Page
    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seen: set[str] = field(default_factory=set)
    """The paths of the pages that were looked at."""

    _said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._said.append(str(error)))

    def visit(self, name: str, address: str, *, status: int = 200) -> None:
        """Open an address and look at what is there; another status than this one is a finding."""
        self._said.clear()
        answer = self.page.goto(address)
        if answer is None or answer.status != status:
            self.found["answer"].append(f"{name}: {answer and answer.status}")
        self.look(name)

    def look(self, name: str) -> None:
        """Look at the page as it stands; leaves four pictures of it in ``PICTURES``."""
        self.seen.add(urlsplit(self.page.url).path)
        self.page.evaluate(AXE_SCRIPT)
        for look in _LOOKS:
            self._look_at(name, look)
        self.page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        if not self._shows_focus():  # a window shows it at once
            self.page.keyboard.press("Tab")
            self.page.evaluate(_PAINTED)
            if not self._shows_focus():
                self.found["focus"].append(name)
        self.found["console"] += [f"{name}: {line}" for line in self._said]
        self._said.clear()

    def _shows_focus(self) -> bool:
        return bool(self.page.evaluate(_FOCUS))

    def _look_at(self, name: str, look: tuple[int, str]) -> None:
        width, scheme = look
        where = f"{name}-{width}-{scheme}"
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        self.page.evaluate(_PAINTED)
        if look != _UNAUDITED:
            only = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
            self.found["audit"] += [f"{where}: {one}" for one in self.page.evaluate(_AUDIT, only)]
        if scheme == "light":
            self._note_shape(where, self.page.evaluate(_SHAPE, LEAST_TARGET))
        self.page.screenshot(path=PICTURES / f"{where}.png", full_page=True)

    def _note_shape(self, where: str, shape: dict[str, Any]) -> None:
        self.found["small"] += [f"{where}: {one}" for one in shape["small"]]
        if shape["heads"] != 1:
            self.found["heads"].append(f"{where}: {shape['heads']}")
        if len(shape["firsts"]) > 1:
            self.found["firsts"].append(f"{where}: {shape['firsts']}")
        if shape["isSideways"]:
            self.found["sideways"].append(where)

    def _hear(self, line: ConsoleMessage) -> None:
        """Note what the browser complains of, but for the status of the page itself: a visit asks for that."""
        is_own_status = line.location["url"] == self.page.url and "status of" in line.text
        if (line.type == "error" and not is_own_status) or "Content Security" in line.text:
            self._said.append(line.text)
