"""The back-test of many months in figures: how often the 80 % band held, how good the probabilities of grades were."""

from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np

from scoring.backtest import NO_MOVES, Moves, Outcome, outcome
from scoring.forecast import DAY_US, LEAST_HISTORY_DAYS
from scoring.forecast_model import history_start
from scoring.periods import Period
from scoring.reports import Reports, microseconds
from scoring.rulebook import Rulebook

HISTORY_MONTHS = 12  # learnt from, as far as there are so many
NOON = timedelta(hours=12)
HORIZONS = ("10th, 12.00", "20th, 12.00", "last day, 12.00", "4th after, 12.00")
CHANCE_STEPS = np.array([0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0])

Outcomes = list[list[Outcome]]  # per month, per horizon


class TooFewMonths(Exception):
    """There are not so many closed months with enough history before them; the message says how many there are."""


def instants(period: Period) -> list[datetime]:
    """When a month is forecast (WIB), in the order of HORIZONS."""
    days = (period.start + timedelta(days=9), period.start + timedelta(days=19), period.end - timedelta(days=1))
    return [day + NOON for day in (*days, period.end + timedelta(days=3))]


def run(
    reports: Reports, book: Rulebook, months: int, last: Period, earliest_us: int, moves: Moves = NO_MOVES
) -> Outcomes:
    """Back-test of the `months` periods up to `last`, a closed one. `earliest_us`: nothing before it is whole.

    Raises TooFewMonths.
    """
    start = history_start(reports, earliest_us)
    periods = _with_history(last, start)
    if len(periods) < months:
        had = f"{len(periods)} closed months with {LEAST_HISTORY_DAYS} days of history before them"
        raise TooFewMonths(f"there are {had}, not {months}; ask for fewer")
    return [_month(reports, book, period, start, moves) for period in periods[-months:]]


def _with_history(last: Period, start_us: int) -> list[Period]:
    """Periods up to `last` whose first forecast has enough history, the oldest first."""
    found, period = [], last
    while microseconds(instants(period)[0]) >= start_us + LEAST_HISTORY_DAYS * DAY_US:
        found.append(period)
        period = period.previous
    return found[::-1]


def _month(reports: Reports, book: Rulebook, period: Period, start_us: int, moves: Moves) -> list[Outcome]:
    since = max(start_us, microseconds(period.shifted(-HISTORY_MONTHS).start))
    return [outcome(reports, book, period, instant, since, moves) for instant in instants(period)]


def coverage(outcomes: list[Outcome]) -> float:
    """Share of the scores that fell into their 80 % band."""
    return float(_all(outcomes, "inside").mean())


def brier(outcomes: list[Outcome], column: str, grade: int) -> float:
    """Mean squared distance of the probabilities in `column` from what happened; 0 is perfect."""
    return float(np.mean((_all(outcomes, column)[:, grade] - _all(outcomes, "happened")[:, grade]) ** 2))


def as_markdown(months: Outcomes, grades: tuple[str, ...]) -> str:
    """The tables, in the order in which one asks."""
    horizons = list(zip(HORIZONS, (list(found) for found in zip(*months, strict=True)), strict=True))
    parts = [
        ("The 80 % band (P10 to P90) and the median", _bands(horizons)),
        (
            "Brier score of P(grade): forecast / the score as it stands stays / grade of the month before",
            _briers(horizons, grades),
        ),
        ("Coverage of the 80 % band by month", _by_month(months)),
        ("Coverage of the 80 % band by type of unit (scores)", _by_type(horizons)),
        (
            f"P({grades[0]}) on the 10th and the 20th: said, and come true",
            _reliability([*horizons[0][1], *horizons[1][1]]),
        ),
    ]
    return "\n\n".join(f"## {title}\n\n{table}" for title, table in parts)


def _bands(horizons: list[tuple[str, list[Outcome]]]) -> str:
    header = [
        "forecast on",
        "scores",
        "in the band",
        "width, median",
        "error of P50, median",
        "error if it stays",
        "silent",
    ]
    rows = []
    for name, found in horizons:
        width, error, stays = (np.nanmedian(_all(found, column)) for column in ("width", "error", "error_stays"))
        silent = sum(one.silent for one in found)
        counts = [len(_all(found, "inside")), f"{coverage(found):.1%}"]
        rows.append([name, *counts, f"{width:.2f}", f"{error:.2f}", f"{stays:.2f}", silent])
    return _table(header, rows)


def _briers(horizons: list[tuple[str, list[Outcome]]], grades: tuple[str, ...]) -> str:
    def cell(found: list[Outcome], grade: int) -> str:
        return " / ".join(f"{brier(found, column, grade):.3f}" for column in ("chance", "stays", "before"))

    rows = [[name, *(cell(found, grade) for grade in range(len(grades)))] for name, found in horizons]
    return _table(["forecast on", *grades], rows)


def _by_month(months: Outcomes) -> str:
    rows = [[month[0].period, *(f"{coverage([one]):.1%}" for one in month)] for month in months]
    return _table(["month", *HORIZONS], rows)


def _by_type(horizons: list[tuple[str, list[Outcome]]]) -> str:
    def cell(found: list[Outcome], kind: str) -> str:
        inside = _all(found, "inside")[_all(found, "types") == kind]
        return f"{inside.mean():.1%} ({len(inside)})" if len(inside) else "none"

    kinds = sorted({kind for _, found in horizons for kind in _all(found, "types")})
    return _table(["type", *HORIZONS], [[kind, *(cell(found, kind) for _, found in horizons)] for kind in kinds])


def _reliability(found: list[Outcome]) -> str:
    chance, happened = (_all(found, column)[:, 0] for column in ("chance", "happened"))
    rows = []
    for low, high in pairwise(CHANCE_STEPS):
        here = (chance >= low) & ((chance < high) | (high == 1))
        if here.any():
            rows.append(
                [f"{low:.0%} to {high:.0%}", here.sum(), f"{chance[here].mean():.1%}", f"{happened[here].mean():.1%}"]
            )
    return _table(["said", "scores", "mean said", "came true"], rows)


def _all(outcomes: list[Outcome], column: str) -> np.ndarray:
    return np.concatenate([getattr(one, column) for one in outcomes])


def _table(header: list, rows: list[list]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
