"""Look for what is due, take it, hand it to a thread; beat; watch connections. Outlives its database."""

import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, connections

from chancery.accounting import deliveries, watching
from chancery.accounting.edge import Edge
from chancery.ledger import sealing
from chancery.lib import kill_points
from chancery.outbox import claims, messages, workers
from chancery.outbox.claims import Claim
from chancery.tenancy.scope import firm_scope
from chancery.worker import daily
from chancery.worker.logs import facts
from chancery.worker.pace import Pace

log = logging.getLogger("chancery.worker")
DATABASE_AWAY = (OperationalError, InterfaceError)
DATABASE_FAILS = (DatabaseError, InterfaceError)  # away, or not yet as this version needs it
_REST_MOST = timedelta(seconds=5)
_SLICE_SECONDS = 0.5
Deliver = Callable[[Claim, Edge], str]
Look = Callable[[UUID, Callable[[], datetime]], str]


@dataclass
class Worker:
    """One process's worth of work."""

    edge: Edge
    pace: Pace = field(default_factory=Pace)
    deliver: Deliver = deliveries.deliver
    look: Look = watching.look
    is_ending: bool = False
    _wake: threading.Event = field(default_factory=threading.Event)
    _running: set[Future[None]] = field(default_factory=set)
    _sealing: set[UUID] = field(default_factory=set)
    _beat: workers.WorkerBeat = field(init=False)
    _next_beat_at: datetime = field(init=False)
    _next_round_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._next_beat_at = self._next_round_at = self.edge.now()
        self._beat = workers.born(
            host=socket.gethostname(), process=os.getpid(), at=self._next_beat_at
        )

    def stop(self) -> None:
        """Take nothing new; ``run`` returns when what is under way has ended or its time is up.

        Sets a flag and touches no lock: a signal may come while the loop itself holds one.
        """
        self.is_ending = True

    def run(self) -> None:
        """Work until stopped."""
        log.info("The worker has begun.", extra=facts(worker=self._beat.id, pid=os.getpid()))
        failed_in_a_row = 0
        with ThreadPoolExecutor(self.pace.threads, thread_name_prefix="delivery") as pool:
            while not self.is_ending:
                self._wake.clear()
                failed_in_a_row = 0 if self._turn(pool) else failed_in_a_row + 1
                self._sleep(self._pause(failed_in_a_row))
            self._end(pool)

    def _turn(self, pool: ThreadPoolExecutor) -> bool:
        """Beat, look and hand out; return whether the database answered."""
        try:
            if self._beat_when_due():
                for firm_id in watching.due(at=self.edge.now()):
                    self._hand_out(pool.submit(self._watch, firm_id))
            if self._round_when_due():
                self._hand_out(pool.submit(self._go_round))
            for firm_id in set(sealing.firms_with_unsealed()) - self._sealing:
                self._sealing.add(firm_id)
                self._hand_out(pool.submit(self._seal, firm_id))
            for claim in self._take():
                kill_points.reach("after_claim")
                self._hand_out(pool.submit(self._work, claim))
        except DATABASE_FAILS as away:
            log.warning(
                "The database does not answer; it is tried again in a moment.",
                extra=facts(error=type(away).__name__),
            )
            return False
        else:
            return True
        finally:
            connections.close_all()

    def _take(self) -> list[Claim]:
        """Take as much as there are idle threads, from one firm after the other."""
        taken: list[Claim] = []
        now = self.edge.now()
        free = self.pace.threads - len(self._running)
        firms = messages.firms_with_work(at=now) if free > 0 else []
        for firm_id in firms:
            if len(taken) >= free:
                break
            taken += self._take_from(firm_id, free - len(taken), now)
        return taken

    def _take_from(self, firm_id: UUID, limit: int, now: datetime) -> list[Claim]:
        with firm_scope(firm_id):
            return claims.take(firm_id=firm_id, limit=limit, lease=self.pace.lease, at=now)

    def _work(self, claim: Claim) -> None:
        known = {
            "message": claim.message_id,
            "firm": claim.firm_id,
            "topic": claim.topic,
            "try": claim.number,
        }
        try:
            ended = self.deliver(claim, self.edge)
            log.info("A message was worked on.", extra=facts(**known, ended=ended))
        except DATABASE_AWAY as away:
            log.warning(
                "The database went away under a message; its lease runs out and it is taken again.",
                extra=facts(**known, error=type(away).__name__),
            )
        except DatabaseError as bug:
            # Without its words: they quote the row that the database refused, and names stand in it.
            log.error(  # noqa: TRY400 - same reason
                "The database refused what was written, which is a bug; it is counted as failed.",
                extra=facts(
                    **known, error=type(bug).__name__, where=traceback.format_tb(bug.__traceback__)
                ),
            )
        except Exception:
            log.exception("A bug was met; the message is counted as failed.", extra=facts(**known))
        finally:
            connections.close_all()

    def _watch(self, firm_id: UUID) -> None:
        try:
            found = self.look(firm_id, self.edge.now)
            log.info("A connection was looked at.", extra=facts(firm=firm_id, found=found))
        except DATABASE_FAILS as away:
            error = type(away).__name__
            log.warning("A connection was not seen.", extra=facts(firm=firm_id, error=error))
        except Exception:
            log.exception(
                "A bug was met; the connection is looked at again.", extra=facts(firm=firm_id)
            )
        finally:
            connections.close_all()

    def _seal(self, firm_id: UUID) -> None:
        """Seal a firm's journals until none waits; what fails is tried again at the next look."""
        try:
            sealed = sealing.AT_ONCE
            while sealed == sealing.AT_ONCE and not self.is_ending:
                with firm_scope(firm_id):
                    sealed = sealing.seal_next(at=self.edge.now(), at_most=sealing.AT_ONCE)
        except DATABASE_FAILS as away:
            error = type(away).__name__
            log.warning("Nothing was sealed.", extra=facts(firm=firm_id, error=error))
        except Exception:
            log.exception("A bug was met; it is sealed again.", extra=facts(firm=firm_id))
        finally:
            self._sealing.discard(firm_id)
            connections.close_all()

    def _go_round(self) -> None:
        """Do what is done once a day; what fails is done at the next day's round."""
        try:
            opened = daily.add_up_books(self.edge.now, is_ending=lambda: self.is_ending)
            dropped = daily.drop_old_answers(self.edge.now, is_ending=lambda: self.is_ending)
            done = facts(answers_dropped=dropped, cases_opened=opened)
            log.info("The daily round was made.", extra=done)
        except DATABASE_FAILS as away:
            log.warning("The daily round broke off.", extra=facts(error=type(away).__name__))
        except Exception:
            log.exception("A bug was met in the daily round.")
        finally:
            connections.close_all()

    def _hand_out(self, running: Future[None]) -> None:
        self._running.add(running)
        running.add_done_callback(self._one_ended)

    def _one_ended(self, ended: Future[None]) -> None:
        self._running.discard(ended)
        self._wake.set()

    def _pause(self, failed_in_a_row: int) -> float:
        doubled = self.pace.look_every * (1 << min(failed_in_a_row, 8))
        return min(doubled, max(_REST_MOST, self.pace.look_every)).total_seconds()

    def _sleep(self, seconds: float) -> None:
        """Rest until it is time to look, a delivery ended, or the worker was asked to end."""
        slices = max(1, round(seconds / _SLICE_SECONDS))
        for _ in range(slices):
            if self.is_ending or self._wake.wait(seconds / slices):
                return

    def _beat_when_due(self) -> bool:
        now = self.edge.now()
        if now < self._next_beat_at:
            return False
        workers.beat(self._beat, at=now)
        self._next_beat_at = now + self.pace.beat_every
        return True

    def _round_when_due(self) -> bool:
        now = self.edge.now()
        if now < self._next_round_at:
            return False
        self._next_round_at = now + self.pace.round_every
        return True

    def _end(self, pool: ThreadPoolExecutor) -> None:
        """Let what is under way end; what takes too long is left to its lease and another worker."""
        log.info("The worker ends.", extra=facts(under_way=len(self._running)))
        _, late = wait(set(self._running), timeout=self.pace.end_within.total_seconds())
        pool.shutdown(wait=not late, cancel_futures=True)
        try:
            workers.stop(self._beat.id, at=self.edge.now())
        except DATABASE_FAILS:
            log.warning("The database did not hear the last beat.")
        finally:
            connections.close_all()
        log.info("The worker has ended.", extra=facts(left_to_their_leases=len(late)))
        if late:
            os._exit(0)
