"""What readers say of the guides. The answers stay in the firm's own database."""

from datetime import datetime

from django.db.models import QuerySet

from chancery.lib import ids
from chancery.practice import permissions
from chancery.practice.models import HelpAnswer, Person
from chancery.practice.permissions import Act

REASON_LENGTH_MAX = 2000
_SHOWN_MAX = 200


def answer(*, guide: str, was_helpful: bool, reason: str, by: Person, at: datetime) -> HelpAnswer:
    """Keep one reader's answer. A reason longer than 2,000 characters is cut there."""
    return HelpAnswer.objects.create(
        id=ids.new(),
        firm_id=by.firm_id,
        guide=guide,
        person=by,
        was_helpful=was_helpful,
        reason=reason.strip()[:REASON_LENGTH_MAX],
        at=at,
    )


def latest(*, to: Person) -> QuerySet[HelpAnswer]:
    """Return the last 200 answers, the latest first, to someone who may read them.

    Refuses: NotAllowed.
    """
    permissions.require(to, Act.READ_HELP_ANSWERS)
    answers = HelpAnswer.objects.select_related("person").order_by("-at", "-id")
    return answers[:_SHOWN_MAX]
