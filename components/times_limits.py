"""How the hours of one category lie against its limits: a histogram with the limits drawn in."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.formats import integer, percent
from components.score_scale import Scale

FRONT_SHARE = 0.04  # a band narrower than this has no room for its words


@dataclass(frozen=True)
class Bin:
    """Reports that took from `from_hours` to below `to_hours`; the last one takes all beyond."""

    from_hours: int
    to_hours: int
    count: int


@dataclass(frozen=True)
class Band:
    """Hours with one time value: from the bound before to `to_hours` (None: without end)."""

    value: int
    from_hours: int
    to_hours: int | None
    count: int
    href: str


def limits_chart(bins: Sequence[Bin], bands: Sequence[Band], words: str) -> html.Div:
    """`words` is the chart for those who listen."""
    scale = Scale(0, bins[-1].to_hours)
    highest = max((one.count for one in bins), default=0) or 1
    bars = [_bar(one, scale, highest, one is bins[-1]) for one in bins]
    rules = [html.I(className="limit", style={"left": f"{scale.percent(band.from_hours):g}%"}) for band in bands[1:]]
    ticks = [_tick(band.from_hours, scale) for band in bands]
    end = html.Span(f"≥ {bins[-1].from_hours} jam", className="e")
    return html.Div(
        [
            html.Div([_band(band, scale, bands) for band in bands], className="bands"),
            html.Div([*bars, *rules, html.Em(f"tertinggi {integer(highest)}", className="highest")], className="plot"),
            html.Div([*ticks, end], className="xl"),
        ],
        className="limits",
        role="group",
        **{"aria-label": words},
    )


def _bar(one: Bin, scale: Scale, highest: int, last: bool) -> html.I:
    left, right = scale.percent(one.from_hours), scale.percent(one.to_hours)
    hours = f"{one.from_hours} jam ke atas" if last else f"{one.from_hours}–{one.to_hours} jam"
    style = {"left": f"{left:g}%", "width": f"{right - left:g}%", "height": f"{100 * one.count / highest:.2f}%"}
    words = f"{hours}: {integer(one.count)} laporan"
    return html.I(className="bar beyond" if last else "bar", style=style, title=words)


def _band(band: Band, scale: Scale, bands: Sequence[Band]) -> html.Div:
    total = sum(other.count for other in bands)
    left, right = scale.percent(band.from_hours), 100 if band.to_hours is None else scale.percent(band.to_hours)
    share = percent(band.count / total, 0) if total else percent(None)
    return html.Div(
        [
            html.B(f"nilai {band.value}"),
            dcc.Link(integer(band.count), href=band.href, className="num"),
            html.Span(f"{share}%", className="t2"),
        ],
        style={"left": f"{left:g}%", "width": f"{right - left:g}%"},
    )


def _tick(hours: int, scale: Scale) -> html.Span:
    return html.Span(str(hours), style={"left": f"{scale.percent(hours):g}%"})
