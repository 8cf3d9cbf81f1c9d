"""The reports that wait longest: how long, what, where, whose. The underline of each row is the chart."""

from dash import html

from components.formats import integer, short_duration
from components.marks import waiting_mark
from components.number_link import maybe_link, number_link
from components.report_list import report_href
from components.states import empty

SCALE_HOURS = 36
RESPONSE_LIMIT_HOURS = 6
ALARM_LIMIT_HOURS = 24


def waiting_list(rows, total_count: int) -> html.Div:
    """The list of rows, longest first, on one scale of 0-36 hours.

    Each row has report_id, minutes, category, place, holder, over_24h; `total_count` is how many wait beyond 6 hours.
    """
    limits = (RESPONSE_LIMIT_HOURS, ALARM_LIMIT_HOURS)
    labels = [html.Span(f"{hours} jam", style={"left": _position(hours)}) for hours in limits]
    guides = [html.I(className="gl", style={"left": _position(hours)}) for hours in limits]
    sentence = f"Menunggu lebih dari 6 jam: {integer(len(rows))} terlama dari {integer(total_count)}"
    items = html.Ol([_row(row) for row in rows], **{"aria-label": sentence})
    body = items if rows else empty("Tidak ada yang menunggu lebih dari 6 jam")
    return html.Div([html.Div(labels, className="ax"), *guides, body], className="wl")


def waiting_fact(rows, total_count: int, href: str | None = None):
    """'7 dari 37', 37 as a link to the list at `href`; nothing when nobody waits, as the list says so itself."""
    if not rows:
        return ""
    if href is None:
        return f"{integer(len(rows))} dari {integer(total_count)}"
    return [f"{integer(len(rows))} dari ", maybe_link(integer(total_count), href, total_count)]


def _row(row) -> html.Li:
    cells = [
        waiting_mark(row.over_24h),
        html.B(short_duration(row.minutes)),
        html.Span([_report(row), html.I(row.place)], className="what"),
        html.Span(_holder(row), className="who"),
    ]
    whole = f"{row.category}, {row.place}: {row.holder}"  # on hover, for names that do not fit
    return html.Li(
        [html.Div(cells, className="open", title=whole), *_bars(row.minutes / 60, row.over_24h)],
        className="late" if row.over_24h else "soon",
        **{"data-key": row.report_id},
    )


def _report(row) -> html.A:
    return number_link(row.category, report_href(row.report_id), class_name="to-report")


def _holder(row) -> str:
    """The kelurahan of the place itself is not named twice: the longest names then fit."""
    return "Kelurahan" if row.holder == f"Kel. {row.place}" else row.holder


def _bars(hours: float, over_24h: bool) -> list[html.Span]:
    """Grey up to the limit passed, colour only for the overrun; beyond the scale it ends at the edge with an arrow."""
    limit = ALARM_LIMIT_HOURS if over_24h else RESPONSE_LIMIT_HOURS
    overrun = max(min(hours, SCALE_HOURS) - limit, 0)
    beyond = " beyond" if hours > SCALE_HOURS else ""
    return [
        html.Span(className="bar", style={"width": _position(limit)}),
        html.Span(className=f"bar over{beyond}", style={"left": _position(limit), "width": _position(overrun)}),
    ]


def _position(hours: float) -> str:
    return f"{hours / SCALE_HOURS:.2%}"
