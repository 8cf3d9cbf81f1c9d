"""The words of the screen Peta: head with its choices, finding, table, what the points are like."""

import numpy as np
from dash import html

from components.desk import choice, desk_head, lead
from components.formats import decimal, integer
from components.peta_time import range_text
from data_access import cell_shapes, geography, hot_spots, points
from pages._peta import ground
from pages._peta.hot import HotList
from pages._peta.reading import CELLS, MEASURES, MODES, UNFINISHED, Reading
from pages._query import UNKNOWN_NAMES

MODE_NAMES = {CELLS: "Kisi", "kelurahan": "Kelurahan", "kecamatan": "Kecamatan", "kota": "Kota"}
MEASURE_NAMES = {"km2": "per km²", "sisa": "belum selesai"}
OWN_NAMES = ("mode", "ukuran", "hari")
ROWS_OF_TABLE = 15


def head(reading: Reading) -> html.Div:
    """Title, the week, and the two choices."""
    modes = [(MODE_NAMES[m], reading.choice(mode="" if m == CELLS else m), m == reading.mode) for m in MODES]
    tools = [choice(modes, "Satuan peta")]
    if reading.mode != CELLS:
        tools.insert(0, choice([_measure(m, reading) for m in MEASURES], "Ukuran"))
    title = ["Kepadatan laporan ", html.Span(range_text(*reading.window.dates), className="peta-minggu")]
    return desk_head([("Peta", None)], title, [*_unknown(reading.query), *_counted(reading)], tools)


def fact(reading: Reading) -> str:
    """What one mark of the map is."""
    if reading.mode == CELLS:
        return "kisi 0,75 km², diperbesar 0,11 km²"
    return f"menurut {reading.mode} pada laporan"


def summary(reading: Reading, hot: HotList) -> str:
    """What the map says, for those who do not see it."""
    named = ", ".join(f"{row.number} {row.name}" for row in hot.rows if row.number)
    spots = f"Titik panas bernomor: {named}." if named else "Tidak ada titik panas."
    return f"Peta kepadatan laporan {range_text(*reading.window.dates)}: {integer(len(reading.week))} laporan. {spots}"


def spots_fact(hot: HotList) -> str:
    """Compared with how many weeks."""
    return f"minggu ini dan {hot.weeks_count} minggu sebelumnya"


def no_spots(reading: Reading, hot: HotList) -> str:
    """Why there is no hot spot."""
    if reading.filters.status:
        return "Titik panas tidak dihitung bila satu status dipilih: laporan minggu-minggu lalu sudah berganti status."
    if hot.weeks_count < hot_spots.WEEKS_NEEDED:
        return "Belum cukup minggu pembanding untuk hari ini; pilih hari yang lebih akhir."
    return "Tidak ada sel di atas batas wajarnya."


def method(hot: HotList) -> list:
    """How hot spots are found, and how many are not in the list."""
    more = hot.hot_count - sum(row.number is not None for row in hot.rows)
    rest = f" {integer(more)} titik panas lain tidak ditampilkan." if more > 0 else ""
    return [
        "Panas: jumlah laporan berbeda di satu sel 0,75 km² melewati batas atas Poisson 99,9% dari rata-rata"
        f" mingguannya sendiri; kira-kira satu sel seminggu melewatinya karena kebetulan.{rest}"
    ]


def point_rows(reading: Reading, hot: HotList) -> html.Dl:
    """How many reports have a point, and what is wrong with the others."""
    kinds = np.bincount(points.kinds(reading.week), minlength=5).tolist()
    total = _link(len(reading.week), reading.list_of_week())
    inside = _link(kinds[points.INSIDE], reading.list_of_week(point="ya"))
    rows = [
        ("Bertitik di Jakarta", [inside, " dari ", total]),
        ("Tanpa titik", _link(kinds[points.NONE], reading.list_of_week(point="tanpa"))),
        ("Titik di 0° lintang, 0° bujur", _link(kinds[points.NULL_ISLAND], reading.list_of_week(point="nol"))),
        ("Lintang dan bujur tertukar", _link(kinds[points.SWAPPED], reading.list_of_week(point="tukar"))),
        ("Titik di luar Jakarta", _link(kinds[points.OUTSIDE], reading.list_of_week(point="luar"))),
        ("Duplikat digabung", f"{integer(hot.merged_count)} (kategori sama, ≤ 50 m, ≤ 48 jam)"),
    ]
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows], className="peta-titik")


def table(reading: Reading) -> html.Details:
    """The map as a table: its fullest cells or areas."""
    rows = _cell_rows(reading) if reading.mode == CELLS else _area_rows(reading)
    lines = [_line(*row) for row in rows]
    titles = html.Tr([html.Th(title, scope="col") for title in ("Tempat", "Laporan", "Ukuran")])
    body = html.Table([html.Thead(titles), html.Tbody(lines)])
    return html.Details([html.Summary(f"Sebagai tabel: {len(rows)} teratas"), body], className="peta-tabel")


def _line(name: str, count: int, href: str, figure: str) -> html.Tr:
    return html.Tr([html.Td(name), html.Td(_link(count, href)), html.Td(figure)])


def finding(reading: Reading) -> html.P:
    """The place with most reports, or with the highest share not done."""
    rows = _cell_rows(reading) if reading.mode == CELLS else _area_rows(reading)
    if not rows:
        return lead("Tidak ada laporan pada minggu ini yang dapat ditunjukkan di peta untuk pilihan ini.")
    name, count, href, figure = rows[0]
    most = "Bagian tertinggi di " if reading.measure == UNFINISHED else "Terbanyak di "
    return lead([most, html.B(name), ": ", _link(count, href), f" laporan, {figure}."])


def _measure(measure: str, reading: Reading) -> tuple[str, str, bool]:
    href = reading.choice(ukuran="" if measure == MEASURES[0] else measure)
    return MEASURE_NAMES[measure], href, measure == reading.measure


def _counted(reading: Reading) -> list:
    partial = reading.window.end_day == reading.days[1] and not reading.filters.period
    today = ", hari ini belum penuh" if partial else ""
    return [_link(len(reading.week), reading.list_of_week()), f" laporan dalam 7 hari{today}"]


def _unknown(query: dict[str, str]) -> list:
    bad = [name for name in query.get(UNKNOWN_NAMES, "").split(",") if name in OWN_NAMES]
    return [html.B(f"Pilihan pada tautan tidak dikenal dan diabaikan: {', '.join(bad)}. ")] if bad else []


def _cell_rows(reading: Reading) -> list[tuple[str, int, str, str]]:
    cells = reading.week.cell[reading.week.cell >= 0]
    counts = np.bincount(cells, minlength=len(geography.wall_cells()))
    order = np.argsort(-counts, kind="stable")[:ROWS_OF_TABLE]
    density = counts / geography.wall_areas_km2()
    names, kelurahan = geography.names(), geography.kelurahan_codes()
    return [
        (
            f"sel di {names[kelurahan[int(cell_shapes.kelurahan_of_wall()[cell])]]}",
            int(counts[cell]),
            reading.list_of_week(cell=geography.wall_cells()[cell]),
            f"{decimal(float(density[cell]))} per km²",
        )
        for cell in order.tolist()
        if counts[cell]
    ]


def _area_rows(reading: Reading) -> list[tuple[str, int, str, str]]:
    rows = ground.area_texts(reading)[:ROWS_OF_TABLE]
    return [
        (name, count, reading.list_of_week(area_code=reading.area_meant(code)), figure)
        for code, name, count, figure in rows
        if count
    ]


def _link(count: int, href: str) -> html.A:
    return html.A(integer(count), href=href, className="num")
