"""The time bar under the map: a bar per day, the window of seven days, play, and a slider for the keyboard and touch.

assets/81-peta.js moves the window while it plays or slides; the address follows when it rests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.formats import MONTHS_SHORT, integer

LABELLED_DAYS = (1, 8, 15, 22)
DAYS = 7


@dataclass(frozen=True)
class Day:
    """A day of the bar: its reports, those of the week up to it, and the address of that week's map."""

    on: date
    count: int
    week_count: int
    first: date
    href: str


def time_frame() -> html.Div:
    """Play and slider are mounted once, so that they keep the focus; the bars come with the data."""
    play = html.Button(
        html.I(className="peta-putar-tanda"),
        type="button",
        className="peta-putar",
        title="Putar hari demi hari",
        **{"aria-label": "Putar hari demi hari", "aria-pressed": "false"},
    )
    slider = dbc.Input(id=ids.PETA_SLIDER, type="range", min=0, max=1, step=1, class_name="peta-geser")
    label = html.Label("Hari terakhir dari jendela 7 hari", htmlFor=ids.PETA_SLIDER, className="only-spoken")
    return html.Div(
        [play, html.Div([html.Div(id=ids.PETA_TIME), label, slider], className="peta-hari")], className="peta-waktu"
    )


def bars(days: Sequence[Day], chosen: int) -> html.Div:
    """All days of the bar; `chosen` is the position of the last day of the window."""
    most = max((day.count for day in days), default=0) or 1
    total = html.B(f"7 hari: {integer(days[chosen].week_count)} laporan", className="peta-jumlah")
    columns = [_bar(day, day.count / most, chosen - DAYS < place <= chosen) for place, day in enumerate(days)]
    labels = [
        html.Span(f"{day.on.day} {MONTHS_SHORT[day.on.month - 1]}", style={"gridColumn": str(place + 1)})
        for place, day in enumerate(days)
        if day.on.day in LABELLED_DAYS and place < len(days) - 2
    ]
    grid = {"--hari": str(len(days)), "--akhir": str(chosen + 1)}
    return html.Div(
        [
            html.Div([html.Div(columns, className="peta-batang"), html.Span(total, className="peta-jendela")]),
            html.Div(labels, className="peta-sumbu"),
        ],
        className="peta-bilah",
        style=grid,
    )


def range_text(first: date, last: date) -> str:
    """'17–23 Nov 2026', '28 Okt–3 Nov 2026', '29 Des 2026–4 Jan 2027'."""
    start, end = (f"{on.day} {MONTHS_SHORT[on.month - 1]}" for on in (first, last))
    if first.year != last.year:
        return f"{start} {first.year}–{end} {last.year}"
    return f"{first.day if first.month == last.month else start}–{end} {last.year}"


def _bar(day: Day, share: float, inside: bool) -> html.A:
    words = f"{day.on.day} {MONTHS_SHORT[day.on.month - 1]}: {integer(day.count)} laporan"
    data = {
        "data-day": day.on.isoformat(),
        "data-week": f"7 hari: {integer(day.week_count)} laporan",
        "data-range": range_text(day.first, day.on),
    }
    return html.A(
        html.I(style={"height": f"{share:.1%}"}),
        href=day.href,
        className="in" if inside else "",
        title=words,
        tabIndex=-1,  # the slider is what the keyboard uses
        **{"data-stay": "", "aria-label": words, **data},
    )
