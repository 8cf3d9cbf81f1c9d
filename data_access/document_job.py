"""The scheduler's documents: what is due is written down once, and a process of its own makes it.

A due moment gives its documents their as-of: made late they say the same. The process is `python -m pages batch`,
which alone may ask and draw; its memory ends with it.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import psycopg

from data_access import contract, dimensions, document_batches, engine
from data_access.commands import open_for_work
from data_access.dimensions import Dimensions
from data_access.document_periods import week_of
from data_access.document_store import FORMATS, PROVINCE
from data_access.reading import DEADLINE_SECONDS
from data_access.settings import Settings
from scoring import periods
from scoring.periods import WIB

JOB = "documents"
BY = "jadwal"
ROOT = Path(__file__).resolve().parents[1]
WEEKLY_AT = time(6, 0)  # WIB, on Mondays: on the desk when the week begins
MONTHLY_AT = time(2, 30)  # WIB, on the 9th: after the freeze at 02.00
YEARLY_AT = time(3, 0)  # WIB, on 10 January: after the last month of the year was frozen
# What is made up for after a time of silence; older ones anybody can ask for.
CATCH_UP_COUNT = {"mingguan": 4, "bulanan": 3, "tahunan": 1}
# Units that answer for others get every format; a kelurahan, of which there are hundreds, the one to read and print.
WHOLE_TYPES = ("kota", "kabupaten", "kecamatan", "dinas", "badan", "biro")
READ_TYPES = ("kelurahan",)
STOP_SECONDS = 5


@dataclass(frozen=True)
class Due:
    """A document of every unit that became due `at` (aware)."""

    kind: str
    period: str
    at: datetime

    @property
    def key(self) -> str:
        return f"{self.kind} {self.period}"


def due_moments(kind: str, now: datetime) -> Iterator[Due]:
    """What was due at or before `now` (aware), the newest first, without end."""
    today = now.astimezone(WIB).date()
    if kind == "mingguan":
        monday = datetime.combine(today - timedelta(days=today.weekday()), WEEKLY_AT, WIB)
        moments = (monday - timedelta(weeks=weeks) for weeks in range(10_000))
        found = (Due(kind, week_of(at - timedelta(weeks=1)), at) for at in moments)
    elif kind == "bulanan":
        months = (periods.of(now).shifted(-back) for back in range(10_000))
        found = (Due(kind, str(month.previous), _on(month.start, 9, MONTHLY_AT)) for month in months)
    else:
        years = (datetime(today.year - back, 1, 1, tzinfo=WIB) for back in range(1000))
        found = (Due(kind, str(first.year - 1), _on(first, 10, YEARLY_AT)) for first in years)
    return (due for due in found if due.at <= now)


def _on(month_start: datetime, day: int, at: time) -> datetime:
    return datetime.combine(month_start.date().replace(day=day), at, WIB)


def missing(state: psycopg.Connection, now: datetime) -> list[Due]:
    """What is due and not written down yet, the oldest first; at the very first only the newest of each kind."""
    query = "select due_key from pantau.document_batch where due_key is not null"
    known = {key for (key,) in state.execute(query)}
    found = []
    for kind, most in CATCH_UP_COUNT.items():
        ever = any(key.startswith(f"{kind} ") for key in known)
        for due, _ in zip(due_moments(kind, now), range(most if ever else 1), strict=False):
            if due.key in known:
                break
            found.append(due)
    return sorted(found, key=lambda due: due.at)


def request_missing(state: psycopg.Connection, crm_dsn: str, now: datetime) -> list[Due]:
    """Write down what is due, each once however many schedulers do; what was new. Raises DatabaseUnavailable."""
    due = missing(state, now)
    names = _names(crm_dsn) if due else None
    return [one for one in due if _request(state, one, names)]


def _request(state: psycopg.Connection, due: Due, names: Dimensions) -> bool:
    """Both batches of a moment, or none: whoever is first writes them down."""
    whole = [PROVINCE, *subjects(names, WHOLE_TYPES)]
    with state.transaction():
        new = document_batches.request_due(state, due.key, due.kind, due.period, FORMATS, whole, due.at, BY)
        read = subjects(names, READ_TYPES) if due.kind == "bulanan" else []
        if new and read:
            key = f"{due.key} kelurahan"
            document_batches.request_due(state, key, due.kind, due.period, ["pdf"], read, due.at, BY)
    return new is not None


def subjects(names: Dimensions, unit_types: tuple[str, ...]) -> list[str]:
    """The units of some types."""
    return [unit.unit_id for unit in names.units[1:] if unit.unit_type in unit_types]


def _names(crm_dsn: str) -> Dimensions:
    with engine.connect(crm_dsn, deadline_seconds=DEADLINE_SECONDS) as crm:
        return dimensions.load(crm, contract.usable_columns(crm))


class Documents:
    """The scheduler's part: a tick writes down what is due and keeps one process at work while there is work."""

    def __init__(self, where: Settings):
        """Starts nothing yet."""
        self._where = where
        self._process: subprocess.Popen | None = None
        self._stopped = False
        self._starting = threading.Lock()

    def tick(self) -> str | None:
        """One line of what happened, None when nothing did. Raises DatabaseUnavailable, psycopg.Error."""
        ended = self._ended()
        with open_for_work(self._where.state_dsn) as state:
            state.autocommit = True
            now = state.execute("select clock_timestamp()").fetchone()[0]
            new = request_missing(state, self._where.crm_dsn, now)
            waiting = document_batches.next_open(state) is not None
        with self._starting:
            if waiting and self._process is None and not self._stopped:
                self._process = start_worker(self._where)
        said = [f"{due.key} is due" for due in new] + ([ended] if ended else [])
        return "; ".join(said) or None

    def stop(self) -> None:
        """End the process, if there is one, and start no other; what it had in hand is made by the next one."""
        with self._starting:
            self._stopped = True
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _ended(self) -> str | None:
        """What to say of a process that has ended, which is forgotten then; nothing when all went well."""
        code = None if self._process is None else self._process.poll()
        if code is None:
            return None
        self._process = None
        return f"the process that makes documents ended with code {code}" if code else None


def start_worker(where: Settings, *arguments: str) -> subprocess.Popen:
    """`python -m pages batch lanjut ...`: makes what is open, and ends. It writes to our stderr."""
    return subprocess.Popen(
        [sys.executable, "-m", "pages", "batch", "lanjut", *arguments],
        cwd=ROOT,
        env=os.environ | {"CRM_DSN": where.crm_dsn, "STATE_DSN": where.state_dsn},
        stdin=subprocess.DEVNULL,
    )
