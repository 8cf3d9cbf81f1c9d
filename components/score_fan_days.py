"""The exact figures of the fan: each day on hover, and the forecast as a table for those who listen."""

from datetime import datetime, timedelta
from itertools import pairwise

from dash import html

from components.formats import clock, day_clock, day_month
from components.score_scale import score_text
from components.tables import figures_table

TURN_PERCENT = 50  # beyond it the words of a day stand at its left


def day_strips(chart) -> list[html.I]:
    """One upright strip per day of `chart` (a Fan), which shows that day's figures while the pointer is on it."""
    days = [(at, f"{day_words(at)}\n{score_text(value, chart.grades)}") for at, value in chart.measured]
    days += [(at, _foreseen(at, bands, chart)) for at, bands in chart.fan[1:]]
    span = chart.ends - chart.begins
    places = [100 * ((at - chart.begins) / span) for at, _ in days]
    edges = [0.0, *((a + b) / 2 for a, b in pairwise(places)), 100.0]
    return [
        _strip(place, left, right, words)
        for place, left, right, (_, words) in zip(places, edges[:-1], edges[1:], days, strict=True)
    ]


def day_words(at: datetime) -> str:
    """'22 Nov' for the end of that day, '23 Nov 10.28' for another instant."""
    if clock(at) == "00.00":
        return day_month(at - timedelta(minutes=1))
    return day_clock(at)


def fan_table(chart) -> html.Table | None:
    """The forecast in figures; None without one."""
    if not chart.fan:
        return None
    head = ("Saat", "P10", "P25", "Tengah", "P75", "P90")
    rows = ([day_words(at), *(score_text(value, chart.grades) for value in bands)] for at, bands in chart.fan[1:])
    return figures_table("Perkiraan nilai sampai cut-off", head, rows)


def _foreseen(at: datetime, bands, chart) -> str:
    low, lower, middle, upper, high = (score_text(value, chart.grades) for value in bands)
    return f"{day_words(at)}, perkiraan\ntengah {middle}\n50%: {lower} – {upper}\n80%: {low} – {high}"


def _strip(place: float, left: float, right: float, words: str) -> html.I:
    side = "day left" if place > TURN_PERCENT else "day"
    style = {"left": f"{left:.2f}%", "width": f"{right - left:.2f}%"}
    return html.I(className=side, style=style, **{"data-words": words})
