"""`python -m demo live`: the city goes on in real time, one small transaction for each change."""

import signal
import sys
import threading
import time

import numpy as np
import psycopg

from demo.city import city
from demo.live_city import LiveCity
from demo.schema import NotSimulated, has_schema, is_simulated, transaction

SEED = 2026  # the habits of the city that `python -m demo city` builds by default
SLEPT = 300_000_000  # microseconds between two looks at the clock that mean the machine slept
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0  # seconds between two attempts to reach the database again


def run(dsn: str, every: float) -> None:
    """Write changes until SIGTERM or SIGINT: what is due by itself, and a remark when nothing was for `every` seconds.

    Catches up first when the city stood still. Raises NotSimulated for a CRM without the mark, ValueError for an
    empty one, psycopg's OperationalError when the database cannot be reached at the start; later it waits for it.
    """
    _refuse_other_crm(dsn)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    pause, gone = FIRST_PAUSE, False
    rng = np.random.default_rng()
    while not stop.is_set():
        try:
            with psycopg.connect(dsn, connect_timeout=5, autocommit=True) as connection:
                live = LiveCity(connection, city(SEED), rng, every)
                _report(live.catch_up(_now()), was_gone=gone)
                pause, gone = FIRST_PAUSE, False
                _keep_going(live, stop)
        except psycopg.OperationalError as error:
            if not gone:
                _log(f"the database is gone ({_line(error)}); trying again until it is back")
            gone = True
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
    _log("stopped")


def _keep_going(live: LiveCity, stop: threading.Event) -> None:
    seen = _now()
    while not stop.is_set():
        now = _now()
        if now - seen > SLEPT:
            _report(live.catch_up(now), was_gone=False)
        seen = now
        if not live.advance(now):
            stop.wait(min(max((live.next_moment() - now) / 1e6, 0.001), 60))


def _refuse_other_crm(dsn: str) -> None:
    with transaction(dsn) as connection:
        if not has_schema(connection):
            raise ValueError("there is no simulated city in this database: run python -m demo city first")
        if not is_simulated(connection):
            raise NotSimulated("schema crm is not marked as simulated: it may be a real CRM and is left as it is")


def _report(caught_up: int, was_gone: bool) -> None:
    if was_gone:
        _log("the database is back")
    if caught_up:
        _log(f"caught up with {caught_up:,} changes")


def _now() -> int:
    return time.time_ns() // 1000


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _log(message: str) -> None:
    print(f"live: {message}", file=sys.stderr, flush=True)
