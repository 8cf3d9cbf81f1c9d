"""The facets of a listing over the rows of a frame: bool per row, each a pure function."""

from datetime import UTC, date, datetime, timedelta

import h3
import numpy as np

from data_access import geography, points
from data_access.dimensions import STATUS_CODES
from data_access.frame import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, Frame, microseconds
from data_access.scored_reports import RULEBOOK
from data_access.waiting import RESPONSE_LIMIT_HOURS, waiting_since
from scoring import rulebook
from scoring.periods import WIB, Period
from scoring.rules import CategoryRules

POINT_KINDS = ("tanpa", "ya", "nol", "tukar", "luar")  # in the order of the codes of data_access.points
DAY_BOUNDS = {"0-7": (0, 8), "8-14": (8, 15), "15": (15, None)}  # whole days: from, below
NO_LIMIT_HOURS = 2**40
CELL_RESOLUTIONS = (geography.WALL_RESOLUTION, geography.LAND_RESOLUTION)


def days_us(first: date, last: date) -> tuple[int, int]:
    """The instants (microseconds UTC) at which the first day begins and the last ends in Jakarta; [from, until)."""
    start = datetime.min.replace(tzinfo=UTC) if first == date.min else _midnight(first)
    return microseconds(start), microseconds(_midnight(last) + timedelta(days=1))


def is_completed(frame: Frame, as_of_us: int) -> np.ndarray:
    """Selesai, by `as_of_us`."""
    return (frame.status == STATUS_CODES["selesai"]) & (frame.completed <= as_of_us)


def tier_bounds(names: list[str], tier: int, period: Period) -> tuple[np.ndarray, np.ndarray]:
    """Whole hours [from, below) in which a report of each category has the time value `tier`, by the rules of `period`.

    One int64 per name and, last, for an unknown category. ValueError when no such value exists.
    """
    rules = rulebook.load(RULEBOOK).at(period)
    if tier not in rules.tier_values:
        raise ValueError(f"{tier} is no time value of {RULEBOOK}: {rules.tier_values}")
    limits = _limits(rules.for_categories(names))
    step = rules.tier_values.index(tier)
    return limits[step], limits[step + 1]


def last_limits(names: list[str], period: Period) -> np.ndarray:
    """Hours from which on each category gives its lowest time value. One int64 per name and one for an unknown one."""
    return tier_bounds(names, rulebook.load(RULEBOOK).at(period).tier_values[-1], period)[0]


def parent_position(cell: str) -> int:
    """Position among the wall cells of an H3 index of resolution 8 or 9 (of its parent); -1 when it holds no land."""
    parent = h3.cell_to_parent(cell, geography.WALL_RESOLUTION)
    return geography.wall_cells().index(parent) if parent in geography.wall_cells() else -1


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=WIB)


def _limits(categories: CategoryRules) -> tuple[np.ndarray, ...]:
    nothing = np.zeros_like(categories.t100)
    return nothing, categories.t100, categories.t80, categories.t60, nothing + NO_LIMIT_HOURS


def _entered(frame: Frame, days: tuple[date, date], as_of_us: int, _period: Period) -> np.ndarray:
    start_us, end_us = days_us(*days)
    return (frame.entered >= start_us) & (frame.entered < min(end_us, as_of_us + 1))


def _entered_within(frame: Frame, hours: int, as_of_us: int, _period: Period) -> np.ndarray:
    return (frame.entered > as_of_us - hours * MICROSECONDS_PER_HOUR) & (frame.entered <= as_of_us)


def _completed(frame: Frame, days: tuple[date, date], as_of_us: int, _period: Period) -> np.ndarray:
    start_us, end_us = days_us(*days)
    return is_completed(frame, as_of_us) & (frame.completed >= start_us) & (frame.completed < end_us)


def _waiting(frame: Frame, hours: int, as_of_us: int, _period: Period) -> np.ndarray:
    waits = (frame.status == STATUS_CODES["menunggu"]) & (frame.entered <= as_of_us)
    return waits & (waiting_since(frame, np.arange(len(frame))) < as_of_us - hours * MICROSECONDS_PER_HOUR)


def _open(frame: Frame, _yes: bool, _as_of_us: int, _period: Period) -> np.ndarray:
    return frame.status != STATUS_CODES["selesai"]


def _overdue(frame: Frame, _yes: bool, as_of_us: int, period: Period) -> np.ndarray:
    limits = last_limits([name for _, name in frame.names.categories[1:]], period)
    limit_us = limits[frame.category.astype(np.int64) - 1] * MICROSECONDS_PER_HOUR  # -1: the last one, unknown
    return (frame.status != STATUS_CODES["selesai"]) & (as_of_us - frame.entered >= limit_us)


def _resolution(frame: Frame, days: str, as_of_us: int, _period: Period) -> np.ndarray:
    least, below = DAY_BOUNDS[days]
    took_us = frame.completed - frame.entered
    found = is_completed(frame, as_of_us) & (took_us >= least * MICROSECONDS_PER_DAY)
    return found if below is None else found & (took_us < below * MICROSECONDS_PER_DAY)


def _response(frame: Frame, response: str, as_of_us: int, _period: Period) -> np.ndarray:
    answered = frame.first_response <= as_of_us
    if response == "belum":
        return ~answered
    took_us = frame.first_response - frame.entered
    limit_us = RESPONSE_LIMIT_HOURS * MICROSECONDS_PER_HOUR
    in_time = (took_us <= limit_us) if response == "tepat" else (took_us > limit_us)
    return answered & (took_us >= 0) & in_time


def _tier(frame: Frame, tier: int, as_of_us: int, period: Period) -> np.ndarray:
    least, below = tier_bounds([name for _, name in frame.names.categories[1:]], tier, period)
    category = frame.category.astype(np.int64) - 1  # -1: the last one, unknown
    hours = (frame.completed - frame.entered) // MICROSECONDS_PER_HOUR
    found = is_completed(frame, as_of_us) & (frame.completed >= frame.entered)
    return found & (hours >= least[category]) & (hours < below[category])


def _cell(frame: Frame, cell: str, _as_of_us: int, _period: Period) -> np.ndarray:
    position = parent_position(cell)
    found = (frame.cell == position) & (position >= 0)
    if h3.get_resolution(cell) == geography.WALL_RESOLUTION:
        return found
    rows = np.flatnonzero(found)
    points = zip(frame.latitude[rows].tolist(), frame.longitude[rows].tolist(), strict=True)
    found[rows] = [h3.latlng_to_cell(y, x, geography.LAND_RESOLUTION) == cell for y, x in points]
    return found


def _point(frame: Frame, kind: str, _as_of_us: int, _period: Period) -> np.ndarray:
    return points.kinds(frame) == POINT_KINDS.index(kind)


def _not_in_a_frame(_frame: Frame, value: object, _as_of_us: int, _period: Period) -> np.ndarray:
    raise ValueError(f"a frame cannot tell {value!r}: officers, hand-overs and words are asked of the database")


# Attribute of a listing -> (frame, value, as_of_us, the month whose rules hold) -> bool per row.
FACETS = {
    "entered": _entered,
    "entered_within_hours": _entered_within,
    "completed": _completed,
    "waiting_over_hours": _waiting,
    "open_only": _open,
    "overdue": _overdue,
    "resolution_days": _resolution,
    "response": _response,
    "tier": _tier,
    "officer_id": _not_in_a_frame,
    "cell": _cell,
    "point": _point,
    "handovers": _not_in_a_frame,
    "text": _not_in_a_frame,
}
