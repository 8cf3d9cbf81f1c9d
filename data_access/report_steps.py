"""The way of each report through the hands: its events, read once a minute for the reports of a period."""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import pandas as pd
import psycopg

from data_access import contract, engine
from data_access.dimensions import STATUS_CODES, Dimensions
from data_access.frame import Frame
from data_access.kept import Kept
from data_access.live import State
from data_access.settings import settings
from scoring.periods import Period

KEPT_SECONDS = 60
KEPT_COUNT = 3
DEADLINE_SECONDS = 4.0  # the browser gives up after five
NEEDED = {"event_id", "report_id", "occurred_at", "status", "from_unit_id", "to_unit_id"}
COLUMNS = ("number", "at", "status", "source", "target")
# The numbers first, then each report's events by the index: the cost grows with the month and not with the history.
QUERY = """
copy (
    select report.report_id, (date_part('epoch', event.occurred_at) * 1e6)::bigint, event.status,
           event.from_unit_id, event.to_unit_id
    from (select distinct report_id from crm.report
          where entered_at >= {since} and entered_at < {until}
             or completed_at >= {since} and completed_at < {until}) report
    cross join lateral (
        select * from crm.report_event one where one.report_id = report.report_id
            and isfinite(one.occurred_at) and one.occurred_at <= {as_of} offset 0
    ) event
    order by 1, 2, event.event_id
) to stdout (format csv)
"""


@dataclass(frozen=True, eq=False)
class Steps:
    """Events, by report and time. `numbers` object[str] per report; the others one per event.

    report int32 (position in `numbers`), at int64 microseconds UTC, status int8, source and target int16 (unit codes,
    0 for none). `as_of`: the state they belong to.
    """

    numbers: np.ndarray
    report: np.ndarray
    at: np.ndarray
    status: np.ndarray
    source: np.ndarray
    target: np.ndarray
    as_of: datetime

    @cached_property
    def is_handover(self) -> np.ndarray:
        """bool per event: passed on from one unit to another."""
        return (self.source > 0) & (self.target > 0) & (self.source != self.target)

    def rows_in(self, frame: Frame, rows: np.ndarray) -> np.ndarray:
        """int64 per report: its row in `frame` among `rows` (positions), -1 when it is not there."""
        row_of = dict(zip(frame.number[rows].tolist(), rows.tolist(), strict=True))
        return np.array([row_of.get(number, -1) for number in self.numbers.tolist()], np.int64)


_kept: Kept[Steps | None] = Kept(KEPT_SECONDS, KEPT_COUNT)


def steps(period: Period, state: State) -> Steps | None:
    """Events of the reports entered or completed in `period`, at most a minute old; None where the CRM has no history.

    Raises DatabaseUnavailable when they were never read.
    """
    names, crm = state.frame.names, settings().crm_dsn
    key = (crm, period, tuple(unit.unit_id for unit in names.units))
    return _kept.get(key, lambda: _read(crm, period, state))


def _read(crm: str, period: Period, state: State) -> Steps | None:
    times = {"since": period.start, "until": period.end, "as_of": state.as_of}
    with engine.connect(crm, deadline_seconds=DEADLINE_SECONDS) as connection:
        if not contract.usable_columns(connection)["report_event"] >= NEEDED:
            return None
        quoting = psycopg.ClientCursor(connection)  # COPY takes no parameters
        query = QUERY.format(**{name: quoting.mogrify("%s", [at]) for name, at in times.items()})
        with connection.cursor() as cursor, cursor.copy(query) as copy:
            text = b"".join(copy)
    return _coded(text, state.frame.names, state.as_of)


def _coded(text: bytes, names: Dimensions, as_of: datetime) -> Steps:
    types = dict.fromkeys(("number", "status", "source", "target"), "str") | {"at": "int64"}
    table = pd.read_csv(io.BytesIO(text), names=COLUMNS, dtype=types, keep_default_na=False, encoding="utf-8")
    report, numbers = pd.factorize(table["number"])
    unit = names.code_of["unit"]
    return Steps(
        numbers=np.array(numbers, object),
        report=report.astype(np.int32),
        at=table["at"].to_numpy(np.int64),
        status=table["status"].map(STATUS_CODES).fillna(0).to_numpy(np.int8),
        source=table["source"].map(unit).fillna(0).to_numpy(np.int16),
        target=table["target"].map(unit).fillna(0).to_numpy(np.int16),
        as_of=as_of,
    )
