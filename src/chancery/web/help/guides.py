"""Guides: Markdown files beside this module, in the words of the firm's jurisdiction."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.template import Context, Engine
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent / "guides"

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_ENGINE = Engine(string_if_invalid="")


@dataclass(frozen=True)
class Guide:
    """One guide as read from its file; title, summary and body still hold word marks."""

    slug: str
    title: str
    summary: str
    related: tuple[str, ...]
    pages: tuple[str, ...]
    body: str


@dataclass(frozen=True)
class ShownGuide:
    """One guide in the firm's words, ready for a page. ``html`` comes from our own files only."""

    slug: str
    title: str
    summary: str
    html: SafeString


@cache
def every() -> Mapping[str, Guide]:
    """Return all guides by slug, in the order of the walkthrough."""
    found = {path.stem: _read(path) for path in FOLDER.glob("*.md")}
    order = ["name-your-bank", "connect-xero", "trust-account", "office-account", "bank-feed-off"]
    return {slug: found[slug] for slug in [*order, *sorted(set(found) - set(order))]}


def show(guide: Guide, words: object) -> ShownGuide:
    """Return a guide with the jurisdiction's words in place."""
    return ShownGuide(
        slug=guide.slug,
        title=_in_words(guide.title, words),
        summary=_in_words(guide.summary, words),
        html=SafeString(_MARKDOWN.render(_in_words(guide.body, words))),
    )


def related_to(guide: Guide) -> list[Guide]:
    """Return the guides that a reader of this one may want next."""
    return [every()[slug] for slug in guide.related]


def for_page(url_name: str) -> Guide | None:
    """Return the guide that explains a page, if there is one."""
    return next((guide for guide in every().values() if url_name in guide.pages), None)


def _read(path: Path) -> Guide:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    facts = yaml.safe_load(front)
    return Guide(
        slug=path.stem,
        title=facts["title"],
        summary=facts["summary"],
        related=tuple(facts["related"]),
        pages=tuple(facts["pages"]),
        body=body,
    )


def _in_words(text: str, words: object) -> str:
    # Markdown escapes for HTML itself, so the words go in as they are.
    return _ENGINE.from_string(text).render(Context({"words": words}, autoescape=False))
