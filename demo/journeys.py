"""The course of every report: who gets it, who passes it on, when it is answered, worked on, accepted or refused."""

from dataclasses import dataclass, field

import numpy as np

from data_access.tables import STATUSES
from demo import pace
from demo.clock import DAY, HOUR, hours

WAITING, ORDERED, PASSED, WORKING, VALIDATING, REFUSED, DONE = range(len(STATUSES))
NOBODY = -1

KEEP_BY_OFFICE = 0.40  # office work the Dinas does itself; the rest is ordered to its Sudin
STRAIGHT_TO_BRANCH = 0.25  # of the Sudin's work: passed to it without the Dinas between
ADMIN_TO_BRANCH = 0.40
WRONG_OFFICE = 0.05  # passed to a wrong office, back, and on to the right one
WAITS_AGAIN = 0.04  # stands as menunggu again at the receiver
REFUSED_SHARE = 0.04
TICKET_SHARE = 0.0090  # of office work; 0.7 % of all reports

NOTES = (
    "Laporan masuk",
    "Diteruskan ke unit yang berwenang",
    "Dikembalikan, bukan kewenangan unit ini",
    "Disposisi kepada Suku Dinas",
    "Diterima, menunggu tindak lanjut",
    "Petugas menuju lokasi",
    "Tindak lanjut dikirim, menunggu validasi",
    "Diterima Biro Pemerintahan",
    "Ditolak, tindak lanjut belum sesuai",
    "Dikerjakan ulang",
)


@dataclass
class Reports:
    """Columns of the reports before their course is known; all of one length. Units are row numbers."""

    entered: np.ndarray  # int64 microseconds
    kelurahan: np.ndarray
    category: np.ndarray
    channel: np.ndarray
    located: np.ndarray  # bool: geotagged
    home: np.ndarray  # unit of the kelurahan
    office: np.ndarray
    branch: np.ndarray  # -1 where the office has none there
    keeps: np.ndarray  # bool: the kelurahan does it itself


@dataclass
class Log:
    """Events as parallel lists of array pieces; `events` joins them."""

    pieces: list[tuple[np.ndarray, ...]] = field(default_factory=list)

    def add(self, rows, moment, status: int, note: int, source=NOBODY, target=NOBODY) -> None:
        """One event for each of `rows`: at `moment` (same length), from unit `source` to unit `target`."""
        shape = len(rows)
        columns = (status, note, source, target)
        small = tuple(np.broadcast_to(np.asarray(column, dtype=np.int16), shape) for column in columns)
        self.pieces.append((rows, moment, *small))

    def events(self, until: int) -> dict[str, np.ndarray]:
        """Events up to `until`, sorted by report and time."""
        names = ("row", "moment", "status", "note", "source", "target")
        columns = dict(zip(names, (np.concatenate(column) for column in zip(*self.pieces, strict=True)), strict=True))
        seen = columns["moment"] <= until
        order = np.lexsort((columns["moment"][seen], columns["row"][seen]))
        return {name: column[seen][order] for name, column in columns.items()}


@dataclass
class Courses:
    """What `travel` returns: the events, the final holder of each report, and the tickets."""

    events: dict[str, np.ndarray]
    holder: np.ndarray
    tickets: dict[str, np.ndarray]


def travel(
    rng: np.random.Generator, reports: Reports, laws: pace.Pace, median_hours: np.ndarray, until: int
) -> Courses:
    """The course of every report, cut at `until`. `median_hours`: working median of an office by category."""
    log = Log()
    every = np.arange(len(reports.entered))
    first, entry, final = _destinations(rng, reports)
    log.add(every, reports.entered, WAITING, 0, NOBODY, first)
    moment = reports.entered + hours(pace.response_hours(rng, laws.answer[first]))
    moment = _pass_on(rng, log, moment, first, entry, reports.office)
    moment = _order_down(rng, log, moment, entry, final)
    log.add(every, moment, WORKING, 5)
    tickets, ends = _work(rng, reports, laws, median_hours, moment, final)
    _validate(rng, log, ends)
    opened = tickets["opened"] <= until
    return Courses(log.events(until), final, {name: column[opened] for name, column in tickets.items()})


def _destinations(rng: np.random.Generator, reports: Reports) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First holder, the unit it enters an office by, and the unit that does the work."""
    count = len(reports.entered)
    to_branch = (reports.branch >= 0) & (rng.random(count) >= KEEP_BY_OFFICE)
    final = np.where(to_branch, reports.branch, reports.office)
    straight = np.where(reports.located, STRAIGHT_TO_BRANCH, ADMIN_TO_BRANCH)
    entry = np.where(to_branch & (rng.random(count) >= straight), reports.office, final)
    final, entry = (np.where(reports.keeps, reports.home, unit) for unit in (final, entry))
    # With a location the report lies with its kelurahan first; without one the admin puts it where it belongs.
    first = np.where(reports.located, reports.home, entry)
    return first, entry, final


def _pass_on(rng, log: Log, moment: np.ndarray, first: np.ndarray, entry: np.ndarray, office: np.ndarray) -> np.ndarray:
    """Koordinasi from the kelurahan to the office; some go astray first, some wait again at the receiver."""
    moved = np.flatnonzero(first != entry)
    astray = moved[rng.random(len(moved)) < WRONG_OFFICE]
    wrong = np.roll(office[astray], 1)
    astray, wrong = astray[wrong != entry[astray]], wrong[wrong != entry[astray]]
    log.add(astray, moment[astray], PASSED, 1, first[astray], wrong)
    moment[astray] += hours(pace.passing_hours(rng, len(astray)))
    log.add(astray, moment[astray], PASSED, 2, wrong, first[astray])
    moment[astray] += hours(pace.passing_hours(rng, len(astray)) / 2)
    log.add(moved, moment[moved], PASSED, 1, first[moved], entry[moved])
    again = moved[rng.random(len(moved)) < WAITS_AGAIN]
    moment[again] += hours(rng.uniform(0.1, 0.5, len(again)))
    log.add(again, moment[again], WAITING, 4)
    moment[moved] += hours(pace.passing_hours(rng, len(moved)))
    return moment


def _order_down(rng, log: Log, moment: np.ndarray, entry: np.ndarray, final: np.ndarray) -> np.ndarray:
    """Disposisi from the office to its Sudin."""
    down = np.flatnonzero(entry != final)
    log.add(down, moment[down], ORDERED, 3, entry[down], final[down])
    moment[down] += hours(pace.order_hours(rng, len(down)))
    return moment


def _work(rng, reports: Reports, laws: pace.Pace, median_hours: np.ndarray, start: np.ndarray, final: np.ndarray):
    """Tickets and the end of the work. A ticketed report ends between its commitment and its limit, mostly."""
    median = np.where(reports.keeps, pace.KELURAHAN_MEDIAN, median_hours[reports.category])
    sigma = np.where(reports.keeps, pace.KELURAHAN_SIGMA, pace.OFFICE_SIGMA)
    ends = pace.by_day(rng, start + hours(pace.work_hours(rng, median, sigma, laws.work[final], laws.stuck[final])))
    row = np.flatnonzero(~reports.keeps & (rng.random(len(start)) < TICKET_SHARE))
    opened = start[row] + hours(rng.uniform(1, 24, len(row)))
    commitment = opened + (rng.uniform(5, 20, len(row)) * DAY).astype(np.int64)
    limit = commitment + (rng.uniform(3, 14, len(row)) * DAY).astype(np.int64)
    ends[row] = commitment + ((limit - commitment) * rng.uniform(-0.2, 1.1, len(row))).astype(np.int64)
    return {"row": row, "opened": opened, "commitment": commitment, "limit": limit}, ends


def _validate(rng, log: Log, ends: np.ndarray) -> None:
    """Biro Pemerintahan accepts, or refuses and the work is done again until it is right (once here)."""
    every = np.arange(len(ends))
    log.add(every, ends, VALIDATING, 6)
    judged = ends + hours(pace.validation_hours(rng, len(ends)))
    refused = rng.random(len(ends)) < REFUSED_SHARE
    log.add(every[~refused], judged[~refused], DONE, 7)
    back, moment = every[refused], judged[refused]
    log.add(back, moment, REFUSED, 8)
    moment = moment + hours(pace.redo_hours(rng, len(back)))
    log.add(back, moment, WORKING, 9)
    moment = pace.by_day(rng, moment + hours(pace.redo_hours(rng, len(back))) + HOUR)
    log.add(back, moment, VALIDATING, 6)
    log.add(back, moment + hours(pace.validation_hours(rng, len(back))), DONE, 7)
