"""The filters every screen knows. They live in the URL, so a view can be pasted, reloaded and rotated."""

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.formats import month_year

# Values of the default choices; dbc.Select keeps '' for its placeholder. assets/15-live.js knows both words.
RUNNING, EVERY = "berjalan", "semua"
# The name in the URL, the select, what it is called, and the words of its default.
SELECTS = (
    ("periode", ids.PERIOD_SELECT, "Periode", None),
    ("wilayah", ids.AREA_SELECT, "Wilayah", "Semua wilayah"),
    ("unit", ids.UNIT_SELECT, "Unit", "Semua unit"),
    ("kategori", ids.CATEGORY_SELECT, "Kategori", "Semua kategori"),
    ("kanal", ids.CHANNEL_SELECT, "Kanal", "Semua kanal"),
    ("status", ids.STATUS_SELECT, "Status", "Semua status"),
)
DEFAULTS = {name: words for name, _, _, words in SELECTS}


def notice(unknown: list[str]) -> str | None:
    """What to say when the URL names something that is not there (names of the URL): the default is shown instead."""
    sentences = []
    for name, _, title, words in SELECTS:
        if name in unknown:
            default = words.lower() if words else "bulan berjalan"
            sentences.append(f"{title} pada tautan tidak dikenal, yang tampil {default}.")
    return " ".join(sentences) or None


def filter_bar() -> html.Div:
    """One line of native selects; their choices come with the first data."""
    parts = []
    for _, select_id, title, _ in SELECTS:
        parts.append(html.Label(title, htmlFor=select_id, className="only-spoken"))
        parts.append(dbc.Select(id=select_id, options=[]))
    return html.Div([*parts, html.P(id=ids.FILTER_NOTICE, className="notice", role="status")], className="filters")


def period_options(periods) -> list[dict[str, str]]:
    """Choices of the period select from 'YYYY-MM', newest first. The running month's URL stays bare."""
    running, *closed = periods
    months = [{"label": month_year(period), "value": period} for period in closed]
    return [{"label": f"{month_year(running)}, berjalan", "value": RUNNING}, *months]


def options(name: str, choices) -> list[dict[str, str]]:
    """Choices of a select by its name in the URL, from (value, label) pairs, after its default."""
    return [{"label": DEFAULTS[name], "value": EVERY}] + [{"label": label, "value": value} for value, label in choices]


def filter_line(period: str | None, chosen: list[str]) -> str:
    """What the wall says when a view is narrowed: 'Hanya Dinas Bina Marga · Status, unit, dan TKD: Oktober 2026'.

    `chosen` are the labels of what was chosen; '' for the default view. A period never touches the five figures above
    it nor who waits now.
    """
    only = f"Hanya {', '.join(chosen)}" if chosen else None
    month = f"Status, unit, dan TKD: {month_year(period)}" if period else None
    return " · ".join(part for part in (only, month) if part)
