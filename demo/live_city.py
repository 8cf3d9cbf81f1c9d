"""The living city on one connection: a schedule of what is due, new reports at the hour's rate, remarks between."""

import heapq
import itertools
from collections import deque

import numpy as np
import psycopg

from demo.arrivals import entry_times, rate_per_hour
from demo.city import City
from demo.clock import DAY, HOUR, to_microseconds
from demo.journeys import DONE, WORKING
from demo.live_store import newest_change, open_reports, write_new, write_note, write_rating, write_steps
from demo.steps import OpenReport, apply, due, next_step

REMARKS = (
    "Petugas tiba di lokasi",
    "Foto kondisi awal ditambahkan",
    "Pekerjaan sedang berlangsung",
    "Menunggu peralatan",
    "Berkoordinasi dengan pengurus RT/RW",
    "Pekerjaan hampir selesai",
)
RATING_SHARE = 0.15  # of the remarks
RATINGS = (0.10, 0.07, 0.13, 0.28, 0.42)
REMARK_AGE = 7 * DAY  # older work is silent
STILL = 60_000_000  # microseconds without a change that count as having stood still


class LiveCity:
    """Holds the open reports in memory; every change is written first and applied here after its commit."""

    def __init__(self, connection: psycopg.Connection, city: City, rng: np.random.Generator, every: float):
        self.connection, self.city, self.rng = connection, city, rng
        self.every = int(every * 1_000_000)
        self.finished: deque[OpenReport] = deque(maxlen=200)
        self.open: dict[str, OpenReport] = {}
        self.schedule: list[tuple[int, int, OpenReport]] = []
        self.count = itertools.count()

    def catch_up(self, now: int) -> int:
        """Fill the time since the newest change in one transaction. Returns the changes written.

        Raises ValueError when there is no report at all.
        """
        newest = newest_change(self.connection, now)
        if newest is None:
            raise ValueError("there are no reports in this city: run python -m demo city --fresh")
        since, written = min(to_microseconds(newest), now), 0
        if now - since > STILL:
            with self.connection.transaction():
                written = self._fill(since, now)
        self._load(now)
        return written

    def advance(self, now: int) -> int:
        """Write the next thing due at `now`, in its own transaction. Returns 1, or 0 when nothing is due."""
        if self.schedule and self.schedule[0][0] <= min(now, self.next_arrival):
            self._step(now)
        elif self.next_arrival <= now:
            self._arrive(now)
        elif self.next_remark <= now:
            self._remark(now)
        else:
            return 0
        self.next_remark = now + int(self.every * self.rng.uniform(0.7, 1.3))
        return 1

    def next_moment(self) -> int:
        """When `advance` will have something to do."""
        return min(self.next_arrival, self.next_remark, *(entry[0] for entry in self.schedule[:1]))

    def _load(self, now: int) -> None:
        reports = open_reports(self.connection, self.city, now, self.rng)
        self.open = {report.report_id: report for report in reports}
        self.schedule = [(due(self.rng, self.city, report, now), next(self.count), report) for report in reports]
        heapq.heapify(self.schedule)
        self.next_arrival = self._draw_arrival(now)
        self.next_remark = now + int(self.every * self.rng.uniform(0.7, 1.3))

    def _draw_arrival(self, now: int) -> int:
        """The next entry, as a Poisson process whose rate is looked at anew at least every quarter of an hour."""
        moment = now
        while True:
            gap = self.rng.exponential(HOUR / rate_per_hour(moment))
            if gap <= HOUR / 4:
                return moment + int(gap)
            moment += HOUR // 4

    def _put(self, report: OpenReport, now: int) -> None:
        heapq.heappush(self.schedule, (due(self.rng, self.city, report, now), next(self.count), report))

    def _step(self, now: int) -> None:
        report = self.schedule[0][-1]
        step = next_step(self.rng, self.city, report, now)
        with self.connection.transaction():
            write_steps(self.connection, self.city, [step], self.rng)
        heapq.heappop(self.schedule)
        self._settle(apply(step), now)

    def _settle(self, report: OpenReport, now: int) -> None:
        if report.status != DONE:
            self._put(report, now)
            return
        self.open.pop(report.report_id, None)
        self.finished.append(report)

    def _arrive(self, now: int) -> None:
        with self.connection.transaction():
            numbers = write_new(self.connection, self.city, np.array([now]), now, self.rng)
        self.next_arrival = self._draw_arrival(now)
        for report in open_reports(self.connection, self.city, now, self.rng, list(numbers)):
            self.open[report.report_id] = report
            self._put(report, now)

    def _remark(self, now: int) -> None:
        working = [r for r in self.open.values() if r.status == WORKING and now - r.since < REMARK_AGE]
        with self.connection.transaction():
            if self.finished and self.rng.random() < RATING_SHARE:
                write_rating(self.connection, self.finished.popleft(), now, int(self.rng.choice(5, p=RATINGS)) + 1)
            elif working:
                report = working[self.rng.integers(len(working))]
                write_note(self.connection, report, now, REMARKS[self.rng.integers(len(REMARKS))])

    def _fill(self, since: int, now: int) -> int:
        """Everything between `since` and `now`: steps of the open reports, and new reports with their course."""
        self._load(since)
        steps = []
        while self.schedule and self.schedule[0][0] <= now:
            moment, _, report = heapq.heappop(self.schedule)
            steps.append(next_step(self.rng, self.city, report, moment))
            write_steps(self.connection, self.city, steps[-1:], self.rng)
            if apply(steps[-1]).status != DONE:
                self._put(report, moment)
        entered = entry_times(self.rng, since + 1, now)
        if len(entered):
            write_new(self.connection, self.city, entered, now, self.rng)
        return len(steps) + len(entered)
