"""The days under the fan: its first, each week, today, the end of the month of entry, the cut-off; none on another."""

from datetime import datetime, timedelta

from dash import html

from components.formats import day_clock, day_month

NEAR_PERCENT = 9.0  # half of two labels of the narrowest chart on a desk
NEAR_END_PERCENT = 16.0  # the label of the cut-off is longer and stands before its place
PHONE = 2.1  # how much more room the same words need on a phone
WEEK = timedelta(days=7)


def days_axis(chart) -> html.Div:
    """The axis of `chart` (a Fan)."""
    kept: list[tuple[float, html.Span]] = []
    for at, class_name, words in _wanted(chart):
        left = round(100 * ((at - chart.begins) / (chart.ends - chart.begins)), 2)
        if not 0 <= left <= 100 or not _free(left, kept, 1.0):
            continue
        wide = "" if _free(left, kept, PHONE) else " wide"
        kept.append((left, html.Span(words, className=f"{class_name}{wide}".strip(), style={"left": f"{left:g}%"})))
    return html.Div(
        [label for _, label in sorted(kept, key=lambda pair: pair[0])], className="xa", **{"aria-hidden": "true"}
    )


def _wanted(chart) -> list[tuple[datetime, str, object]]:
    """Labels, the most important first."""
    last = chart.ends - timedelta(minutes=1)
    now = chart.measured[-1][0] if chart.measured and not chart.closed else None
    wanted = [(chart.ends, "e", html.B(day_clock(last)))]
    wanted += [(now, "", html.B(day_month(now)))] if now else []
    wanted += [(chart.begins, "first", day_month(chart.begins)), (chart.entry_ends, "", day_month(chart.entry_ends))]
    weeks = ((chart.ends - chart.begins) // WEEK) + 1
    return wanted + [
        (chart.begins + week * WEEK, "wide", day_month(chart.begins + week * WEEK)) for week in range(1, weeks)
    ]


def _free(left: float, kept: list[tuple[float, html.Span]], room: float) -> bool:
    return all(abs(left - other) >= room * (NEAR_END_PERCENT if other == 100 else NEAR_PERCENT) for other, _ in kept)
