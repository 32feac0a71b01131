"""Reading a document back, as somebody who was handed it."""

from io import BytesIO

from pypdf import PdfReader


def pages(content: bytes) -> list[str]:
    """Return the words of each page on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def words(content: bytes) -> str:
    """Return the words of the whole document on one line."""
    return " ".join(pages(content))


def letters(text: str) -> str:
    """Return a text without blanks and unseen marks, which a break of the line may add."""
    return "".join(text.replace("\u200b", "").split())
