"""The part of a name that answers a question is marked, letter for letter."""

import pytest

from chancery.lib import marks


def marked(words: str, question: str) -> str:
    parts = marks.marked(words, question)
    return "".join(f"[{part.text}]" if part.is_match else part.text for part in parts)


@pytest.mark.parametrize(
    ("words", "question", "shown"),
    [
        ("Enter Your Bank Name", "bank", "Enter Your [Bank] Name"),
        ("Bankstown Timber", "bank", "[Bank]stown Timber"),
        ("Tina Martin", "tin", "[Tin]a Martin"),
        ("Martin", "tin", "Martin"),
        ("Idris Café Pty Ltd", "cafe p", "Idris [Café P]ty Ltd"),
        ("Smith-Jones", "jo", "Smith-[Jo]nes"),
        ("O'Dowd Valuations", "odo", "[O'Do]wd Valuations"),
        ("O'Dowd Valuations", "dowd", "O'Dowd Valuations"),
        ("2026-0137", "2026-01", "[2026-01]37"),
        ("ﬁrst name", "fi", "[ﬁ]rst name"),
        ("Weiß", "weiß", "[Weiß]"),
        ("Bank, the", "bank the", "[Bank, the]"),
        ("Anything", "", "Anything"),
        ("", "bank", ""),
    ],
)
def test_the_first_beginning_that_answers_is_marked(words: str, question: str, shown: str) -> None:
    assert marked(words, question) == shown


def test_marking_never_changes_the_words() -> None:
    words = "  Née  Ångström-O\u2019Brien & Söhne  "

    for question in ("n", "angstrom", "obrien", "sohne", "x", "&"):
        assert "".join(part.text for part in marks.marked(words, question)) == words
