"""The forecast of the simulated city, timed: learning from fourteen months, one unit, every unit."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import psycopg

from scoring import periods, rulebook
from scoring.backtest import known_at
from scoring.forecast import forecast
from scoring.forecast_model import fit
from scoring.reports import Reports, microseconds
from scoring.score import Scorecard, score

PERIOD = periods.parse("2026-11")
UNTIL = PERIOD.start + timedelta(days=22)
AS_OF = PERIOD.start + timedelta(days=4, hours=12)  # early: most of the month is still to come
HISTORY_MONTHS = 14
ROUNDS = 5
PATHS = 1000


def rows() -> list[dict]:
    """Rows of the bench table: what, reports, measured, unit, goal."""
    reports, read_s = _history()
    as_of_us, since_us = microseconds(AS_OF), microseconds(PERIOD.shifted(-HISTORY_MONTHS).start)
    rules, then = rulebook.load("tkd-2017").at(PERIOD), known_at(reports, as_of_us)
    model, card = fit(then, rules, as_of_us, since_us), score(then, rules, PERIOD, as_of_us)
    busiest = _busiest(card, "kelurahan")
    units, peers = len(reports.units), reports.units.types.count("kelurahan")
    timed = [
        ("forecast: read the history", read_s, ""),
        ("forecast: learn from it", _seconds(lambda: fit(then, rules, as_of_us, since_us)), ""),
        (
            f"forecast: one unit among {peers} peers",
            _seconds(lambda: forecast(card, model, PATHS, 1, busiest)),
            "<= 0.3",
        ),
        (f"forecast: all {units} units", _seconds(lambda: forecast(card, model, PATHS, 1)), "<= 5"),
    ]
    return [
        {"what": what, "reports": len(then), "measured": round(seconds, 3), "unit": "s", "goal": goal}
        for what, seconds, goal in timed
    ]


def _history() -> tuple[Reports, float]:
    """The city's reports, and the seconds it took to read them."""
    from data_access.forecasting import history
    from demo.build import build
    from demo.postgres import EmbeddedPostgres

    with tempfile.TemporaryDirectory(prefix="ruang-pantau-bench-") as folder:
        server = EmbeddedPostgres(Path(folder))
        server.start()
        try:
            build(server.dsn(), until=UNTIL, months=HISTORY_MONTHS)
            with psycopg.connect(server.dsn()) as connection:
                started = time.perf_counter()
                return history(connection, PERIOD.shifted(-HISTORY_MONTHS).start), time.perf_counter() - started
        finally:
            server.stop()


def _busiest(card: Scorecard, unit_type: str) -> np.ndarray:
    """The unit of a type with the most reports in the period."""
    of_type = np.array([kind == unit_type for kind in card.reports.units.types])
    return np.array([int(np.argmax(np.where(of_type, card.tally.total, -1)))])


def _seconds(work: Callable[[], object]) -> float:
    """Median of ROUNDS."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    for line in rows():
        print(f"{line['what']:42} {line['reports']:>10,} {line['measured']:>8.3f} {line['unit']:4} {line['goal']}")
