"""What moves client money besides documents: interest, the firm's own money and the bank's charges."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from property.course import Course
from property.things import LEDGERS

minors = st.sampled_from([1, 7, 60])
days_ago = st.sampled_from([0, 0, 1, 4, -1])


class Movements(Course):
    """What the bank pays and takes, and what the firm may not leave among its clients' money."""

    @rule(name=st.sampled_from(LEDGERS), minor=minors, ago=days_ago)
    def credit_interest(self, name: str, minor: int, ago: int) -> None:
        on = self._ago(ago)
        self._as(self.model.interest(name, minor, on), self.acted.interest(name, minor, on))

    @rule(minor=minors, ago=days_ago)
    def hold_interest_for_others(self, minor: int, ago: int) -> None:
        on = self._ago(ago)
        self._as(self.model.held_for_others(minor, on), self.acted.held_for_others(minor, on))

    @rule(minor=minors, ago=days_ago)
    def pay_interest_on(self, minor: int, ago: int) -> None:
        on = self._ago(ago)
        self._as(self.model.paid_on(minor, on), self.acted.paid_on(minor, on))

    @rule(minor=minors, ago=days_ago)
    def bear_a_bank_charge(self, minor: int, ago: int) -> None:
        on = self._ago(ago)
        self._as(self.model.charge(minor, on), self.acted.charge(minor, on))

    @rule(minor=minors)
    def add_the_firms_own_money(self, minor: int) -> None:
        """Neither place lets a firm's own money lie with its clients'."""
        found = self.acted.own_money(minor, self.model.today)
        self._as("trust.own_funds_not_allowed", found)
