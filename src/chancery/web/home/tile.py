"""A tile of the dashboard."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """One figure, one sentence, one way on. ``tone`` colours the note, and is empty where nothing is proved."""

    label: str
    figure: str
    note: str
    url: str = ""
    is_trust: bool = False
    tone: str = ""
