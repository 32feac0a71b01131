"""What should happen to client money, said a second time and simply: lists in memory, and no database.

Every act either changes the model or returns the code by which the program should refuse it. Nothing of
the program decides here; the days that count are counted here too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from property.things import (
    OTHERS,
    SHORT,
    Asked,
    Document,
    Move,
    Tally,
)

MAY_SIGN = frozenset({"Alice", "Lena"})
MAY_RELEASE = frozenset({"Alice", "Bob"})


@dataclass
class Model(Tally):
    """Everything that was done to a firm's client money."""

    documents: list[Document] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    protected: list[tuple[str, int, date]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    locked: date = date.min
    limit: int | None = None
    released: dict[tuple[str, date], int] = field(default_factory=dict)

    def receive(self, parts: Mapping[str, int], on: date, *, waits: bool) -> str | None:
        """Take a receipt."""
        if on > self.today or any(minor <= 0 for minor in parts.values()):
            return "details.not_right"
        clears = self.law.clears(on) if waits else on
        moves = tuple(Move(name, minor, on, clears) for name, minor in parts.items())
        return self._enter("receipt", on, moves)

    def ask(self, asked: Asked) -> str | None:
        """Ask for money to move."""
        if asked.minor <= 0 or asked.source == asked.target:
            return "details.not_right"
        self.asked.append(asked)
        return None

    def edit(self, asked: Asked, minor: int, *, by: str, seen: int) -> str | None:
        """Change an amount that is asked for."""
        if minor <= 0:
            return "details.not_right"
        if asked.has_ended:
            return "trust.request_has_ended"
        if seen != asked.version:
            return "practice.changed_meanwhile"
        if asked.behind and by not in MAY_RELEASE:
            return "practice.not_allowed"
        asked.minor, asked.version = minor, asked.version + 1
        asked.hands.append(by)
        return None

    def approve(self, asked: Asked, *, by: str, seen: int) -> str | None:
        """Approve what is asked for."""
        if by not in MAY_SIGN:
            return "practice.not_allowed"
        if asked.has_ended:
            return "trust.request_has_ended"
        if by in asked.hands:
            return "trust.own_approval"
        if seen != asked.version:
            return "trust.approved_as_it_was"
        if by in asked.behind:
            return "trust.already_approved"
        asked.approvals.add((by, seen))
        return None

    def call_off(self, asked: Asked, deed: str, *, by: str) -> str | None:
        """Reject what is asked for, or take back what one asked for oneself."""
        if deed == "reject" and by not in MAY_SIGN:
            return "practice.not_allowed"
        if deed == "withdraw" and by not in asked.hands:
            return "trust.not_your_request"
        if asked.has_ended:
            return "trust.request_has_ended"
        asked.is_called_off = True
        return None

    def release(self, asked: Asked, on: date, *, by: str) -> str | None:
        """Do what was asked for; what is done already is not done again."""
        if by not in MAY_RELEASE:
            return "practice.not_allowed"
        if asked.has_ended:
            return "trust.request_has_ended" if asked.is_called_off else None
        if on > self.today:
            return "trust.paid_on_wrong_day"
        needed = self.law.people - (asked.hands[-1] in MAY_SIGN)
        if len(asked.behind) < needed:
            return "trust.approvals_missing"
        done = self._move if asked.kind == "transfer" else self._pay
        if code := done(asked, on, by):
            return code
        asked.is_done = True
        return None

    def take_back(self, document: Document, kind: str, on: date) -> str | None:
        """Reverse a document, or record that it bounced, was stopped or went stale."""
        back = tuple(
            Move(move.account, -move.minor, on, max(on, move.clears_on)) for move in document.moves
        )
        short = self._short(back)
        if code := self._why_not_taken_back(document, kind, on, is_short=bool(short)):
            return code
        covers = [Move(name, minor, on, on) for name, minor in short.items()]
        covers += [Move(SHORT, minor, on, on) for minor in short.values()]
        if code := self._post((*covers, *back), on):
            return code
        document.is_taken_back = True
        return None

    def interest(self, account: str, minor: int, on: date) -> str | None:
        """Credit a client with what the bank paid."""
        if on > self.today:
            return "details.not_right"
        if not self.law.interest_is_the_clients:
            return "trust.interest_is_not_the_clients"
        return self._post([Move(account, minor, on, on)], on)

    def held_for_others(self, minor: int, on: date) -> str | None:
        """Hold interest for the fund that it belongs to."""
        if on > self.today:
            return "details.not_right"
        return self._post([Move(OTHERS, minor, on, on)], on)

    def paid_on(self, minor: int, on: date) -> str | None:
        """Pay the fund what is its own."""
        if on > self.today:
            return "details.not_right"
        if minor > self.spendable(OTHERS, on):
            return "trust.would_overdraw"
        return self._post([Move(OTHERS, -minor, on, on)], on)

    def charge(self, minor: int, on: date) -> str | None:
        """Let the bank take something for itself: no client bears it, so it is short."""
        if on > self.today:
            return "details.not_right"
        return self._post([Move(SHORT, minor, on, on)], on)

    def protect(self, account: str, minor: int, on: date) -> str | None:
        """Set money apart from a day on."""
        if minor > self.spendable(account, on):
            return "trust.would_overdraw"
        self.events.append((account, -minor, on))
        self.protected.append((account, minor, on))
        return None

    def unprotect(self, at: int, on: date) -> None:
        """End a protection that stands."""
        account, minor, since = self.protected.pop(at)
        self.events.append((account, minor, max(on, since)))

    def clear_early(self, document: Document, on: date) -> None:
        """Count a receipt as cleared from an earlier day; its moves remember it for a reversal."""
        self.events += [(move.account, move.minor, on) for move in document.moves]
        self.events += [(move.account, -move.minor, move.clears_on) for move in document.moves]
        document.moves = tuple(
            Move(each.account, each.minor, each.on, on) for each in document.moves
        )
        document.is_cleared_early = True

    def lock(self, through: date) -> str | None:
        """Let nothing be dated on or before a day."""
        if through <= self.locked:
            return "ledger.period_stands_so"
        self.locked = through
        return None

    def reopen_days(self, through: date | None) -> str | None:
        """Open the days after a day again, or all."""
        if self.locked == date.min or (through is not None and through >= self.locked):
            return "ledger.period_stands_so"
        self.locked = through or date.min
        return None

    def close(self, account: str) -> str | None:
        """Let a ledger take nothing more."""
        if account in self.closed:
            return "ledger.stands_so_already"
        if self.holds(account):
            return "ledger.holds_money"
        self.closed.add(account)
        return None

    def reopen(self, account: str) -> str | None:
        """Let a closed ledger take entries again."""
        if account not in self.closed:
            return "ledger.stands_so_already"
        self.closed.remove(account)
        return None

    def _why_not_taken_back(
        self, document: Document, kind: str, on: date, *, is_short: bool
    ) -> str | None:
        is_fitting = {"reversal": True, "dishonor": document.kind == "receipt"}
        if not document.on <= on <= self.today:
            return "details.not_right"
        if not is_fitting.get(kind, document.is_cheque):
            return "trust.reversal_does_not_fit"
        if document.is_taken_back:
            return "trust.already_reversed"
        if is_short and kind != "dishonor":
            return "trust.would_overdraw"
        if is_short and not self.law.records_shortages:
            return "trust.dishonor_would_overdraw"
        return None

    def _pay(self, asked: Asked, on: date, by: str) -> str | None:
        spent = self.released.get((by, self.today), 0)
        if self.limit is not None and spent + asked.minor > self.limit:
            return "trust.daily_total_exceeded"
        if asked.minor > self.spendable(asked.source, on):
            return "trust.would_overdraw"
        if self._is_short_ever() and asked.minor > self._least_at_bank(on):
            return "trust.not_enough_at_bank"
        move = Move(asked.source, -asked.minor, on, on)
        if code := self._enter("withdrawal", on, (move,), is_cheque=True):
            return code
        self.released[by, self.today] = spent + asked.minor
        return None

    def _move(self, asked: Asked, on: date, _by: str) -> str | None:
        if not asked.authority:
            return "trust.written_authority_missing"
        if asked.minor > self.spendable(asked.source, on):
            return "trust.would_overdraw"
        out, into = (
            Move(asked.source, -asked.minor, on, on),
            Move(asked.target, asked.minor, on, on),
        )
        return self._enter("transfer", on, (out, into))

    def _is_short_ever(self) -> bool:
        return any(move.account == SHORT for move in self.moves)

    def _least_at_bank(self, on: date) -> int:
        later = [move.on for move in self.moves if move.on > on]
        return min(self.bank(day) for day in (on, *later))

    def _enter(
        self, kind: str, on: date, moves: tuple[Move, ...], *, is_cheque: bool = False
    ) -> str | None:
        if code := self._post(moves, on):
            return code
        self.documents.append(Document(kind, on, moves, is_cheque))
        return None

    def _post(self, moves: Iterable[Move], on: date) -> str | None:
        moves = list(moves)
        if on <= self.locked:
            return "ledger.period_locked"
        if any(move.account in self.closed for move in moves):
            return "ledger.closed"
        self.moves += moves
        return None

    def _short(self, back: Iterable[Move]) -> dict[str, int]:
        """Return what is missing where money is taken from a ledger that cannot pay it."""
        out = {move.account: move for move in back if move.minor < 0}
        missing = {
            name: -move.minor - self.spendable(name, move.clears_on) for name, move in out.items()
        }
        return {name: minor for name, minor in missing.items() if minor > 0}
