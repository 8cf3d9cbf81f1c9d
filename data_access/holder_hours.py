"""In whose hands the hours of finished reports were spent."""

from dataclasses import dataclass

import numpy as np

from data_access.dimensions import STATUS_CODES, Dimensions
from data_access.durations_of import DAY_LIMITS
from data_access.frame import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, NEVER, Frame
from data_access.report_steps import Steps

KINDS = ("kelurahan", "wilayah", "sudin", "dinas", "lain", "validasi", "tak_tercatat")
KIND_OF_TYPE = {
    "kelurahan": "kelurahan",
    **dict.fromkeys(("kecamatan", "kota"), "wilayah"),
    **dict.fromkeys(("sudin", "suban"), "sudin"),
    **dict.fromkeys(("dinas", "badan", "biro"), "dinas"),
}
UNTOLD = KINDS.index("tak_tercatat")


@dataclass(frozen=True, eq=False)
class HolderHours:
    """Hours from entry to completion of `reports_count` reports. `hours` float per kind of KINDS, summed over reports.

    `validasi` is time in Menunggu Validasi before a refusal: the last validation comes after completion.
    """

    reports_count: int
    hours: np.ndarray

    @property
    def shares(self) -> np.ndarray:
        """0-1 per kind; zeros without hours."""
        total = float(self.hours.sum())
        return self.hours / total if total else self.hours

    @property
    def mean_hours(self) -> np.ndarray:
        """Hours per report and kind."""
        return self.hours / max(self.reports_count, 1)


def by_days(frame: Frame, rows: np.ndarray, steps: Steps) -> list[HolderHours]:
    """Of the finished reports at `rows` (positions): all, then those that took 0-7, 8-14 and more than 14 whole days.

    Reports completed before they were entered (a wrong clock) are left out.
    """
    took_us = frame.completed[rows] - frame.entered[rows]
    rows, took_us = rows[took_us >= 0], took_us[took_us >= 0]
    spent = _spent(frame, rows, steps)
    spent[:, UNTOLD] = np.maximum(took_us / MICROSECONDS_PER_HOUR - spent.sum(axis=1), 0)
    days = np.searchsorted(DAY_LIMITS, took_us // MICROSECONDS_PER_DAY, side="right")
    groups = [np.ones(len(rows), bool), *(days == group for group in range(len(DAY_LIMITS) + 1))]
    return [HolderHours(int(group.sum()), spent[group].sum(axis=0)) for group in groups]


def validation_hours(frame: Frame, rows: np.ndarray) -> float | None:
    """Mean hours from completion to acceptance of the finished reports at `rows`, which no resolution time holds."""
    validated, completed = frame.validated[rows], frame.completed[rows]
    known = (validated < NEVER) & (validated >= completed)
    return float(np.mean(validated[known] - completed[known])) / MICROSECONDS_PER_HOUR if known.any() else None


def _spent(frame: Frame, rows: np.ndarray, steps: Steps) -> np.ndarray:
    """float (reports at `rows`, kinds): hours between entry and completion, as far as events tell."""
    row_of = steps.rows_in(frame, rows)
    position = np.searchsorted(rows, row_of)
    told = np.flatnonzero((row_of >= 0)[steps.report])
    report = position[steps.report[told]]
    start = np.maximum(steps.at[told], frame.entered[rows][report])
    end = np.minimum(_next_at(steps)[told], frame.completed[rows][report])
    hours = np.maximum(end - start, 0) / MICROSECONDS_PER_HOUR
    spent = np.zeros((len(rows), len(KINDS)))
    np.add.at(spent, (report, _kinds(steps, frame.names)[told]), hours)
    return spent


def _next_at(steps: Steps) -> np.ndarray:
    """int64 per event: when the next one of the same report happened, NEVER after the last."""
    following = np.full(len(steps.at), NEVER, np.int64)
    same = steps.report[1:] == steps.report[:-1]
    following[:-1][same] = steps.at[1:][same]
    return following


def _kinds(steps: Steps, names: Dimensions) -> np.ndarray:
    """int per event: the kind of the hands the report is in from then on."""
    kind_of_unit = np.array([KINDS.index(KIND_OF_TYPE.get(unit.unit_type, "lain")) for unit in names.units])
    kind_of_unit[0] = UNTOLD
    kinds = kind_of_unit[_holders(steps)]
    return np.where(steps.status == STATUS_CODES["menunggu_validasi"], KINDS.index("validasi"), kinds)


def _holders(steps: Steps) -> np.ndarray:
    """Unit code per event: the last one the report was given to, 0 before the first."""
    given = np.where(steps.target > 0, np.arange(len(steps.at)), -1)
    last = np.maximum.accumulate(given) if len(given) else given
    own = (last >= 0) & (steps.report[last] == steps.report)
    return np.where(own, steps.target[last], 0)
