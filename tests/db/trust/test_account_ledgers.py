"""Where money may be recorded, as a form offers it."""

from chancery.trust import account_ledgers
from money import open_trust, umbrella
from world import Marlow, acting


def test_the_account_for_every_days_money_is_offered_first(marlow: Marlow) -> None:
    trust = open_trust(marlow)
    controlled = umbrella(marlow.alice)

    with acting(marlow.alice):
        offered = [account.id for account in account_ledgers.open_accounts()]

    assert controlled.name < trust.account.name, "by its name it would be first"
    assert offered == [trust.account.id, controlled.id]
