"""Which rows touched lately are not in the frame yet?

A follower reads the last seconds again in every round, as a transaction may commit late. After a change of 100,000 rows
at once that would be 100,000 rows in every round: where the frame holds many, the CRM is first asked how many reports
it has of each second of change, and only seconds that differ from the frame's are read.
"""

from datetime import datetime

import numpy as np
import psycopg

from data_access import reader
from data_access.frame import Frame, microseconds

MANY = 2_000  # up to so many rows, reading them again is cheaper than asking first
US = 1_000_000


def changed(connection: psycopg.Connection, since: datetime, frame: Frame, usable: frozenset[str]) -> Frame:
    """The rows touched at or after `since` that the frame may not hold yet, a few that it holds among them."""
    rows = reader.changed_rows(since)
    known = frame.updated[frame.updated >= microseconds(since)]
    if len(known) <= MANY:
        return reader.read_few(connection, rows, frame.names, usable)
    seconds, count = _differing(_of_crm(connection, rows, usable), _of_frame(known))
    read = reader.read if count > MANY else reader.read_few
    return read(connection, reader.changed_in(rows, seconds, usable), frame.names, usable)


def _of_frame(known: np.ndarray) -> dict[int, tuple[int, int]]:
    """second of change -> (reports, sum of their microseconds within it)."""
    seconds, place = np.unique(known // US, return_inverse=True)
    sums = np.bincount(place, weights=known % US).astype(np.int64)
    return dict(zip(seconds.tolist(), zip(np.bincount(place).tolist(), sums.tolist(), strict=True), strict=True))


def _of_crm(connection: psycopg.Connection, rows: tuple[str, dict], usable: frozenset[str]) -> dict:
    """As `_of_frame`; of a report that the CRM holds twice its newest row counts, as in the frame."""
    condition, parameters = rows
    stamp = reader.stamp(usable)
    newest = f"select max({stamp}) as stamp from crm.report where {condition} group by report_id"
    totals = f"select stamp / {US}, count(*), sum(mod(stamp, {US}))::bigint from ({newest}) as newest group by 1"
    return {second: (count, total) for second, count, total in connection.execute(totals, parameters)}


def _differing(there: dict, here: dict) -> tuple[list[int], int]:
    """The seconds that are not the same in the CRM as in the frame, and how many reports the CRM has of them."""
    seconds = [second for second, totals in there.items() if here.get(second) != totals]
    return seconds, sum(there[second][0] for second in seconds)
