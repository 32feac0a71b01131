"""The page that offers several organisations says which of them keeps its books in the firm's currency."""

import re
from html import unescape

import pytest

from chancery.accounting.models import Consent
from chancery.lib import clock, ids
from conftest import Browse
from world import Marlow, acting

pytestmark = pytest.mark.django_db
PAGE = "/admin/accounting/xero/organisations/"


def test_one_in_another_currency_is_marked_and_cannot_be_taken_by_mistake(
    marlow: Marlow, browse: Browse
) -> None:
    offered = [("Kauri", "NZD"), ("Marlow", "AUD"), ("Untold", "")]
    at = clock.now()
    with acting(marlow.alice):
        consent = Consent.objects.create(
            id=ids.new(),
            firm=marlow.firm,
            person=marlow.alice,
            state_hash="x",
            sealed=b"",
            organisations=[
                {"connection_id": name, "organisation_id": name, "name": name, "currency": currency}
                for name, currency in offered
            ],
            started_at=at,
            returned_at=at,
        )
    client = browse(marlow.alice)
    session = client.session
    session["accounting_consent"] = str(consent.id)
    session.save()

    page = unescape(client.get(PAGE).content.decode())

    assert "Books in NZD" in page
    assert "Books in AUD" in page
    assert page.count("Other currency") == 1
    assert re.findall(r'aria-label="Connect (\w+)"', page) == ["Marlow", "Untold"]
