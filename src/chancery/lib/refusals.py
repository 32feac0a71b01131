"""The two answers that are not success and not a bug: a rule said no, or the world failed."""

from typing import ClassVar


class Refusal(Exception):
    """A rule said no; nothing was changed.

    A subclass is a dataclass (``@dataclass(eq=False)``) whose fields are the facts, whose ``code`` is
    stable for ever, and whose ``str()`` is one sentence that says what to do next.
    """

    code: ClassVar[str]
    rule: str = ""
    """The authority, if the law is the reason; a field where each place has its own."""


class Outage(Exception):
    """The world failed (a network, a bank, a disk); trying again later may work.

    ``str()`` is one sentence for the person who waits. The same fields and form as a refusal.
    """

    code: ClassVar[str]
