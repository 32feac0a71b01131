"""A refusal as a page shows it: what happened, whether money moved, what to do next, by which rule."""

import re
from dataclasses import dataclass

from chancery.lib.refusals import Outage, Refusal

NOTHING_MOVED = "No. Nothing was changed."
_SENTENCE_ENDS = re.compile(r"(?<=\w)\. (?=[A-Z])")
KEPT = "No. Nothing was changed. What you entered is kept below."


@dataclass(frozen=True)
class RefusalView:
    """The answers, and the code that stays the same for ever.

    ``money`` is empty on a record that holds none, ``rule`` where no rule of law or of the firm is named.
    """

    title: str
    happened: str
    money: str
    next_step: str
    rule: str
    code: str


def view_of(
    refusal: Refusal | Outage, *, title: str = "Not done", money: str = NOTHING_MOVED
) -> RefusalView:
    """Return a refusal for the page.

    A refusal says in its first sentence what happened and after it what to do next.
    """
    happened, *rest = _SENTENCE_ENDS.split(str(refusal), maxsplit=1)
    return RefusalView(
        title=title,
        happened=f"{happened.rstrip('.')}.",
        money=money,
        next_step=rest[0] if rest else "",
        rule=getattr(refusal, "rule", ""),
        code=refusal.code,
    )
