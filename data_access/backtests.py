"""The back-test of the forecast that stands beside it on the screen: kept in the state schema, newest row shown."""

import threading
import time
from dataclasses import asdict, dataclass
from datetime import datetime

import numpy as np
import psycopg
from psycopg.types.json import Jsonb

from data_access import engine
from data_access.engine import DatabaseUnavailable
from data_access.settings import settings
from scoring import backtest_report
from scoring.backtest import Outcome
from scoring.backtest_report import Outcomes
from scoring.rules import Rules

JOB = "backtest"
BACKTEST_LOCK = 7_220_005
DEADLINE_SECONDS = 1.0
READ_AGAIN_SECONDS = 600
TRY_AGAIN_SECONDS = 30  # after none was found
NEWEST = """
select made_at, months, rulebook, version, body from pantau.forecast_backtest order by made_at desc limit 1
"""
INSERT = """
insert into pantau.forecast_backtest (made_at, months, rulebook, version, body)
values (clock_timestamp(), %s, %s, %s, %s)
"""


@dataclass(frozen=True)
class Horizon:
    """Forecasts made at one point of the month, all months and units together.

    `coverage_share` 0-1: of the scores that fell into the 80 % band; `brier`: grade -> Brier score of its probability
    (0 is perfect); `median_error_points`: the median distance of P50 from the score at the cut-off.
    """

    name: str  # one of scoring.backtest_report.HORIZONS
    scores_count: int
    coverage_share: float
    brier: dict[str, float]
    median_error_points: float


@dataclass(frozen=True)
class Backtest:
    """How right forecasts of `months` ('2026-10', the oldest first) would have been, by one version of the rules."""

    made_at: datetime
    months: tuple[str, ...]
    rulebook: str
    version: str
    horizons: tuple[Horizon, ...]


def horizons(outcomes: Outcomes, grades: tuple[str, ...]) -> tuple[Horizon, ...]:
    """The figures of each horizon of at least one month (scoring part 7); one without a single score is left out."""
    columns = zip(backtest_report.HORIZONS, zip(*outcomes, strict=True), strict=True)
    return tuple(_horizon(name, list(found), grades) for name, found in columns if _errors(list(found)).size)


def keep(state: psycopg.Connection, outcomes: Outcomes, rules: Rules) -> bool:
    """Write the figures as the newest row. False, and nothing written, when no unit had a forecast and a score.

    Raises psycopg.Error, UndefinedTable before the schema was migrated.
    """
    found = horizons(outcomes, tuple(rules.grades)) if outcomes else ()
    if found:
        months = [str(month[0].period) for month in outcomes]
        body = Jsonb({"horizons": [asdict(horizon) for horizon in found]})
        state.execute(INSERT, [months, rules.rulebook, rules.version, body])
    return bool(found)


def latest() -> Backtest | None:
    """The newest back-test, kept in memory for ten minutes. None when there is none or the database is away."""
    with _asking:
        if time.monotonic() >= _memory.good_until_seconds:
            found = _read()
            _memory.backtest = found or _memory.backtest
            wait_seconds = READ_AGAIN_SECONDS if found else TRY_AGAIN_SECONDS
            _memory.good_until_seconds = time.monotonic() + wait_seconds
        return _memory.backtest


class Memory:
    """The back-test read last."""

    def __init__(self):
        self.backtest: Backtest | None = None
        self.good_until_seconds = float("-inf")


_memory = Memory()
_asking = threading.Lock()


def _horizon(name: str, found: list[Outcome], grades: tuple[str, ...]) -> Horizon:
    errors = _errors(found)
    return Horizon(
        name=name,
        scores_count=len(errors),
        coverage_share=backtest_report.coverage(found),
        brier={letter: backtest_report.brier(found, "chance", place) for place, letter in enumerate(grades)},
        median_error_points=float(np.median(errors)),
    )


def _errors(found: list[Outcome]) -> np.ndarray:
    return np.concatenate([one.error for one in found])


def _read() -> Backtest | None:
    try:
        with engine.connect(settings().state_dsn, deadline_seconds=DEADLINE_SECONDS) as connection:
            row = connection.execute(NEWEST).fetchone()
    except (DatabaseUnavailable, psycopg.Error):
        return None
    return row and _backtest(*row)


def _backtest(made_at: datetime, months: list[str], rulebook: str, version: str, body: dict) -> Backtest | None:
    try:
        figures = tuple(Horizon(**horizon) for horizon in body["horizons"])
    except (KeyError, TypeError):  # written by a version of the product that keeps other figures
        return None
    return Backtest(made_at, tuple(months), rulebook, version, figures)
