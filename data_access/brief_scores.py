"""Scores a brief keeps: of the kota, and of the units that lose points within the horizon."""

from collections.abc import Iterator

from data_access.dimensions import Unit
from data_access.early_warning import Desk
from data_access.frame import microseconds
from data_access.live import State
from data_access.scorecards import scorecard
from scoring import periods
from scoring.grades import grade_of, shown
from scoring.standings import standings

KOTA = ("kota", "kabupaten")


def scores(state: State, desk: Desk, area_code: str | None) -> list[dict]:
    """Standings in the open periods as JSON values, text with two decimals towards its grade; None without one.

    The kota of `area_code` (all of them for None), then the falling units in calling order.
    """
    units = {unit.unit_id: unit for unit in _wanted(desk, area_code)}
    found = []
    for period in periods.open_at(state.as_of):
        card = scorecard(state, period, microseconds(state.as_of))
        values = standings(card.scores.final, card.reports.units, card.rules)
        codes = {unit_id: code for code, unit_id in enumerate(card.reports.units.ids)}
        for unit in units.values():
            value = float(values[codes[unit.unit_id]])
            grade = None if value != value else grade_of(value, card.rules.grades)
            text = None if grade is None else shown(value, grade, card.rules.grades)
            found.append(
                {"unit_id": unit.unit_id, "name": unit.short, "period": str(period), "score": text, "grade": grade}
            )
    return found


def _wanted(desk: Desk, area_code: str | None) -> Iterator[Unit]:
    units = desk.frame.names.units
    yield from (unit for unit in units if unit.unit_type in KOTA and area_code in (None, unit.wilayah_code))
    # Code 0 is a holder nobody knows: it has no score.
    yield from (units[row.unit] for row in desk.rows if row.unit and row.points_per_hour)
