"""The month by category, unit or channel."""

from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
from dash import html

from components import ids
from components.desk import choice, foot, lead
from components.formats import decimal, integer
from components.panels import panel
from components.states import empty
from components.times_table import TimesRow, times_table
from data_access.durations_of import FEW_REPORTS, Group, by_code
from data_access.filters import Filters
from data_access.units_below import level_below
from pages._asked import Asked
from pages._query import AXES
from pages._waktu.rows import times_row

PARTS = ((ids.TIMES_GROUPS_BODY, "children"), (ids.TIMES_GROUPS_FACT, "children"))
TITLES = {"kategori": "Kategori", "unit": "Unit", "kanal": "Kanal"}
DEFAULT_SORT = "-selesai"
KEYS = {
    "selesai": lambda row: row.count,
    "rerata": lambda row: row.mean_hours,
    "median": lambda row: row.median_hours,
    "p90": lambda row: row.p90_hours,
    "respons": lambda row: row.response_share,
    "7hari": lambda row: row.week_share,
    "14hari": lambda row: row.two_weeks_count,
    "lebih": lambda row: row.beyond_count,
}


def section():
    """The frame of the panel."""
    title = "Menurut kategori, unit, kanal"
    return panel(title, ids.TIMES_GROUPS_BODY, fact_id=ids.TIMES_GROUPS_FACT, class_name="groups")


def parts(asked: Asked) -> dict:
    """What the panel shows."""
    axis = asked.query.get("menurut", AXES[0])
    groups = by_code(asked.frame, _codes(asked, axis), asked.period, asked.as_of_us)
    rows = in_order([_row(asked, axis, group) for group in groups], asked.query.get("urut", DEFAULT_SORT))
    return {
        (ids.TIMES_GROUPS_BODY, "children"): _body(asked, axis, rows),
        (ids.TIMES_GROUPS_FACT, "children"): asked.fact(f"{integer(len(rows))} baris"),
    }


def in_order(rows: list[TimesRow], sort: str) -> list[TimesRow]:
    """Sorted by a column; rows with few reports and then those without a value come after the others."""
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    if name == "nama":
        return sorted(rows, key=lambda row: row.name.lower(), reverse=descending)
    key = KEYS.get(name, KEYS["selesai"])
    sign = -1 if descending or name not in KEYS else 1
    apart = name not in ("selesai", "14hari", "lebih")
    return sorted(rows, key=lambda row: (key(row) is None, apart and row.few, sign * (key(row) or 0), row.name.lower()))


def _codes(asked: Asked, axis: str) -> np.ndarray:
    """int per row of the frame: its group, -1 for none."""
    if axis == "kategori":
        return asked.frame.category
    if axis == "kanal":
        return asked.frame.channel
    return level_below(asked.frame.names, asked.filters.unit_id)[asked.frame.unit]


def _row(asked: Asked, axis: str, group: Group) -> TimesRow:
    name, filters, name_href = _group(asked, axis, group.code)
    figures = (asked, name, group.durations, group.responses)
    return times_row(*figures, filters=filters, name_href=name_href, linked=filters is not None)


def _group(asked: Asked, axis: str, code: int) -> tuple[str, Filters | None, str | None]:
    """Name, the filters that mean the group alone (None: none do), and where its name leads."""
    names = asked.frame.names
    if axis == "unit":
        unit = names.units[code]
        if not code:
            return unit.name, None, None
        if unit.unit_id == asked.filters.unit_id:
            return f"{names.holder(code)}, langsung", None, None
        return names.holder(code), replace(asked.filters, unit_id=unit.unit_id), f"?{urlencode({'unit': unit.unit_id})}"
    identifier, name = (names.categories if axis == "kategori" else names.channels)[code]
    if not code:
        return name, None, None
    narrowed = {"category_id" if axis == "kategori" else "channel_id": identifier}
    query = {"batas" if axis == "kategori" else "kanal": identifier}
    return name, replace(asked.filters, **narrowed), f"?{urlencode(query)}"


def _body(asked: Asked, axis: str, rows: list[TimesRow]) -> html.Div:
    options = [(TITLES[name], f"?menurut={'' if name == AXES[0] else name}", name == axis) for name in AXES]
    chosen = html.Div(choice(options, "Menurut"), className="list-tools")
    if not rows:
        return html.Div([chosen, empty("Tidak ada laporan untuk saringan ini pada bulan ini.")])
    caption = f"Waktu penyelesaian menurut {TITLES[axis].lower()}, {asked.words}"
    table = times_table(caption, TITLES[axis], rows, asked.query.get("urut", DEFAULT_SORT))
    return html.Div([chosen, lead(finding(rows)), html.Div(table, className="wide"), foot(_caveat(axis))])


def finding(rows: list[TimesRow]):
    """The slowest and the fastest by median, among those with enough reports."""
    enough = sorted((row for row in rows if not row.few), key=lambda row: row.median_hours)
    if len(enough) < 2:
        return f"Belum cukup laporan untuk dibandingkan: kurang dari {FEW_REPORTS} laporan selesai per baris."
    fast, slow = enough[0], enough[-1]
    return [
        "Paling lama ",
        html.B(slow.name),
        f", median {decimal(slow.median_hours)} jam; paling cepat ",
        html.B(fast.name),
        f", {decimal(fast.median_hours)} jam.",
    ]


def _caveat(axis: str) -> str:
    words = (
        f"* kurang dari {FEW_REPORTS} laporan selesai: satu laporan saja mengubah angkanya, maka diurutkan terakhir. "
    )
    words += "Garis: median sampai P90; tanda tegak: rerata. "
    if axis == "unit":
        words += "Tiap unit bersama semua unit di bawahnya; pilih namanya untuk melihat satu tingkat ke bawah."
    if axis == "kategori":
        words += "Pilih nama kategori untuk melihat sebarannya terhadap batas."
    return words
