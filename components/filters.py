"""Period and unit of a screen. They live in the URL, so a view can be pasted, reloaded and rotated."""

from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.formats import month_year

ALL_UNITS = "Semua unit"
# Values of the default choices; dbc.Select keeps '' for its placeholder. assets/15-live.js knows both words.
RUNNING, EVERY_UNIT = "berjalan", "semua"


@dataclass(frozen=True)
class Filters:
    """`period` is 'YYYY-MM' or None for the running month; `unit_id` is None for all units."""

    period: str | None = None
    unit_id: str | None = None


def notice(period_unknown: bool, unit_unknown: bool) -> str | None:
    """What to say when the URL names something that is not there: the default is shown instead."""
    sentences = []
    if period_unknown:
        sentences.append("Periode pada tautan tidak tersedia, yang tampil bulan berjalan.")
    if unit_unknown:
        sentences.append("Unit pada tautan tidak dikenal, yang tampil semua unit.")
    return " ".join(sentences) or None


def filter_bar() -> html.Div:
    """One line with the two native selects; their choices come with the first data."""
    return html.Div(
        [
            html.Label("Periode", htmlFor=ids.PERIOD_SELECT),
            dbc.Select(id=ids.PERIOD_SELECT, options=[]),
            html.Label("Unit", htmlFor=ids.UNIT_SELECT),
            dbc.Select(id=ids.UNIT_SELECT, options=[]),
            html.P(id=ids.FILTER_NOTICE, className="notice", role="status"),
        ],
        className="filters",
    )


def period_options(periods) -> list[dict[str, str]]:
    """Choices of the period select from 'YYYY-MM', newest first. The running month's URL stays bare."""
    running, *closed = periods
    months = [{"label": month_year(period), "value": period} for period in closed]
    return [{"label": f"{month_year(running)}, berjalan", "value": RUNNING}, *months]


def unit_options(units) -> list[dict[str, str]]:
    """Choices of the unit select from (unit_id, name) pairs, after 'Semua unit'."""
    return [{"label": ALL_UNITS, "value": EVERY_UNIT}] + [{"label": name, "value": unit_id} for unit_id, name in units]


def filter_line(filters: Filters, units) -> str:
    """What the wall says when a view is narrowed: 'Hanya Dinas Bina Marga · Status, unit, dan TKD: Oktober 2026'.

    '' for the default view. A period never touches the five figures above it nor who waits now.
    """
    name = dict(units).get(filters.unit_id) if filters.unit_id else None
    unit = f"Hanya {name}" if name else None
    month = f"Status, unit, dan TKD: {month_year(filters.period)}" if filters.period else None
    return " · ".join(part for part in (unit, month) if part)
