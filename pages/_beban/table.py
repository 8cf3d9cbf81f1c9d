"""The table of the load: one row per unit of a level, or per officer."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from components.report_list import report_href
from components.text_table import sortable, text_table
from components.tkd_table import Column, unit_href
from components.workload_table import LoadLinks, LoadRow, load_row
from data_access import workload
from data_access.frame import MICROSECONDS_PER_DAY
from data_access.listing import Listing, href
from data_access.workload import DAYS, WEEK_DAYS
from pages._beban.asked import DEFAULT_SORT, SORTS, Asked

TOLD_BY_PARENT = ("kecamatan", "kelurahan", "upt", "blud")  # the others say it in their name
WHO = "~~"  # stands for the unit or officer in an address that is made once for all rows


def table(asked: Asked) -> dict:
    """As components/text_table.py makes it."""
    columns = sortable(_columns(asked), asked.sort, DEFAULT_SORT, SORTS)
    shape = "one flat load officers" if asked.officers else "one flat load"
    return text_table("Beban kerja", columns, _rows(asked), shape)


def _columns(asked: Asked) -> list[Column]:
    waiting = [] if asked.officers else [Column("tunggu", "Menunggu", "Belum ditanggapi pemegangnya")]
    return [
        Column("nama", "Petugas" if asked.officers else "Unit"),
        Column("terbuka", "Terbuka", "Laporan yang belum selesai, dari bulan mana pun"),
        Column("lewat", "Lewat batas", "Terbuka dan sudah melewati batas waktu terakhir kategorinya"),
        *waiting,
        Column("masuk", f"Masuk {DAYS} hari", f"Diterima dalam {DAYS} hari penuh terakhir, menurut pemegang sekarang"),
        Column("tutup", f"Selesai {DAYS} hari", f"Selesai dalam {DAYS} hari penuh terakhir"),
        Column("pekan", f"Selesai {WEEK_DAYS} hari", f"Selesai dalam {WEEK_DAYS} hari penuh terakhir"),
        Column("kapasitas", "Masuk / kapasitas", "Masuk per hari dibagi kapasitas: yang selesai pada hari yang baik"),
        Column("neraca", "Tumpukan", f"Masuk dikurangi selesai, per hari, {DAYS} hari terakhir"),
        Column("habis", "Habis dalam", f"Terbuka dibagi selesai per hari, {WEEK_DAYS} hari terakhir"),
        Column("tertua", "Tertua", "Umur laporan terbuka yang paling lama"),
    ]


def _rows(asked: Asked) -> Iterator[tuple[str, str]]:
    parts = _addresses(asked)
    for place in asked.shown:
        yield load_row(_row(asked, place, parts), DAYS, WEEK_DAYS)


def _addresses(asked: Asked) -> dict[str, list[str]]:
    """Name of a count -> the address of its list, cut where the unit or officer stands."""
    filters = asked.filters if asked.officers else replace(asked.filters, unit_id=WHO)
    found = workload.listings(filters, asked.as_of_us)
    if asked.officers:
        found = {name: replace(listing, officer_id=WHO) for name, listing in found.items()}
    return {name: _address(listing) for name, listing in found.items()}


def _address(listing: Listing) -> list[str]:
    return href(listing).split(WHO)


def _row(asked: Asked, place: int, parts: dict[str, list[str]]) -> LoadRow:
    load, oldest = asked.load, int(asked.load.oldest[place])
    who, full_name, note = _who(asked, place)
    age_us = asked.as_of_us - int(asked.frame.entered[oldest]) if oldest >= 0 else 0
    number = asked.frame.number[oldest] if oldest >= 0 else ""
    clearing, share = float(load.clearing_days[place]), float(load.capacity_share[place])
    return LoadRow(
        key=who,
        name=asked.names[place],
        full_name=full_name,
        note=note,
        links=_links(asked, who, parts),
        open_count=int(load.open[place]),
        overdue_count=int(load.overdue[place]),
        waiting_count=None if asked.officers else int(load.waiting[place]),
        entered_count=int(load.entered[place]),
        closed_count=int(load.closed[place]),
        closed_week_count=int(load.closed_week[place]),
        capacity_share=None if share != share else share,
        growth_per_day=float(load.growth_per_day[place]),
        clearing_days=None if clearing != clearing else clearing,
        oldest_days=max(age_us // MICROSECONDS_PER_DAY, 0) if oldest >= 0 else None,
        oldest_number=number,
        oldest_href=report_href(number),
    )


def _who(asked: Asked, place: int) -> tuple[str, str, str]:
    """(identifier, full name, quiet word)."""
    names = asked.frame.names
    if asked.officers:
        officer = asked.officers.officers[place]
        code = names.unit_code(officer.unit_id) if officer.unit_id else None
        holder = names.holder(code) if code else ""
        return officer.officer_id, f"{officer.alias}, {names.units[code].name}" if code else officer.alias, holder
    unit = asked.level.units[place]
    parent = names.unit_code(unit.parent_id) if unit.parent_id and unit.unit_type in TOLD_BY_PARENT else None
    above = names.holder(parent) if parent else ""
    return unit.unit_id, unit.name, above


def _links(asked: Asked, who: str, parts: dict[str, list[str]]) -> LoadLinks:
    quoted = quote(who, safe=".,-:~")
    there = {name: quoted.join(pieces) for name, pieces in parts.items()}
    unit = None if asked.officers else unit_href(who, None)
    names = ("open", "overdue", "waiting", "entered", "closed", "closed_week")
    return LoadLinks(unit, **{name: there[name] for name in names})
