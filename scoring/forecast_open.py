"""The open reports of a forecast: which of them will be complete by an instant, and at what tier value."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from scoring.durations import Durations
from scoring.membership import done_at, members
from scoring.reports import MICROSECONDS_PER_HOUR, Reports
from scoring.rules import Rules
from scoring.score import Scorecard

ROWS_AT_ONCE = 2_000  # bounds the memory: rows x paths


@dataclass(frozen=True, eq=False)
class OpenReports:
    """Rows by unit, in one fixed order. unit, category: codes; entered: microseconds; position: row of the card's.

    `joins_us` int64: if still open then, it is left over into the period; -1: it is in the period already; NEVER: it
    adds nothing, and is here so that the others have the luck they have beside it.
    `response` int8: 1 answered within the limit of the rules, 0 not, -1 still to be seen.
    """

    unit: np.ndarray
    category: np.ndarray
    entered: np.ndarray
    joins_us: np.ndarray
    response: np.ndarray
    position: np.ndarray

    def __len__(self) -> int:
        return len(self.unit)

    def only(self, mask: np.ndarray) -> "OpenReports":
        """The rows where `mask` holds, or a slice of them."""
        return OpenReports(*(getattr(self, field.name)[mask] for field in fields(self)))


@dataclass(frozen=True, eq=False)
class Hazards:
    """What decides an open report's luck: cumulative hazard from its present age to given ages, float32 over rows."""

    rows: OpenReports
    to_times: list[np.ndarray]
    to_bounds: list[np.ndarray]
    to_joining: np.ndarray


def open_reports(card: Scorecard) -> OpenReports:
    """Open reports that are in the period or may be left over into it, but for those a rule for dirty rows holds."""
    rules = card.rules
    cutoff_before = rules.cutoff_us(card.period.previous)
    # Asked at that cut-off, whatever is open now is left over.
    found = members(card.reports, rules, card.period, max(card.as_of_us, cutoff_before))
    rows = card.reports.only(found.positions)
    still_open = ~found.held & (done_at(rows, rules) > card.as_of_us) & (rows.entered <= card.as_of_us)
    waits = found.is_left_over & (card.as_of_us < cutoff_before)
    joins = np.where(waits, cutoff_before, -1)[still_open]
    rows, positions = rows.only(still_open), found.positions[still_open]
    response = _responses(rows, rules, card.as_of_us)
    order = np.lexsort((response, joins, rows.entered, rows.category, rows.unit))
    columns = (rows.unit, rows.category, rows.entered, joins, response, positions)
    return OpenReports(*(column[order] for column in columns))


def _responses(rows: Reports, rules: Rules, as_of_us: int) -> np.ndarray:
    if rules.response_limit_hours is None:
        return np.zeros(len(rows), np.int8)
    limit = rows.entered + rules.response_limit_hours * MICROSECONDS_PER_HOUR
    known = np.where((rows.first_response <= as_of_us) & (rows.first_response <= limit), 1, 0)
    to_be_seen = (rows.first_response > as_of_us) & (limit > as_of_us)
    return np.where(to_be_seen, -1, known).astype(np.int8)


def hazards(
    reports: OpenReports, durations: Durations, rules: Rules, names: tuple[str, ...], as_of_us: int, times_us: list[int]
) -> Iterator[Hazards]:
    """Hazards of the open reports, a bounded number of rows at a time. `names`: the category names of the codes."""
    categories = rules.for_categories(names)
    for start in range(0, len(reports), ROWS_AT_ONCE):
        rows = reports.only(slice(start, start + ROWS_AT_ONCE))
        now = durations.cumulative(rows.unit, rows.category, _hours(as_of_us - rows.entered))

        def until(age_hours: np.ndarray, rows=rows, now=now) -> np.ndarray:
            return (durations.cumulative(rows.unit, rows.category, age_hours) - now).astype(np.float32)[:, None]

        yield Hazards(
            rows,
            [until(_hours(time - rows.entered)) for time in times_us],
            [until(bound[rows.category]) for bound in (categories.t100, categories.t80, categories.t60)],
            until(_hours(np.maximum(rows.joins_us, as_of_us) - rows.entered)),
        )


def _hours(microseconds: np.ndarray) -> np.ndarray:
    return microseconds / MICROSECONDS_PER_HOUR
