"""The list of contacts goes on at a key by the index, also where row security watches."""

import pytest
from django.db import connection

import world
from chancery.practice import contact_list
from chancery.practice.contact_list import ContactFilter
from chancery.practice.models import Contact
from chancery.web.shell import keyset
from world import Marlow

pytestmark = pytest.mark.django_db


def test_a_later_page_begins_inside_the_index(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        found = contact_list.found(marlow.bob, ContactFilter())
        anchor = Contact.objects.get(stands_for_own_bank=True)
        key = (anchor.folded, anchor.id)
        on = found.filter(keyset._beyond(key, contact_list.ORDER, is_after=True))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        plan = on[:50].explain()

    assert "contact_by_folded" in plan
    assert "folded >=" in next(line for line in plan.splitlines() if "Index Cond" in line)


def test_a_name_is_kept_folded_and_follows_every_change(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        contact = world.contact(marlow.alice, "José  O'Brien-Smith")
        assert Contact.objects.get(pk=contact.pk).folded == "jose obrien smith"
