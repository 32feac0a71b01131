"""Text made safe to print: what a person typed, without what only a machine would act on."""

import re

# Controls, halves of a character, and what is no character at all: none of them has a shape.
_NO_SHAPE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
# Marks that turn the order of what follows, or that nobody sees: “001” must not be read as “100”.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def plain(text: str) -> str:
    """Return the text on one line: no control, no unseen mark, no space twice or at an end."""
    if text.isprintable() and "  " not in text and text == text.strip():
        return text  # nearly every text there is: lists of many thousand rows are made of them
    return " ".join(_UNSEEN.sub("", _NO_SHAPE.sub(" ", text)).split())
