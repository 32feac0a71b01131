"""A page that refuses keeps nothing, even when its view wrote before it was refused."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from chancery.lib import ids
from chancery.practice.models import MatterType
from chancery.web.firm_of_request import FIRM_IN_SESSION, FirmOfRequest
from world import Marlow, acting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (302, 1), (409, 0), (422, 0), (500, 0)])
def test_what_a_view_wrote_is_kept_only_when_it_did_not_refuse(
    marlow: Marlow, status: int, kept: int
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        MatterType.objects.create(id=ids.new(), firm_id=marlow.firm.id, name="Half done")
        return HttpResponse(status=status)

    request = RequestFactory().post("/")
    request.user = marlow.alice.user
    request.session = {FIRM_IN_SESSION: str(marlow.firm.id)}  # type: ignore[assignment]  # a dict will do

    FirmOfRequest(view).process_view(request, view, [], {})

    with acting(marlow.alice):
        assert MatterType.objects.filter(name="Half done").count() == kept
