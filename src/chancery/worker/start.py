"""Put a worker together out of the real clock, real chance and the real way to Xero, and run it."""

import random
import signal
from functools import partial
from types import FrameType

from chancery.accounting import books
from chancery.accounting.edge import Edge
from chancery.accounting.xero.client import new_http
from chancery.lib import clock
from chancery.worker import logs
from chancery.worker.pace import Pace
from chancery.worker.worker import Worker


def run(pace: Pace) -> None:
    """Work until SIGTERM or SIGINT, then end in an orderly way."""
    logs.set_up()
    with new_http() as http:
        way = books.Way(http=http, now=clock.now, call_lasts=pace.call_lasts)
        worker = Worker(new_edge(way), pace)

        def end(_signal: int, _frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        worker.run()


def new_edge(way: books.Way) -> Edge:
    """Return the outside world as handlers get it."""
    return Edge(
        now=way.now,
        chance=random.SystemRandom().random,
        books_of=partial(books.of_firm, way=way),
    )
