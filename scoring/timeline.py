"""Which reports can matter to which month, so that scoring a month touches no report of the history before it."""

from dataclasses import dataclass

import numpy as np

from scoring.periods import Period
from scoring.reports import NEVER, STATUS_CODES, Reports

WIB_OFFSET_US = 7 * 3_600_000_000


@dataclass(frozen=True, eq=False)
class Timeline:
    """Positions of the reports by month, made once at ingest. Holds for every rulebook: a month has all its members.

    Month m (int, months since 1970-01) has `positions[starts[m - first_month] : starts[m - first_month + 1]]`.
    """

    reports: Reports
    first_month: int
    starts: np.ndarray
    positions: np.ndarray

    def reports_of(self, period: Period) -> Reports:
        """The reports that can be in `period`: entered in it, or before it and not known to be complete by then."""
        index = _month(period) - self.first_month
        if not 0 <= index < len(self.starts) - 1:
            return self.reports.only(np.zeros(0, np.int64))
        return self.reports.only(self.positions[self.starts[index] : self.starts[index + 1]])


def timeline(reports: Reports, until: Period) -> Timeline:
    """The timeline of the reports up to and including `until`."""
    first = _months(reports.entered)
    last_month = _month(until)
    last = np.minimum(_last_months(reports, last_month), last_month)
    lengths = np.maximum(last - first + 1, 0)
    rows = np.repeat(np.arange(len(reports)), lengths)
    offsets = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    months = first[rows] + offsets
    first_month = int(first.min(initial=last_month))
    counts = np.bincount(months - first_month, minlength=last_month - first_month + 1)
    starts = np.concatenate([[0], np.cumsum(counts)])
    return Timeline(reports, first_month, starts, rows[np.argsort(months, kind="stable")])


def _last_months(reports: Reports, open_until: int) -> np.ndarray:
    """The last month (int64) each report can be in: that of its completion, if nothing speaks against it."""
    certain = (reports.status == STATUS_CODES["selesai"]) & (reports.completed != NEVER)
    certain &= (reports.completed >= reports.entered) & (reports.category >= 0)
    validated = np.where(reports.validated == NEVER, reports.completed, reports.validated)
    done = np.maximum(reports.completed, validated)
    done = np.maximum(done, np.where(reports.ticket_limit == NEVER, done, reports.ticket_limit))
    return np.where(certain, _months(np.where(certain, done, 0)), open_until)


def _months(instants: np.ndarray) -> np.ndarray:
    return (instants + WIB_OFFSET_US).astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)


def _month(period: Period) -> int:
    return (period.year - 1970) * 12 + period.month - 1
