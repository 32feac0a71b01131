"""Deeds in any order, held against the model after each: what is refused, and every balance on every day."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from chancery.trust.models import Protection, Receipt
from chancery.trust.receipts import Method
from property.behind import BehindTheDeeds
from property.course import chosen, part
from property.movements import Movements
from property.things import LEDGERS, Asked

LAST = date(2026, 7, 3)
pick = st.integers(0, 10**6)
ledger = st.sampled_from(LEDGERS)
methods = st.sampled_from([*Method, Method.CHEQUE, Method.CHEQUE])
amount = st.one_of(st.integers(1, 400), st.sampled_from([100, 100, 0]))
nearly = st.sampled_from([0, 1, -1, 100, 100, 100])  # off all that may be spent; 100 is half of it
back = st.sampled_from([0, 0, 0, 1, 2, 4, 7, -1])  # days before today; the last is tomorrow
authorities = st.sampled_from(["letter", "letter", ""])
anybody = st.sampled_from(["Bob", "Bob", "Lena", "Alice"])
kinds = st.sampled_from(["reversal", "reversal", "dishonor", "dishonor", "stop", "stale"])


class MoneyMachine(Movements, BehindTheDeeds):
    """All that people do to client money, what the bank does, and what goes round the deeds."""

    @initialize(minors=st.tuples(*[st.integers(50, 500)] * len(LEDGERS)))
    def begin_with_money(self, minors: tuple[int, ...]) -> None:
        for name, minor in zip(LEDGERS, minors, strict=True):
            self._receive({name: minor}, 3, Method.DIRECT_DEPOSIT)

    @rule(name=ledger, second=st.none() | ledger, minor=amount, ago=back, how=methods)
    def receive(self, name: str, second: str | None, minor: int, ago: int, how: Method) -> None:
        self._receive({name: minor} | ({second: minor + 1} if second else {}), ago, how)

    @precondition(lambda self: self.taken)
    @rule(at=pick, more=st.sampled_from([0, 0, 1]))
    def send_the_same_form_again(self, at: int, more: int) -> None:
        parts, on, how, key, place = chosen(self.taken, at)
        other = {name: minor + more for name, minor in parts.items()}
        expected = "ledger.key_names_another" if more else None
        found = self._as(expected, self.acted.receive(other, on, how, key))
        assert not isinstance(found, Receipt) or found.id == self.documents[place].id

    @rule(who=anybody, name=ledger, off=nearly)
    def ask_for_about_all(self, who: str, name: str, off: int) -> None:
        minor = self._now(name) + off
        self._ask(Asked("withdrawal", name, "", max(minor, 1), "", [who]))

    @rule(name=ledger, into=ledger, off=nearly, authority=authorities)
    def ask_for_a_transfer(self, name: str, into: str, off: int, authority: str) -> None:
        minor = self._now(name) + off
        self._ask(Asked("transfer", name, into, max(minor, 1), authority, ["Bob"]))

    @precondition(lambda self: self.requests)
    @rule(at=pick, who=anybody, minor=amount, stale=st.sampled_from([0, 0, 0, 1]))
    def edit(self, at: int, who: str, minor: int, stale: int) -> None:
        place, asked = self._request(at)
        self._edit(place, asked, who, minor, asked.version - stale)

    @precondition(lambda self: self.requests)
    @rule(
        at=pick,
        who=st.sampled_from(["Lena", "Lena", "Alice", "Alice", "Bob"]),
        stale=st.sampled_from([0, 0, 0, 1]),
    )
    def approve(self, at: int, who: str, stale: int) -> None:
        place, asked = self._request(at)
        seen = asked.version - stale
        expected = self.model.approve(asked, by=who, seen=seen)
        self._as(expected, self.acted.approve(self.requests[place], who, seen))

    @precondition(lambda self: self.requests)
    @rule(at=pick, who=st.sampled_from(["Bob", "Bob", "Alice", "Lena"]), ago=back)
    def release(self, at: int, who: str, ago: int) -> None:
        place, asked = self._request(at)
        self._release(place, asked, who, ago)

    @precondition(lambda self: self.requests)
    @rule(at=pick, ago=back)
    def approve_and_release(self, at: int, ago: int) -> None:
        self._go_the_whole_way(*self._request(at), "Bob", ago)

    @rule(name=ledger, off=nearly, ago=back, who=st.sampled_from(["Bob", "Bob", "Alice"]))
    def pay(self, name: str, off: int, ago: int, who: str) -> None:
        """Ask, approve and release at once: by single acts few sequences would pay anything."""
        ago = ago if self.model.spendable(name, self._ago(ago)) else 0
        most = self.model.spendable(name, self._ago(ago))
        self._ask(Asked("withdrawal", name, "", part(most, off), "", ["Bob"]))
        self._go_the_whole_way(len(self.requests) - 1, self.model.asked[-1], who, ago)

    @rule(name=ledger, ago=st.integers(1, 3), more=st.sampled_from([0, 1, 1]))
    def pay_again_at_an_earlier_day(self, name: str, ago: int, more: int) -> None:
        """Pay half of what there is today, then all the rest, or one more, dated earlier."""
        self._ask(Asked("withdrawal", name, "", part(self._now(name), 100), "", ["Bob"]))
        self._go_the_whole_way(len(self.requests) - 1, self.model.asked[-1], "Bob", 0)
        self._ask(Asked("withdrawal", name, "", max(self._now(name) + more, 1), "", ["Bob"]))
        self._go_the_whole_way(len(self.requests) - 1, self.model.asked[-1], "Bob", ago)

    @rule(name=ledger, who=st.sampled_from(["Lena", "Alice"]))
    def approve_what_one_asked_for(self, name: str, who: str) -> None:
        self._ask(Asked("withdrawal", name, "", part(self._now(name), 100), "", [who]))
        asked = self.model.asked[-1]
        expected = self.model.approve(asked, by=who, seen=asked.version)
        self._as(expected, self.acted.approve(self.requests[-1], who, asked.version))

    @rule(name=ledger, over=st.sampled_from([0, 1]))
    def pay_up_to_the_daily_total(self, name: str, over: int) -> None:
        """Let half be paid in a day and pay that in two parts, the second one too large or not."""
        half = part(self._now(name), 100)
        self.model.limit = self.model.released.get(("Bob", self.model.today), 0) + half
        self._as(None, self.acted.limit(self.model.limit))
        for minor in (half // 2, half - half // 2 + over):
            self._ask(Asked("withdrawal", name, "", max(minor, 1), "", ["Bob"]))
            self._go_the_whole_way(len(self.requests) - 1, self.model.asked[-1], "Bob", 0)
        self.model.limit = None
        self._as(None, self.acted.limit(None))

    @precondition(lambda self: self._open_requests())
    @rule(at=pick)
    def release_without_signing_in_again(self, at: int) -> None:
        request = self.requests[chosen(self._open_requests(), at)]
        found = self.acted.release(request, "Bob", self.model.today, is_signed_in_again=False)
        self._as("trust.step_up_needed", found)

    @rule(name=ledger, editor=anybody)
    def edit_what_was_approved(self, name: str, editor: str) -> None:
        """Ask, approve, edit and only then release: what was approved is no longer what is asked."""
        self._ask(Asked("withdrawal", name, "", part(self._now(name), 100), "", ["Bob"]))
        place, asked = len(self.requests) - 1, self.model.asked[-1]
        self._approve(place, asked)
        self._edit(place, asked, editor, asked.minor + 1, asked.version)
        self._release(place, asked, "Bob", 0)

    def pay_all(self, name: str, whole: int) -> None:
        """Ask for all that there was, and go the whole way with it."""
        self._ask(Asked("withdrawal", name, "", max(whole, 1), "", ["Bob"]))
        self._go_the_whole_way(len(self.requests) - 1, self.model.asked[-1], "Bob", 0)

    @precondition(lambda self: self.requests)
    @rule(at=pick, who=anybody, deed=st.sampled_from(["reject", "withdraw"]))
    def call_off(self, at: int, who: str, deed: str) -> None:
        place, asked = self._request(at)
        expected = self.model.call_off(asked, deed, by=who)
        self._as(expected, self.acted.call_off(self.requests[place], who, deed))

    @rule(way=st.permutations(LEDGERS), off=nearly, ago=back, authority=authorities)
    def transfer(self, way: list[str], off: int, ago: int, authority: str) -> None:
        """Ask, approve and make a transfer at once."""
        most = self.model.spendable(way[0], self._ago(ago))
        self._ask(Asked("transfer", way[0], way[1], part(most, off), authority, ["Bob"]))
        self._go_the_whole_way(len(self.requests) - 1, self.model.asked[-1], "Bob", ago)

    @precondition(lambda self: self.documents)
    @rule(at=pick, kind=kinds, ago=back)
    def take_back(self, at: int, kind: str, ago: int) -> None:
        place = at % len(self.documents)
        on = max(self._ago(ago), self.model.documents[place].on - timedelta(days=ago == 7))
        expected = self.model.take_back(self.model.documents[place], kind, on)
        self._as(expected, self.acted.take_back(self.documents[place], kind, on))  # type: ignore[arg-type]  # one of the kinds above

    @precondition(lambda self: self._standing())
    @rule(at=pick, ago=back)
    def bounce(self, at: int, ago: int) -> None:
        """Take back a receipt that stands as a dishonor: where its money is spent, it is short."""
        place = chosen(self._standing(), at)
        document = self.model.documents[place]
        on = max(self._ago(ago), document.on)
        expected = self.model.take_back(document, "dishonor", on)
        self._as(expected, self.acted.take_back(self.documents[place], "dishonor", on))

    @rule(name=ledger, off=nearly, ago=back)
    def protect(self, name: str, off: int, ago: int) -> None:
        on = self._ago(ago)
        minor = part(self.model.spendable(name, on), off)
        expected = self.model.protect(name, minor, on)
        found = self._as(expected, self.acted.protect(name, minor, on))
        if isinstance(found, Protection):
            self.kept.append(found)

    @rule(name=ledger)
    def protect_then_let_go(self, name: str) -> None:
        """Protect half, try to pay out all, let the half go again, and pay all."""
        whole, today = self._now(name), self.model.today
        half = part(whole, 100)
        expected = self.model.protect(name, half, today)
        found = self._as(expected, self.acted.protect(name, half, today))
        self.pay_all(name, whole)
        if isinstance(found, Protection):
            self.model.unprotect(len(self.model.protected) - 1, today)
            self._as(None, self.acted.unprotect(found, today))
        self.pay_all(name, whole)

    @precondition(lambda self: self.kept)
    @rule(at=pick)
    def unprotect(self, at: int) -> None:
        place = at % len(self.kept)
        on = max(self.model.today, self.model.protected[place][2])
        self.model.unprotect(place, on)
        self._as(None, self.acted.unprotect(self.kept.pop(place), on))

    @precondition(lambda self: self._waiting())
    @rule(at=pick, ago=st.integers(0, 3))
    def clear_early(self, at: int, ago: int) -> None:
        place = chosen(self._waiting(), at)
        document = self.model.documents[place]
        on = max(self._ago(ago), document.on)
        if on >= document.moves[0].clears_on:
            return
        self.model.clear_early(document, on)
        receipt = self.documents[place]
        assert isinstance(receipt, Receipt)
        self._as(None, self.acted.clear_early(receipt, on))

    @rule(ago=st.integers(1, 9), deed=st.sampled_from(["lock", "open", "open all"]))
    def turn_days(self, ago: int, deed: str) -> None:
        through = self._ago(ago)
        if deed == "lock":
            self._as(self.model.lock(through), self.acted.lock(through))
        else:
            after = None if deed == "open all" else through
            self._as(self.model.reopen_days(after), self.acted.reopen_days(after))

    @rule(name=ledger, deed=st.sampled_from(["close", "reopen", "limit", "no limit"]))
    def turn_ledger(self, name: str, deed: str) -> None:
        if deed in ("close", "reopen"):
            is_closed = self.model.close if deed == "close" else self.model.reopen
            self._as(is_closed(name), self.acted.turn(name, deed))
        else:
            self.model.limit = 600 if deed == "limit" else None
            self._as(None, self.acted.limit(self.model.limit))

    @rule(name=ledger, minor=amount, ago=st.integers(1, 3))
    def lock_and_receive(self, name: str, minor: int, ago: int) -> None:
        """Lock days, then date a receipt on the last locked day, and one on the first that is open."""
        through = self._ago(ago)
        self._as(self.model.lock(through), self.acted.lock(through))
        self._receive({name: minor}, ago, Method.CASH)
        self._receive({name: minor}, ago - 1, Method.CASH)

    @rule(name=ledger, minor=amount)
    def pay_all_and_close(self, name: str, minor: int) -> None:
        """Pay out what may leave and close the ledger, then receive something for it."""
        self._ask(Asked("withdrawal", name, "", part(self._now(name), 0), "", ["Bob"]))
        self._go_the_whole_way(len(self.requests) - 1, self.model.asked[-1], "Bob", 0)
        self._as(self.model.close(name), self.acted.turn(name, "close"))
        self._receive({name: minor}, 0, Method.CASH)

    @precondition(lambda self: self.model.today < LAST)
    @rule(days=st.sampled_from([1, 1, 2, 5, 7]))
    def wait(self, days: int) -> None:
        self.model.today += timedelta(days=days)
        self.acted.today = self.model.today
