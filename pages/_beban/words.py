"""The words around the workload: head, choices, findings, method. All made from data."""

from dataclasses import replace

from dash import dcc, html

from components.desk import choice, desk_head, foot, lead
from components.formats import integer
from components.tkd_table import unit_href
from components.workload_table import growth_words
from data_access import workload
from data_access.filters import Filters
from data_access.listing import NO_OFFICER, href
from data_access.workload import DAYS, WEEK_DAYS
from pages._beban.asked import DEFAULT_LEVEL, OFFICERS, PAGE_ROWS, Asked, of_officers

LEVELS_OFFERED = (
    ("skpd", "SKPD"),
    ("sudin", "Sudin"),
    ("kota", "Kota"),
    ("kecamatan", "Kecamatan"),
    ("kelurahan", "Kelurahan"),
    ("upt", "UPT/BLUD/BUMD"),
)
METHOD = (
    f"Beban menurut pemegang sekarang, dengan unit di bawahnya. Masuk, selesai, dan tumpukan dihitung atas {DAYS} hari "
    "penuh sampai kemarin; tumpukan adalah masuk dikurangi selesai per hari. Laporan yang berpindah pemegang dihitung "
    "pada pemegang sekarang. Kapasitas unit: jumlah selesai per hari yang hanya dilampaui pada satu dari sepuluh hari "
    f"dalam {DAYS} hari itu. Habis dalam: laporan terbuka dibagi selesai per hari selama {WEEK_DAYS} hari terakhir, "
    "seandainya tidak ada laporan baru."
)


def head(query: dict[str, str], filters: Filters) -> html.Div:
    """Title, that this is about now, and the choice of units of a level or officers."""
    sub = ["Keadaan sekarang, laporan dari bulan mana pun."]
    if filters.period:
        sub = [html.B("Pilihan periode tidak mengubah layar ini: "), "beban kerja selalu keadaan sekarang."]
    return desk_head([("Beban kerja", None)], "Beban kerja", sub, choice(_shapes(query), "Beban menurut"))


def _shapes(query: dict[str, str]) -> list[tuple[str, str, bool]]:
    officers, here = of_officers(query), query.get("jenis", DEFAULT_LEVEL)
    levels = [(words, _level_href(name), not officers and name == here) for name, words in LEVELS_OFFERED]
    return [*levels, ("Petugas", f"?lihat={OFFICERS}&jenis=&urut=&halaman=", officers)]


def _level_href(name: str) -> str:
    return f"?jenis={'' if name == DEFAULT_LEVEL else name}&lihat=&halaman="


def finding(asked: Asked) -> html.P:
    """Whose pile grows most; nothing more is claimed."""
    if not asked.listed:
        return lead(_nothing(asked))
    load = asked.load
    growing = sum(float(load.growth_per_day[place]) >= 0.05 for place in asked.listed)
    most = max(asked.listed, key=lambda place: float(load.growth_per_day[place]))
    who = "petugas" if asked.officers else "unit"
    parts = [html.B(f"Pada {integer(growing)} dari {integer(len(asked.listed))} {who} tumpukan bertambah.")]
    if growing:
        parts += [" Paling cepat ", _name(asked, most), f", {growth_words(float(load.growth_per_day[most]))}."]
    return lead([*parts, *_without_officer(asked)])


def _name(asked: Asked, place: int):
    if asked.officers is None:
        return dcc.Link(asked.names[place], href=unit_href(asked.level.units[place].unit_id, None), className="num")
    officer = asked.officers.officers[place]
    code = asked.frame.names.unit_code(officer.unit_id) if officer.unit_id else None
    return f"{officer.alias} ({asked.frame.names.holder(code)})" if code else officer.alias


def _without_officer(asked: Asked) -> list:
    if asked.officers is None:
        return []
    here = int(asked.load.open.sum())
    listing = workload.listings(asked.filters, asked.as_of_us)["open"]
    link = href(replace(listing, officer_id=NO_OFFICER))
    without = dcc.Link(integer(asked.open_count - here), href=link, className="num")
    return [" ", without, " laporan terbuka belum punya petugas."]


def _nothing(asked: Asked) -> str:
    if asked.officers is not None and not asked.officers.officers:
        return "CRM tidak memuat petugas, jadi beban per petugas tidak dapat dihitung."
    return "Tidak ada laporan terbuka atau baru dalam saringan ini."


def fact(asked: Asked) -> str:
    """How many rows there are."""
    who = "petugas" if asked.officers else "unit"
    return f"{integer(len(asked.listed))} {who} dengan laporan"


def pager(asked: Asked) -> html.Div:
    """The way to the other rows of a long list; empty for one page."""
    if asked.officers is None or asked.pages == 1:
        return html.Div()
    first = (asked.page - 1) * PAGE_ROWS + 1
    last = min(asked.page * PAGE_ROWS, len(asked.listed))
    words = f"{integer(first)}–{integer(last)} dari {integer(len(asked.listed))}"
    links = [_page("Sebelumnya", asked.page - 1)] if asked.page > 1 else []
    links += [_page("Berikutnya", asked.page + 1)] if asked.page < asked.pages else []
    return html.Div([html.Span(words), *links], className="pager")


def _page(words: str, page: int) -> html.A:
    return html.A(words, href=f"?halaman={'' if page == 1 else page}", className="btn-q", **{"data-stay": ""})


def method() -> html.P:
    """How the figures are meant."""
    return foot(METHOD)
