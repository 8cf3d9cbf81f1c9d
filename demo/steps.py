"""What happens next to one open report, and when: the same laws as the bulk city, for a city that is already there."""

from dataclasses import dataclass

import numpy as np

from demo import pace
from demo.city import City
from demo.clock import DAY, HOUR, hours
from demo.journeys import (
    DONE,
    NOBODY,
    ORDERED,
    PASSED,
    REFUSED,
    REFUSED_SHARE,
    TICKET_SHARE,
    VALIDATING,
    WAITING,
    WAITS_AGAIN,
    WORKING,
    WRONG_OFFICE,
)

DOWN_SHARE = 0.53  # of what reaches a Dinas, the part it orders to its Sudin
STRAIGHT_SHARE = 0.15  # of what a kelurahan passes on, the part that goes straight to the Sudin
TRIES = 64


@dataclass
class OpenReport:
    """One open report. Units are row numbers of the units frame, times int64 microseconds."""

    report_id: str
    status: int
    since: int  # when the present step began
    unit: int
    home: int
    office: int
    branch: int  # -1: the office has none there
    category: int
    keeps: bool  # the kelurahan does it itself
    passed: bool  # it came to the present holder from another unit
    ticket: tuple[int, int] | None = None  # commitment and limit


@dataclass(frozen=True)
class Step:
    """One change of one report. `target`: the unit it goes to, NOBODY when it stays."""

    report: OpenReport
    moment: int
    status: int
    note: int
    source: int = NOBODY
    target: int = NOBODY
    ticket: tuple[int, int] | None = None


def due(rng: np.random.Generator, city: City, report: OpenReport, now: int) -> int:
    """When the present step ends, given that it has not ended by `now` (microseconds)."""
    age_hours = max(now - report.since, 0) / HOUR
    if report.status == WORKING and report.ticket:
        commitment, limit = report.ticket
        return max(int(commitment + (limit - commitment) * rng.uniform(-0.2, 1.1)), now + HOUR)
    drawn = _dwell_hours(rng, city, report)
    later = drawn[drawn > age_hours]
    dwell = later[0] if len(later) else age_hours + rng.exponential(max(age_hours / 2, 1.0))
    ends = report.since + hours(np.array([dwell]))
    if report.status == WORKING:
        ends = pace.by_day(rng, ends)
    return max(int(ends[0]), now + 1)


def next_step(rng: np.random.Generator, city: City, report: OpenReport, moment: int) -> Step:
    """The change that ends the present step at `moment`."""
    luck = rng.random()
    if report.status in (WAITING, PASSED):
        return _from_inbox(rng, city, report, moment, luck)
    if report.status == WORKING:
        return Step(report, moment, VALIDATING, 6)
    if report.status == VALIDATING:
        return Step(report, moment, *((REFUSED, 8) if luck < REFUSED_SHARE else (DONE, 7)))
    if report.status == REFUSED:
        return Step(report, moment, WORKING, 9)
    return _start_work(rng, report, moment)


def apply(step: Step) -> OpenReport:
    """The report after the step, in place."""
    report = step.report
    report.status, report.since = step.status, step.moment
    if step.target != NOBODY:
        report.unit, report.passed = step.target, True
    if step.ticket:
        report.ticket = step.ticket
    return report


def _dwell_hours(rng: np.random.Generator, city: City, report: OpenReport) -> np.ndarray:
    many = np.full(TRIES, report.unit)
    if report.status == WAITING and not report.passed:
        return pace.response_hours(rng, city.laws.answer[many])
    if report.status in (WAITING, PASSED):
        return pace.passing_hours(rng, TRIES)
    if report.status == ORDERED:
        return pace.order_hours(rng, TRIES)
    if report.status == VALIDATING:
        return pace.validation_hours(rng, TRIES)
    if report.status == REFUSED:
        return pace.redo_hours(rng, TRIES)
    own = report.unit == report.home
    median = pace.KELURAHAN_MEDIAN if own else city.median_hours[report.category]
    sigma = pace.KELURAHAN_SIGMA if own else pace.OFFICE_SIGMA
    laws = city.laws
    return pace.work_hours(rng, np.full(TRIES, median), np.full(TRIES, sigma), laws.work[many], laws.stuck[many])


def _from_inbox(rng, city: City, report: OpenReport, moment: int, luck: float) -> Step:
    """From menunggu or koordinasi: keep it, pass it on, send it back, order it down, or let it wait once more."""
    if report.unit == report.home:
        if report.keeps:
            return _start_work(rng, report, moment)
        straight = report.branch >= 0 and rng.random() < STRAIGHT_SHARE
        target = report.branch if straight else report.office
        if luck < WRONG_OFFICE and not report.passed:
            target = int(rng.choice(city.book.office))
        return Step(report, moment, PASSED, 1, report.unit, target)
    if report.unit not in (report.office, report.branch):
        return Step(report, moment, PASSED, 2, report.unit, report.home)
    if report.status == PASSED and luck < WAITS_AGAIN:
        return Step(report, moment, WAITING, 4)
    if report.unit == report.office and report.branch >= 0 and luck < DOWN_SHARE:
        return Step(report, moment, ORDERED, 3, report.unit, report.branch)
    return _start_work(rng, report, moment)


def _start_work(rng: np.random.Generator, report: OpenReport, moment: int) -> Step:
    ticket = None
    if report.unit != report.home and rng.random() < TICKET_SHARE:
        commitment = moment + int(rng.uniform(5, 20) * DAY)
        ticket = (commitment, commitment + int(rng.uniform(3, 14) * DAY))
    return Step(report, moment, WORKING, 5, ticket=ticket)
