"""How many reports of each channel have a usable point."""

from dataclasses import replace

import numpy as np
from dash import dcc, html

from components import ids
from components.channel_tables import PointsRow, points_table
from components.desk import foot, lead
from components.formats import integer, percent
from components.panels import panel
from components.states import empty
from data_access.channels import located_counts
from pages._asked import Asked

PARTS = ((ids.CHANNELS_POINTS_BODY, "children"), (ids.CHANNELS_POINTS_FACT, "children"))


def section():
    """The frame of the panel."""
    return panel("Laporan bertitik", ids.CHANNELS_POINTS_BODY, fact_id=ids.CHANNELS_POINTS_FACT, class_name="cpoints")


def parts(asked: Asked) -> dict:
    """What the panel shows."""
    counts, located = located_counts(asked.frame, asked.period, asked.as_of_us)
    total, total_located = int(counts.sum()), int(located.sum())
    link = dcc.Link(integer(total_located), href=asked.entered_href(point="ya"), className="num")
    fact = asked.fact(f"dari {integer(total)}")
    return {
        (ids.CHANNELS_POINTS_BODY, "children"): _body(asked, counts, located),
        (ids.CHANNELS_POINTS_FACT, "children"): [link, " ", *(fact if isinstance(fact, list) else [fact])],
    }


def _body(asked: Asked, counts: np.ndarray, located: np.ndarray):
    order = [code for code in np.argsort(-counts, kind="stable").tolist() if counts[code]]
    if not order:
        return empty(f"Tidak ada laporan pada {asked.words} untuk saringan ini.")
    rows = [_row(asked, code, int(counts[code]), int(located[code])) for code in order]
    words = f"{percent(located.sum() / counts.sum())}% laporan yang masuk {asked.words} punya titik di Jakarta."
    table = html.Div(points_table(rows, "Laporan bertitik per kanal"), className="wide")
    return html.Div([lead(words), table, foot("Titik di luar Jakarta atau pada 0,0 tidak dihitung bertitik.")])


def _row(asked: Asked, code: int, count: int, located_count: int) -> PointsRow:
    identifier, name = asked.frame.names.channels[code]
    if not code:
        return PointsRow(name, count, located_count, None, None)
    filters = replace(asked.filters, channel_id=identifier)
    hrefs = asked.entered_href(filters=filters), asked.entered_href(filters=filters, point="ya")
    return PointsRow(name, count, located_count, *hrefs)
