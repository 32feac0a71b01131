"""One sequence of deeds: what each should do by the model, whether it did, and what stands after it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar, TypeVar

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant

import recount
from chancery.trust.models import Protection, Receipt, Transfer, Withdrawal
from chancery.trust.receipts import Method
from chancery.trust.requests import MoneyRequest
from property.ground import Ground
from property.model import Model
from property.things import ACCOUNTS, Asked, Figures, Law
from world import acting

T = TypeVar("T")
WAITS = frozenset({Method.CHEQUE, Method.BANK_CHEQUE, Method.CARD})


class Course(RuleBasedStateMachine):
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
        self.kept: list[Protection] = []
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

    @invariant()
    def every_ledger_stands_on_every_day_as_the_model_says(self) -> None:
        kept = self.acted.days()
        for name in ACCOUNTS:
            latest = Figures(0, 0)
            for day in sorted({*kept[name], *self.model.days(name)}):
                latest = kept[name].get(day, latest)
                assert latest == self.model.on(name, day), f"{name} on {day}"
                assert 0 <= latest.available <= latest.held, f"{name} on {day}"
        self.is_sound = True

    @invariant()
    def documents_are_numbered_without_a_gap(self) -> None:
        for kind in (Receipt, Withdrawal, Transfer):
            numbers = [each.number for each in self.documents if isinstance(each, kind)]
            assert numbers == list(range(1, len(numbers) + 1)), f"{kind.__name__}s: {numbers}"

    def _receive(self, parts: dict[str, int], ago: int, how: Method) -> None:
        on, key = self._ago(ago), f"receipt-{len(self.taken)}"
        expected = self.model.receive(parts, on, waits=how in WAITS)
        found = self._as(expected, self.acted.receive(parts, on, how, key))
        if isinstance(found, Receipt):
            self.taken.append((parts, on, how, key, len(self.documents)))
            self.documents.append(found)

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

    def _edit(self, place: int, asked: Asked, who: str, minor: int, seen: int) -> None:
        expected = self.model.edit(asked, minor, by=who, seen=seen)
        found = self._as(expected, self.acted.edit(self.requests[place], who, minor, seen))
        if isinstance(found, MoneyRequest):
            self.requests[place] = found

    def _approve(self, place: int, asked: Asked) -> None:
        """Let as many approve as the place wants."""
        for approver in ("Lena", "Alice")[: self.law.people]:
            expected = self.model.approve(asked, by=approver, seen=asked.version)
            self._as(expected, self.acted.approve(self.requests[place], approver, asked.version))

    def _go_the_whole_way(self, place: int, asked: Asked, who: str, ago: int) -> None:
        self._approve(place, asked)
        self._release(place, asked, who, ago)

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

    def _open_requests(self) -> list[int]:
        """Return which requests are not done."""
        return [place for place, asked in enumerate(self.model.asked) if not asked.is_done]

    def _taken_back(self) -> list[int]:
        """Return which documents were taken back."""
        return [place for place, each in enumerate(self.model.documents) if each.is_taken_back]

    def _standing(self) -> list[int]:
        """Return which documents are receipts that were not taken back."""
        return [
            place
            for place, each in enumerate(self.model.documents)
            if each.kind == "receipt" and not each.is_taken_back
        ]

    def _waiting(self) -> list[int]:
        """Return which of them wait for a day to clear on."""
        documents = self.model.documents
        return [
            place
            for place in self._standing()
            if not documents[place].is_cleared_early
            and documents[place].moves[0].clears_on > documents[place].on
        ]

    def _as(self, expected: str | None, found: T | str) -> T | str:
        """See that a deed was done, or refused, as the model says."""
        self.is_sound = False
        code = found if isinstance(found, str) else None
        assert code == expected, f"{code or 'done'}, where the model says {expected or 'done'}"
        return found

    def _now(self, name: str) -> int:
        """Return what may leave a ledger today."""
        return self.model.spendable(name, self.model.today)

    def _ago(self, days: int) -> date:
        return self.model.today - timedelta(days=days)


def chosen(among: Sequence[T], at: int) -> T:
    """Return one of them, by any number."""
    return among[at % len(among)]


def part(most: int, off: int) -> int:
    """Return an amount near all that there is, or near half of it; never nothing."""
    return max(most // 2 if off == 100 else most + off, 1)
