"""Deeds in any order, held against the model after each: what is refused, and every balance on every day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar, TypeVar
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import recount
from chancery.trust.models import Receipt, Transfer, Withdrawal
from chancery.trust.receipts import Method
from chancery.trust.requests import MoneyRequest
from property.ground import Ground
from property.model import LEDGERS, SHORT, Asked, Figures, Law, Model
from world import acting

T = TypeVar("T")
LAST = date(2026, 7, 3)
WAITS = frozenset({Method.CHEQUE, Method.BANK_CHEQUE, Method.CARD})

pick = st.integers(0, 10**6)
ledger = st.sampled_from(LEDGERS)
amount = st.one_of(st.integers(1, 400), st.sampled_from([100, 100, 0]))
nearly = st.sampled_from([0, 0, 0, 1, -1, 100])  # how far from all that may be spent
back = st.sampled_from([0, 0, 0, 1, 2, 4, 7, -1])  # days before today; the last is tomorrow
anybody = st.sampled_from(["Bob", "Bob", "Lena", "Alice"])
kinds = st.sampled_from(["reversal", "reversal", "dishonor", "dishonor", "stop", "stale"])


class MoneyMachine(RuleBasedStateMachine):
    """A firm's client money; each sequence is a savepoint that is rolled back at its end."""

    ground: ClassVar[Ground]
    law: ClassVar[Law]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.is_sound = True
        self.model = Model(self.law)
        self.acted = self.ground.afresh()
        self.acted.today = self.model.today
        self.requests: list[MoneyRequest] = []
        self.documents: list[Receipt | Withdrawal | Transfer] = []
        self.kept: list[object] = []
        self.taken: list[tuple[dict[str, int], date, Method, str, int]] = []

    def teardown(self) -> None:
        try:
            if self.is_sound:
                with acting(self.acted.people["Bob"]):
                    found = recount.faults(self.acted.trust.account.id)
                assert found == [], recount.in_words(found)
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @rule(
        name=ledger, second=st.none() | ledger, minor=amount, ago=back, how=st.sampled_from(Method)
    )
    def receive(self, name: str, second: str | None, minor: int, ago: int, how: Method) -> None:
        parts = {name: minor} | ({second: minor + 1} if second else {})
        on, key = self._ago(ago), f"receipt-{len(self.taken)}"
        expected = self.model.receive(parts, on, waits=how in WAITS)
        found = self._as(expected, self.acted.receive(parts, on, how, key))
        if isinstance(found, Receipt):
            self.taken.append((parts, on, how, key, len(self.documents)))
            self.documents.append(found)

    @precondition(lambda self: self.taken)
    @rule(at=pick, more=st.sampled_from([0, 0, 1]))
    def send_the_same_form_again(self, at: int, more: int) -> None:
        parts, on, how, key, place = _chosen(self.taken, at)
        other = {name: minor + more for name, minor in parts.items()}
        expected = "ledger.key_names_another" if more else None
        found = self._as(expected, self.acted.receive(other, on, how, key))
        assert not isinstance(found, Receipt) or found.id == self.documents[place].id

    @rule(who=anybody, name=ledger, minor=amount)
    def ask(self, who: str, name: str, minor: int) -> None:
        self._ask(Asked("withdrawal", name, "", minor, "", [who]))

    @rule(who=anybody, name=ledger, off=nearly)
    def ask_for_about_all(self, who: str, name: str, off: int) -> None:
        minor = self.model.spendable(name, self.model.today) + off
        self._ask(Asked("withdrawal", name, "", max(minor, 1), "", [who]))

    @rule(name=ledger, into=ledger, off=nearly, authority=st.sampled_from(["letter", "letter", ""]))
    def ask_for_a_transfer(self, name: str, into: str, off: int, authority: str) -> None:
        minor = self.model.spendable(name, self.model.today) + off
        self._ask(Asked("transfer", name, into, max(minor, 1), authority, ["Bob"]))

    @precondition(lambda self: self.requests)
    @rule(at=pick, who=anybody, minor=amount, stale=st.sampled_from([0, 0, 0, 1]))
    def edit(self, at: int, who: str, minor: int, stale: int) -> None:
        place, asked = self._request(at)
        seen = asked.version - stale
        expected = self.model.edit(asked, minor, by=who, seen=seen)
        found = self._as(expected, self.acted.edit(self.requests[place], who, minor, seen))
        if isinstance(found, MoneyRequest):
            self.requests[place] = found

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
        """Go the whole way at once, or most sequences would pay nothing."""
        place, asked = self._request(at)
        for who in ("Lena", "Alice"):
            expected = self.model.approve(asked, by=who, seen=asked.version)
            self._as(expected, self.acted.approve(self.requests[place], who, asked.version))
        self._release(place, asked, "Bob", ago)

    @precondition(lambda self: self.documents)
    @rule(at=pick, kind=kinds, ago=back)
    def take_back(self, at: int, kind: str, ago: int) -> None:
        place = at % len(self.documents)
        on = max(self._ago(ago), self.model.documents[place].on - timedelta(days=ago == 7))
        expected = self.model.take_back(self.model.documents[place], kind, on)
        self._as(expected, self.acted.take_back(self.documents[place], kind, on))  # type: ignore[arg-type]  # one of the kinds above

    @rule(name=ledger, off=nearly, ago=back)
    def protect(self, name: str, off: int, ago: int) -> None:
        on = self._ago(ago)
        minor = max(
            self.model.spendable(name, on) // 2
            if off == 0
            else self.model.spendable(name, on) + off,
            1,
        )
        expected = self.model.protect(name, minor, on)
        found = self._as(expected, self.acted.protect(name, minor, on))
        if isinstance(found, UUID):
            self.kept.append(found)

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
        place = _chosen(self._waiting(), at)
        document = self.model.documents[place]
        on = max(self._ago(ago), document.on)
        if on >= document.moves[0].clears_on:
            return
        parts = len(document.moves)
        self.model.clear_early(document, on)
        receipt = self.documents[place]
        assert isinstance(receipt, Receipt)
        self._as(None, self.acted.clear_early(receipt, parts, on))

    @rule(ago=st.integers(1, 9))
    def lock(self, ago: int) -> None:
        through = self._ago(ago)
        self._as(self.model.lock(through), self.acted.lock(through))

    @rule(ago=st.none() | st.integers(3, 12))
    def open_days_again(self, ago: int | None) -> None:
        through = None if ago is None else self._ago(ago)
        self._as(self.model.reopen_days(through), self.acted.reopen_days(through))

    @rule(name=ledger)
    def close(self, name: str) -> None:
        self._as(self.model.close(name), self.acted.turn(name, "close"))

    @rule(name=ledger)
    def reopen(self, name: str) -> None:
        self._as(self.model.reopen(name), self.acted.turn(name, "reopen"))

    @rule(most=st.none() | st.integers(50, 900))
    def limit(self, most: int | None) -> None:
        self.model.limit = most
        self._as(None, self.acted.limit(most))

    @precondition(lambda self: self.model.today < LAST)
    @rule(days=st.sampled_from([1, 1, 2, 5, 7]))
    def wait(self, days: int) -> None:
        self.model.today += timedelta(days=days)
        self.acted.today = self.model.today

    @invariant()
    def every_ledger_stands_on_every_day_as_the_model_says(self) -> None:
        kept = self.acted.days()
        for name in (*LEDGERS, SHORT):
            latest = Figures(0, 0)
            for day in sorted({*kept[name], *self.model.days(name)}):
                latest = kept[name].get(day, latest)
                assert latest == self.model.on(name, day), f"{name} on {day}"
                assert 0 <= latest.available <= latest.held, f"{name} on {day}"
        self.is_sound = True

    def _ask(self, asked: Asked) -> None:
        expected = self.model.ask(asked)
        found = self._as(
            expected,
            self.acted.ask(
                asked.hands[0], asked.source, asked.minor, asked.target, asked.authority
            ),
        )
        if isinstance(found, MoneyRequest):
            self.requests.append(found)

    def _release(self, place: int, asked: Asked, who: str, ago: int) -> None:
        on, was_done = self._ago(ago), asked.is_done
        expected = self.model.release(asked, on, by=who)
        found = self._as(expected, self.acted.release(self.requests[place], who, on))
        if isinstance(found, Withdrawal | Transfer):
            known = {each.id for each in self.documents}
            assert was_done == (found.id in known), "what is released twice leaves once"
            if not was_done:
                self.documents.append(found)

    def _request(self, at: int) -> tuple[int, Asked]:
        """Choose one of the latest requests: old ones are mostly done."""
        place = max(len(self.requests) - 1 - at % 4, 0)
        return place, self.model.asked[place]

    def _waiting(self) -> list[int]:
        """Return which documents are receipts that have not cleared and were not taken back."""
        return [
            place
            for place, each in enumerate(self.model.documents)
            if each.kind == "receipt"
            and not each.is_taken_back
            and not each.is_cleared_early
            and each.moves[0].clears_on > each.on
        ]

    def _as(self, expected: str | None, found: T | str) -> T | str:
        """See that a deed was done, or refused, as the model says."""
        self.is_sound = False
        code = found if isinstance(found, str) else None
        assert code == expected, f"{code or 'done'}, where the model says {expected or 'done'}"
        return found

    def _ago(self, days: int) -> date:
        return self.model.today - timedelta(days=days)


def _chosen(among: Sequence[T], at: int) -> T:
    return among[at % len(among)]
