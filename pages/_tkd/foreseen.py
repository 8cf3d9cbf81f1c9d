"""What the outlook says of the one unit of a reading, in plain values."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data_access.frame import instant
from data_access.monitor import Reading
from scoring.forecast import FEW_REPORTS, LEAST_HISTORY_DAYS, LEAST_REPORTS, NO_REPORTS, SHORT_HISTORY

WHY = {
    SHORT_HISTORY: f"Riwayat CRM belum sampai {LEAST_HISTORY_DAYS} hari.",
    FEW_REPORTS: f"Unit ini menerima kurang dari {LEAST_REPORTS} laporan dalam setahun.",
    NO_REPORTS: "Tidak ada laporan pada periode ini, dan tidak ada yang diperkirakan masuk.",
}
Points = list[tuple[datetime, float]]
Bands = tuple[float, float, float, float, float]  # P10 P25 P50 P75 P90


@dataclass(frozen=True)
class Foreseen:
    """Scores are standings. `final`, `chances` (grade -> probability) and `fan` are empty without a forecast, and `why`
    says why; `measured` and `previous` are the days of this period and of the one before."""

    as_of: datetime
    final: Bands | None
    chances: dict[str, float]
    fan: list[tuple[datetime, Bands]]
    why: str
    expected_new_count: float
    best: float | None
    measured: Points
    previous: Points


def foreseen(reading: Reading) -> Foreseen | None:
    """None while there is no outlook of the period, or when it does not know the unit yet."""
    found = reading.outlook
    if found is None or reading.unit_id not in found.unit_ids:
        return None
    row = found.unit_ids.index(reading.unit_id)
    there = found.reason[row] is None and not np.isnan(found.final[row]).any()
    times = [instant(time_us) for time_us in found.times_us]
    return Foreseen(
        as_of=found.as_of,
        final=tuple(found.final[row].tolist()) if there else None,
        chances=dict(zip(reading.card.rules.grades, found.grades[row].tolist(), strict=True)) if there else {},
        fan=_bands(times, found.fan[row]) if there else [],
        why="" if there else WHY.get(found.reason[row], "Tidak ada yang dapat diperkirakan."),
        expected_new_count=float(found.expected_new[row]),
        best=_number(found.best[row]),
        measured=points(found.past_times_us, found.past[row]),
        previous=points(found.previous_times_us, found.previous[row]),
    )


def points(times_us: np.ndarray, values: np.ndarray) -> Points:
    """The instants with a score."""
    return [(instant(at), float(value)) for at, value in zip(times_us, values, strict=True) if not np.isnan(value)]


def _bands(times: list[datetime], fan: np.ndarray) -> list[tuple[datetime, Bands]]:
    return [(at, tuple(row.tolist())) for at, row in zip(times, fan, strict=True) if not np.isnan(row).any()]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
