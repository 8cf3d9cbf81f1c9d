"""Frozen months: once a month is frozen its scores are those of the snapshot, whatever the CRM says later."""

from dataclasses import dataclass
from datetime import datetime

import psycopg

from scoring.periods import Period

NEWEST = """
select frozen_at, sha256, body from pantau.snapshot where period = %s order by revision desc limit 1
"""


@dataclass(frozen=True)
class Freeze:
    """`scores`: unit -> its unrounded standing, None without one, as `python -m scoring score --json` printed them."""

    frozen_at: datetime
    sha256: str
    scores: dict[str, float | None]


def of(state: psycopg.Connection, period: Period) -> Freeze | None:
    """The newest freeze of a month. Raises psycopg.Error."""
    row = state.execute(NEWEST, [str(period)]).fetchone()
    if row is None:
        return None
    frozen_at, sha256, body = row
    scores = {unit["unit_id"]: unit["final"] for unit in body["units"]}
    scores |= {unit["unit_id"]: unit["final"] for unit in body["aggregates"] if unit["units_below_count"]}
    return Freeze(frozen_at, sha256, scores)
