"""Reports of the month by the day they came in and their status now. The list at the left is the legend."""

import plotly.graph_objects as go
from dash import dcc, html

from components.formats import decimal, integer, signed
from components.marks import mark
from components.number_link import maybe_link
from components.states import empty
from components.tables import figures_table
from components.theme import STATUS, TEMPLATE

HEADROOM = 1.03  # above the highest day, so that its top never touches the words above it
WEEK_DAYS = 7


def status_body(
    counts,
    changes,
    days,
    month_days: int,
    previous_mean_per_day: float | None,
    previous_month: str,
    links: dict[str, str] | None = None,
) -> html.Div:
    """The list of the five statuses with counts and their change in one hour, and the chart of the month.

    `counts` and `changes` map status -> reports; `days` has one dict of the five counts per day so far; days to come
    stay empty slots. `previous_mean_per_day` (reports entered per day, or None) is the dotted line.
    `links`: status -> the list of its reports.
    """
    highest = max([sum(_counts(day)) for day in days] + [previous_mean_per_day or 0])
    top = highest * HEADROOM or 1
    chart = [
        *[_grid_line(value, top) for value in grid_values(top if highest else 0)],
        dcc.Graph(
            figure=status_figure(days, month_days, top),
            config={"displayModeBar": False},
            responsive=True,
            className="cs",
        ),
    ]
    if previous_mean_per_day:
        chart.append(html.Span(className="avg", style={"bottom": f"{previous_mean_per_day / top:.2%}"}))
    if highest == 0:
        chart.append(empty("Belum ada laporan bulan ini"))
    plot = html.Div(chart, className="frame", role="img", **{"aria-label": _sentence(counts, days)})
    columns = [_mean_words(previous_mean_per_day, previous_month), plot, _day_labels(month_days), _spoken(days)]
    return html.Div([_legend(counts, changes, links or {}), html.Div(columns, className="co")], className="sb")


def _spoken(days) -> html.Div:
    """The same figures for those who do not see the bars."""
    head = ("Tanggal masuk", *(drawn.label for drawn in STATUS.values()))
    rows = ([integer(number), *map(integer, _counts(day))] for number, day in enumerate(days, start=1))
    table = figures_table("Laporan per hari masuk menurut status sekarang", head, rows)
    return html.Div(table, className="only-spoken")  # a table itself does not shrink


def status_figure(days, month_days: int, top: float) -> go.Figure:
    """Stacked bars, unfinished at the bottom, y from 0 to `top` reports, one slot for each of `month_days`.

    Colours and words come from CSS and HTML around it: this figure is the same for both themes and every size.
    """
    figure = go.Figure(layout={"template": TEMPLATE, "barmode": "stack", "bargap": 0.14, "hovermode": "x unified"})
    numbers = list(range(1, len(days) + 1))
    for status, drawn in STATUS.items():
        # None where there is nothing, or an empty segment would still draw its hairline.
        heights = [day.get(status) or None for day in days]
        figure.add_bar(x=numbers, y=heights, name=drawn.label, hovertemplate="%{y:,d}")
    figure.update_xaxes(range=[0.5, month_days + 0.5], unifiedhovertitle={"text": "Masuk tanggal %{x}"})
    figure.update_yaxes(range=[0, top])
    return figure


def grid_values(top: float) -> list[int]:
    """At most four round values above zero for an axis that ends at `top`: 640 -> [200, 400, 600]."""
    if top <= 0:
        return []
    step = next(s for power in range(10) for s in (10**power, 2 * 10**power, 5 * 10**power) if top / s < 4)
    return [step * i for i in range(1, int(top // step) + 1)]


def _legend(counts, changes, links: dict[str, str]) -> html.Ul:
    head = html.Li([html.Span(), html.Span(), html.Span(), html.Em("1 jam")], className="hd")
    rows = [
        html.Li(
            [
                mark(drawn.mark),
                html.Span(drawn.label),
                html.B(_count(counts.get(status, 0), links.get(status)), **{"data-figure": status}),
                html.Em(signed(changes.get(status))),
            ]
        )
        for status, drawn in STATUS.items()
    ]
    return html.Ul([head, *rows], className="sl5")


def _count(count: int, href: str | None):
    return maybe_link(integer(count), href, count)


def _grid_line(value: int, top: float) -> html.Span:
    return html.Span(html.Em(integer(value)), className="gy", style={"bottom": f"{value / top:.2%}"})


def _mean_words(mean: float | None, month: str) -> html.P:
    """What the dotted line is; above the chart, because in it the words would lie on the bars of some day."""
    words = [html.U(), f"rerata {month} {decimal(mean, 0 if mean >= 10 else 1)} per hari"] if mean else []
    return html.P(words, className="mean")


def _day_labels(month_days: int) -> html.Div:
    days = range(1, month_days + 1, WEEK_DAYS)
    return html.Div([html.Span(day, style={"left": f"{(day - 0.5) / month_days:.2%}"}) for day in days], className="xl")


def _counts(day) -> list[int]:
    return [day.get(status) or 0 for status in STATUS]


def _sentence(counts, days) -> str:
    parts = ", ".join(f"{drawn.label} {integer(counts.get(status, 0))}" for status, drawn in STATUS.items())
    return f"Laporan menurut status sekarang: {parts}. {integer(len(days))} hari digambar."
