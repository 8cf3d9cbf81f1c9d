"""Beside the map: what its colours mean, and Kepulauan Seribu, which lies too far away to be on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from components.density_map import CLASS_NAMES
from components.formats import integer
from components.peta_map import REPORTS_NEEDED, TOO_FEW

SHARE_NAMES = ("0", "1–10", "11–25", "26–50", "51–75", "> 75")
TITLES = {"km2": "laporan per km², 7 hari", "sisa": "% laporan 7 hari yang belum selesai"}
NAMES = {"km2": CLASS_NAMES, "sisa": SHARE_NAMES}


@dataclass(frozen=True)
class Island:
    """A kelurahan of Kepulauan Seribu: its reports, their class, and the address of them."""

    name: str
    reports_count: int
    sign: str
    href: str


def scale(measure: str) -> html.Div:
    """The numbered scale, the highest class on top; the same at every zoom and on every day."""
    rows = [_row(str(number), name) for number, name in reversed(list(enumerate(NAMES[measure])))]
    if measure == "sisa":
        rows.append(_row(TOO_FEW, f"< {REPORTS_NEEDED} laporan"))
    return html.Div([html.P(TITLES[measure]), html.Ul(rows)])


def islands(rows: Sequence[Island]) -> html.Div:
    """The islands as a list: they lie 20 to 90 km north. Nothing when another wilayah was chosen."""
    if not rows:
        return html.Div()
    items = [html.Li([html.I(className=f"hx m{row.sign}"), row.name, " ", _count(row)]) for row in rows]
    return html.Div([html.P(["Kepulauan Seribu", html.Span("skema, bukan skala")]), html.Ul(items)])


def _row(sign: str, name: str) -> html.Li:
    return html.Li([html.I(className=f"m{sign}"), name])


def _count(row: Island) -> html.A:
    return html.A(integer(row.reports_count), href=row.href, className="num")
