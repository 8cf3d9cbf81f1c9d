"""`python -m demo load N`: N reports over five years for benchmarks, made and copied piece by piece."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from sqlalchemy import text

from data_access.tables import CRM_SCHEMA
from demo import rows
from demo.arrivals import entry_times
from demo.city import city, followed
from demo.clock import DAY, local_day, month_start, to_microseconds
from demo.copy import Progress, load, reset_event_number
from demo.schema import create_indexes, create_tables, drop_tables, transaction

MONTHS = 60
EVENT_DAYS = 365  # older reports come without their events: no figure reads those, and they are most of the bytes
PIECE = 200_000  # reports in memory at once


def fill(
    dsn: str, count: int, *, until: datetime, seed: int = 2026, progress: Progress | None = None
) -> dict[str, int]:
    """Replace a simulated `crm` by exactly `count` reports of the last 60 months, clean rows only, in one transaction.

    Returns rows per table. Raises demo.schema.NotSimulated when `crm` holds data that are not simulated.
    """
    place, stop = city(seed), to_microseconds(until)
    rng = np.random.default_rng([seed, 3, stop])
    entered = spread(rng, count, to_microseconds(month_start(until, MONTHS)), stop)
    tell = progress or (lambda share, what: None)
    with transaction(dsn) as connection:
        drop_tables(connection)
        create_tables(connection)
        raw = connection.connection.driver_connection
        totals = Counter(load(raw, rows.reference(place.book)))
        for first, last in pieces(entered):
            frames = followed(rng, place, entered[first:last], stop)
            frames["report_event"] = _recent(frames["report_event"], until, totals["report_event"])
            totals.update(load(raw, frames))
            tell(0.85 * last / count, f"{last:,} reports")
        reset_event_number(raw)
        tell(0.85, "indexes")
        create_indexes(connection)
        connection.execute(text(f"ANALYZE {CRM_SCHEMA}.report, {CRM_SCHEMA}.report_event, {CRM_SCHEMA}.ticket"))
    tell(1.0, "done")
    return dict(totals)


def spread(rng: np.random.Generator, count: int, start: int, stop: int) -> np.ndarray:
    """Exactly `count` sorted entry times in [start, stop) in the city's shape of month, weekday and hour."""
    per_day = count / ((stop - start) / DAY)
    entered = entry_times(rng, start, stop, per_day * 1.05 + 1)
    while len(entered) < count:
        entered = np.sort(np.concatenate([entered, entry_times(rng, start, stop, per_day * 0.1 + 1)]))
    return np.delete(entered, rng.choice(len(entered), len(entered) - count, replace=False))


def pieces(entered: np.ndarray) -> Iterator[tuple[int, int]]:
    """Row ranges of whole WIB days, at most PIECE rows each where a day allows it: numbers are counted by day."""
    days = np.flatnonzero(np.diff(local_day(entered), prepend=-1))
    ends = np.append(days[1:], len(entered))
    first = 0
    for end, following in zip(ends, np.append(ends[1:], 0), strict=True):
        if following == 0 or following - first > PIECE:
            yield first, int(end)
            first = int(end)


def _recent(events: pd.DataFrame, until: datetime, given: int) -> pd.DataFrame:
    kept = events[events["occurred_at"] > until - timedelta(days=EVENT_DAYS)]
    return kept.assign(event_id=np.arange(len(kept)) + given + 1)
