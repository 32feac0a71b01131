"""What goes round the deeds: whoever posts, reads or writes by himself meets the ledger's own guards."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from property.course import Course, chosen
from property.things import LEDGERS

pick = st.integers(0, 10**6)


class BehindTheDeeds(Course):
    """What no deed does and the database has to refuse by itself."""

    @precondition(lambda self: self._taken_back())
    @rule(at=pick)
    def reverse_again(self, at: int) -> None:
        document = self.documents[chosen(self._taken_back(), at)]
        found = self.acted.reverse_behind(document, self.model.today)
        self._as("ledger.reversed_already", found)

    @rule(name=st.sampled_from(LEDGERS))
    def post_out_of_balance(self, name: str) -> None:
        self._as("refused", self.acted.post_out_of_balance(name))

    @rule(name=st.sampled_from(LEDGERS), ago=st.sampled_from([0, 1, 3]))
    def post_more_than_may_leave(self, name: str, ago: int) -> None:
        """Post a payment of a cent more than may leave from a day on, without asking anybody."""
        on = self._ago(ago)
        refused = "ledger.closed" if name in self.model.closed else "ledger.below_zero"
        if on <= self.model.locked:
            refused = "ledger.period_locked"
        minor = self.model.spendable(name, on) + 1
        self._as(refused, self.acted.pay_behind(name, minor, on))

    @rule(at=pick)
    def write_over_what_is_posted(self, at: int) -> None:
        self._as("refused", self.acted.write_over(chosen(self.documents, at)))

    @rule()
    def look_at_another_firms_entries(self) -> None:
        assert self.acted.entries_seen_by_a_stranger() == 0
