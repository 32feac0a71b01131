"""A request whose token, and so whose person and firm, is known; and when it came."""

from datetime import date, datetime

from django.http import HttpRequest

from chancery.lib import clock
from chancery.practice.api_answers import KeyedRequest
from chancery.practice.api_tokens import ApiToken
from chancery.practice.people import Person


class ApiRequest(HttpRequest):
    """What every endpoint gets; ``keyed`` is set where it is done under a key."""

    token: ApiToken
    person: Person
    at: datetime
    keyed: KeyedRequest | None


def today(request: ApiRequest) -> date:
    """Return the legal day it is for the firm."""
    return clock.today(request.person.firm.time_zone)
