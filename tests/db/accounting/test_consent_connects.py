"""Every way back from Xero's consent page ends in a connection, a choice, or a sentence that helps."""

from datetime import timedelta
from uuid import UUID

import httpx2
import pytest
from pytest_django.fixtures import Settings

from chancery.accounting import connections, consents, departures
from chancery.accounting.models import Connection, Consent, PackageChoice, SentDocument, TokenPair
from chancery.accounting.xero import oauth, registration
from chancery.lib import clock, ids
from chancery.outbox.models import Message
from chancery.practice.permissions import NotAllowed
from world import Marlow, acting, charlie, marlow
from xero_side import (
    KAURI,
    MARLOW,
    SandboxServer,
    answer_of,
    begin,
    connected,
    finish,
    sandbox,
    xero,
)

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Marlow:
    return marlow()


def revocations(xero: SandboxServer) -> list[object]:
    calls: list[object] = xero.control("calls", "GET")["calls"]
    return [
        call for call in calls if isinstance(call, dict) and call["path"].endswith("revocation")
    ]


def test_one_organisation_is_connected_at_once(xero: SandboxServer, cast: Marlow) -> None:
    connected(xero, cast.alice)

    with acting(cast.alice):
        connection = Connection.objects.get()
        assert (connection.name, connection.currency) == (MARLOW, "AUD")
        assert (connection.state, connection.is_sandbox) == ("connected", True)
        assert connection.organisation_id == xero.tenant(MARLOW)
        assert TokenPair.objects.count() == 1
        assert [m.topic for m in Message.objects.all()] == ["accounting.refresh"]
        assert bytes(Consent.objects.get().sealed) == b""


def test_several_organisations_are_offered_and_one_is_chosen(
    xero: SandboxServer, cast: Marlow
) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW, KAURI)

    assert finish(answer, began.consent_id, cast.alice) is None
    with acting(cast.alice):
        offered = consents.to_choose_from(
            consent_id=began.consent_id, by=cast.alice, at=clock.now()
        )
    connection = consents.choose(
        consent_id=began.consent_id,
        organisation_id=xero.tenant(MARLOW),
        by=cast.alice,
        now=clock.now,
    )

    assert [(found.name, found.currency) for found in offered] == [(KAURI, "NZD"), (MARLOW, "AUD")]
    assert connection.name == MARLOW


def test_one_of_several_in_another_currency_leaves_the_others_to_choose(
    xero: SandboxServer, cast: Marlow
) -> None:
    began = begin(cast.alice)
    finish(answer_of(xero, began.address, MARLOW, KAURI), began.consent_id, cast.alice)

    with pytest.raises(connections.OtherCurrency, match="NZD"):
        choose(xero, began.consent_id, cast, KAURI)
    assert choose(xero, began.consent_id, cast, MARLOW).name == MARLOW


def test_organisations_that_do_not_say_their_currency_are_offered_without_one(
    xero: SandboxServer, cast: Marlow
) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW, KAURI)
    xero.control("faults", kind="status", path="/Organisation", status=503, times=9)

    finish(answer, began.consent_id, cast.alice)

    with acting(cast.alice):
        offered = consents.to_choose_from(
            consent_id=began.consent_id, by=cast.alice, at=clock.now()
        )
    assert [(found.name, found.currency) for found in offered] == [(KAURI, ""), (MARLOW, "")]


def choose(xero: SandboxServer, consent_id: UUID, cast: Marlow, name: str) -> Connection:
    return consents.choose(
        consent_id=consent_id, organisation_id=xero.tenant(name), by=cast.alice, now=clock.now
    )


def test_an_organisation_that_was_not_allowed_cannot_be_chosen(
    xero: SandboxServer, cast: Marlow
) -> None:
    third = xero.control("organisations", name="Somebody Else", country="AU")
    began = begin(cast.alice)
    finish(answer_of(xero, began.address, MARLOW, KAURI), began.consent_id, cast.alice)

    with pytest.raises(consents.ConsentIsStale):
        consents.choose(
            consent_id=began.consent_id,
            organisation_id=third["tenant_id"],
            by=cast.alice,
            now=clock.now,
        )


def test_choosing_after_ten_minutes_is_refused(xero: SandboxServer, cast: Marlow) -> None:
    began = begin(cast.alice)
    finish(answer_of(xero, began.address, MARLOW, KAURI), began.consent_id, cast.alice)

    with pytest.raises(consents.ConsentIsStale):
        consents.choose(
            consent_id=began.consent_id,
            organisation_id=xero.tenant(MARLOW),
            by=cast.alice,
            now=lambda: clock.now() + timedelta(minutes=10),
        )


def test_a_refused_consent_connects_nothing_and_says_so(xero: SandboxServer, cast: Marlow) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW, cancel=True)

    with pytest.raises(consents.ConsentRefused, match="not allowed"):
        finish(answer, began.consent_id, cast.alice)
    with acting(cast.alice):
        assert connections.of_firm() is None
        assert PackageChoice.objects.exists()


def test_a_forged_state_is_refused_before_xero_is_asked(xero: SandboxServer, cast: Marlow) -> None:
    began = begin(cast.alice)
    xero.control("calls", "DELETE")
    forged = consents.Answer(state="made-up", code="a-code", error="")

    with pytest.raises(consents.ConsentIsForged):
        finish(forged, began.consent_id, cast.alice)
    assert xero.control("calls", "GET")["calls"] == []


def test_a_state_of_another_browser_is_refused(xero: SandboxServer, cast: Marlow) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW)

    with pytest.raises(consents.ConsentIsForged):
        finish(answer, None, cast.alice)


def test_a_state_of_another_firm_is_refused(xero: SandboxServer, cast: Marlow) -> None:
    stranger = charlie()
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW)

    with pytest.raises(consents.ConsentIsForged):
        finish(answer, began.consent_id, stranger)


def test_a_state_works_once(xero: SandboxServer, cast: Marlow) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW)
    finish(answer, began.consent_id, cast.alice)

    with pytest.raises(consents.ConsentIsStale):
        finish(answer, began.consent_id, cast.alice)


def test_a_state_of_more_than_ten_minutes_ago_is_refused(xero: SandboxServer, cast: Marlow) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW)

    with pytest.raises(consents.ConsentIsStale):
        consents.finish(
            answer=answer,
            consent_id=began.consent_id,
            by=cast.alice,
            now=lambda: clock.now() + timedelta(minutes=10),
        )


def test_beginning_again_ends_the_earlier_way_back(xero: SandboxServer, cast: Marlow) -> None:
    first = begin(cast.alice)
    answer = answer_of(xero, first.address, MARLOW)
    begin(cast.alice)

    with pytest.raises(consents.ConsentIsStale):
        finish(answer, first.consent_id, cast.alice)


def test_a_code_that_xero_no_longer_takes_is_refused(xero: SandboxServer, cast: Marlow) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW)
    xero.control("clock", seconds=6 * 60)

    with pytest.raises(oauth.GrantIsDead, match="Connect again"):
        finish(answer, began.consent_id, cast.alice)


def test_no_organisation_says_what_to_do_and_gives_the_grant_back(
    xero: SandboxServer, cast: Marlow
) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address)

    with pytest.raises(consents.NoOrganisation, match="No organisation was ticked"):
        finish(answer, began.consent_id, cast.alice)
    assert len(revocations(xero)) == 1


def test_an_organisation_of_another_currency_is_refused_and_given_back(
    xero: SandboxServer, cast: Marlow
) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, KAURI)

    with pytest.raises(connections.OtherCurrency) as caught:
        finish(answer, began.consent_id, cast.alice)

    for word in ("Kauri Legal Limited", "NZD", "Marlow & Finch Lawyers", "AUD"):
        assert word in str(caught.value)
    assert len(revocations(xero)) == 1
    with acting(cast.alice):
        assert connections.of_firm() is None


def test_an_organisation_that_serves_another_firm_is_refused(
    xero: SandboxServer, cast: Marlow
) -> None:
    connected(xero, cast.alice)
    stranger = charlie()
    began = begin(stranger)

    with pytest.raises(connections.OrganisationServesAnotherFirm):
        finish(answer_of(xero, began.address, MARLOW), began.consent_id, stranger)


def test_reconnecting_finds_the_firms_own_organisation_among_several(
    xero: SandboxServer, cast: Marlow
) -> None:
    first = connected(xero, cast.alice)
    departures.disconnect(by=cast.alice, at=clock.now())
    began = begin(cast.alice)

    again = finish(answer_of(xero, began.address, KAURI, MARLOW), began.consent_id, cast.alice)

    assert again is not None
    assert (again.id, again.name) == (first.id, MARLOW)


def test_reconnecting_another_organisation_is_refused_once_something_was_sent(
    xero: SandboxServer, cast: Marlow
) -> None:
    xero.control("organisations", name="Marlow Trading", country="AU")
    connected(xero, cast.alice)
    with acting(cast.alice):
        SentDocument.objects.create(
            firm=cast.firm, kind="account", key="a", external_id="a", sent_at=clock.now()
        )
    departures.disconnect(by=cast.alice, at=clock.now())
    began = begin(cast.alice)

    with pytest.raises(connections.OtherOrganisation, match="Reconnect and choose Marlow & Finch"):
        finish(answer_of(xero, began.address, "Marlow Trading"), began.consent_id, cast.alice)


def test_disconnecting_gives_the_grant_back_and_keeps_the_choice(
    xero: SandboxServer, cast: Marlow
) -> None:
    connected(xero, cast.alice)

    was_told = departures.disconnect(by=cast.alice, at=clock.now())

    assert was_told
    with acting(cast.alice):
        assert Connection.objects.get().state == "disconnected"
        assert not TokenPair.objects.exists()
        assert PackageChoice.objects.exists()
    began = begin(cast.alice)
    page = httpx2.get(began.address, trust_env=False)
    assert "connected already" not in page.text


def test_disconnecting_works_while_xero_is_away_and_says_that_it_was_not_told(
    xero: SandboxServer, cast: Marlow
) -> None:
    connected(xero, cast.alice)
    xero.control("faults", kind="drop", path="revocation")

    assert not departures.disconnect(by=cast.alice, at=clock.now())
    with acting(cast.alice):
        assert Connection.objects.get().state == "disconnected"


def test_backing_out_ends_connection_and_grant(xero: SandboxServer, cast: Marlow) -> None:
    connected(xero, cast.alice)

    assert departures.back_out(by=cast.alice, at=clock.now())
    with acting(cast.alice):
        assert not PackageChoice.objects.exists()
        assert not Connection.objects.exists()
        assert [m.state for m in Message.objects.all()] == ["withdrawn"]


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_only_an_administrator_connects_or_disconnects(
    xero: SandboxServer, cast: Marlow, who: str
) -> None:
    connected(xero, cast.alice)
    person = getattr(cast, who)

    with acting(person), pytest.raises(NotAllowed):
        consents.begin(by=person, at=clock.now())
    with pytest.raises(NotAllowed):
        departures.disconnect(by=person, at=clock.now())
    with pytest.raises(NotAllowed):
        departures.back_out(by=person, at=clock.now())


def test_xero_being_away_is_an_outage_and_connects_nothing(
    xero: SandboxServer, cast: Marlow
) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW)
    xero.control("faults", kind="drop", path="connect/token")

    with pytest.raises(oauth.XeroOutOfReach, match="try again"):
        finish(answer, began.consent_id, cast.alice)


def test_a_wrong_secret_says_what_to_check(
    xero: SandboxServer, cast: Marlow, settings: Settings
) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW)
    settings.XERO_CLIENT_SECRET = "wrong"

    with pytest.raises(oauth.XeroRefusesTheApp, match="XERO_CLIENT_SECRET"):
        finish(answer, began.consent_id, cast.alice)


def test_without_an_app_nobody_is_sent_to_xero(cast: Marlow, settings: Settings) -> None:
    settings.XERO_SANDBOX_URL = settings.XERO_CLIENT_ID = settings.XERO_CLIENT_SECRET = ""

    with acting(cast.alice), pytest.raises(registration.XeroAppIsMissing, match="redirect address"):
        consents.begin(by=cast.alice, at=clock.now())


def test_ids_of_consents_are_bound_to_what_they_seal(xero: SandboxServer, cast: Marlow) -> None:
    began = begin(cast.alice)
    answer = answer_of(xero, began.address, MARLOW)
    other = ids.new()
    with acting(cast.alice):
        Consent.objects.filter(pk=began.consent_id).update(id=other)

    with pytest.raises(Exception, match="does not open"):
        finish(answer, other, cast.alice)
