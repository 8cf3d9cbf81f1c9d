"""The table of the list of Monitor TKD: its columns, and what stands in the row of each unit."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np

from components.formats import MONTHS_SHORT, clock, month_year
from components.rounding import as_hundredths
from components.tkd_table import Column, ColumnGroup, Figures, Heading, Row, unit_href, unit_table
from data_access import monitor_tree
from data_access.monitor_rows import UnitColumns
from pages._query import OPENED_AT_MOST
from pages._tkd.foreseen import WHY
from pages._tkd_list import UnitList
from scoring import forecast
from scoring.grades import grade_of, shown
from scoring.reports import NOWHERE

FOUND_SHOWN = 100
GROUP_TITLES = {
    "wilayah": "Wilayah",
    "dinas": "Dinas",
    "badan": "Badan",
    "biro": "Biro",
    "bumd": "BUMD",
    "lain": "Lainnya",
}
ABOUT_MEAN = "Nilai ini memuat rata-rata nilai unit di bawahnya yang sudah punya laporan."
PENDING = ("menghitung", "Perkiraan sedang dihitung, muncul dalam beberapa detik.")
WHY_NO_CHANCE = {
    None: PENDING,
    forecast.SHORT_HISTORY: ("data kurang", WHY[forecast.SHORT_HISTORY]),
    forecast.FEW_REPORTS: ("data kurang", WHY[forecast.FEW_REPORTS]),
    forecast.NO_REPORTS: ("tanpa laporan", WHY[forecast.NO_REPORTS]),
}


def table(found: UnitList) -> dict:
    """The table, as components/tkd_table.py makes it."""
    name = _sortable(found, Column("nama", "Unit"))
    groups = [_group(found, columns, place == 0) for place, columns in enumerate(found.columns)]
    return unit_table("Nilai TKD per unit", name, groups, _rows(found))


def _rows(found: UnitList) -> Iterator[Row | Heading]:
    if found.searched:
        return (_flat_row(found, code) for code in found.found[:FOUND_SHOWN])
    if found.flat:
        return (_flat_row(found, code) for code in found.listed)
    return _tree_rows(found)


def _tree_rows(found: UnitList) -> Iterator[Row | Heading]:
    types = found.main.units.types
    children = monitor_tree.children_of(found.sorted_codes, found.parents)
    first_level = children.get(NOWHERE, [])
    for group in monitor_tree.GROUPS:
        top = [code for code in first_level if monitor_tree.GROUP_OF.get(types[code], "lain") == group]
        if top:
            yield Heading(group, GROUP_TITLES[group], str(len(top)))
        for code, depth in monitor_tree.unfolded(top, children, found.opened):
            yield _tree_row(found, code, depth, code in children)


def _tree_row(found: UnitList, code: int, depth: int, has_children: bool) -> Row:
    fold_href = _fold_href(found, code) if has_children else None
    return _row(found, code, _rests_on(found.main, code), depth, fold_href, has_children and code in found.opened)


def _fold_href(found: UnitList, code: int) -> str:
    """The address with this unit opened, or shut with all that is open below it."""
    if code in found.opened:
        kept = {other for other in found.opened if code != other and code not in found.above(other)}
    else:
        kept = {code, *sorted(found.opened)[: OPENED_AT_MOST - 1]}
    return f"?buka={','.join(sorted(found.main.units.ids[other] for other in kept))}"


def _flat_row(found: UnitList, code: int) -> Row:
    above = [found.labels[parent] for parent in reversed(found.above(code))]
    notes = [", ".join(above), _rests_on(found.main, code)]
    return _row(found, code, " · ".join(note for note in notes if note))


def _rests_on(columns: UnitColumns, code: int) -> str:
    """How many units the value rests on; '' for one that rests on its own reports alone."""
    on, of = int(columns.rests_on[code]), int(columns.rests_of[code])
    if not on:
        return ""
    return f"{of} unit" if on == of else f"{on} dari {of} unit"


def _row(
    found: UnitList, code: int, note: str, depth: int = 0, fold_href: str | None = None, is_open: bool = False
) -> Row:
    unit_id = found.main.units.ids[code]
    return Row(
        unit_id=unit_id,
        name=found.labels[code],
        full_name=found.names.units[found.frame_codes[code]].name,
        note=note,
        href=unit_href(unit_id, found.query.get("periode")),
        figures=tuple(_figures(found, columns, code) for columns in found.columns),
        about=ABOUT_MEAN if found.main.rests_on[code] else "",
        depth=min(depth, 3),
        fold_href=fold_href,
        is_open=is_open,
    )


def _figures(found: UnitList, columns: UnitColumns, code: int) -> Figures:
    if columns.grade[code] < 0:
        return Figures()
    score, grades = float(columns.standing[code]), columns.rules.grades
    letter = list(grades)[columns.grade[code]]
    word, reason = WHY_NO_CHANCE.get(columns.reason[code], PENDING)
    return Figures(
        score=shown(score, letter, grades),
        grade=letter,
        day_points=moved_points(columns, code, columns.since_yesterday),
        month_points=moved_points(columns, code, columns.since_month),
        chance_share=_known(columns.chance[code]),
        chance_word=word,
        chance_reason=reason,
        reports_count=int(columns.reports[code]),
        left_count=int(columns.left[code]),
        reports_href=_reports_href(found, columns, code, "semua"),
        left_href=_reports_href(found, columns, code, "terbuka"),
    )


def moved_points(columns: UnitColumns, code: int, since: np.ndarray) -> float | None:
    """The points a standing moved, of both figures as they are shown; None where one of them is not known.

    So the list and the screen of the unit never differ by a hundredth.
    """
    now, moved, grades = float(columns.standing[code]), float(since[code]), columns.rules.grades
    if moved != moved:
        return None
    figures = [as_hundredths(shown(value, grade_of(value, grades), grades)) for value in (now, now - moved)]
    return (figures[0] - figures[1]) / 100


def _reports_href(found: UnitList, columns: UnitColumns, code: int, name: str) -> str:
    """The reports behind a count: a list on the screen of the unit, which opens the period closing first by itself."""
    period = None if _is_default(found, columns) else str(columns.period)
    href = unit_href(columns.units.ids[code], period)
    return f"{href}{'&' if period else '?'}lihat={name}"


def _is_default(found: UnitList, columns: UnitColumns) -> bool:
    return "periode" not in found.query and columns is found.main


def _known(value: float) -> float | None:
    return None if value != value else float(value)


def _group(found: UnitList, columns: UnitColumns, sortable: bool) -> ColumnGroup:
    kinds = _kinds(columns, found.state.as_of)
    titled = [_sortable(found, column) if sortable else column for column in kinds]
    until_ms = None if columns.closed else int(columns.period.cutoff.timestamp() * 1000)
    closing = not columns.closed and found.state.as_of >= columns.period.end
    note = "ditutup" if closing else "berjalan,"
    return ColumnGroup(month_year(str(columns.period)), tuple(titled), note, until_ms)


def _kinds(columns: UnitColumns, as_of: datetime) -> Sequence[Column]:
    best, before = next(iter(columns.rules.grades)), columns.period.previous
    value = "nilai akhir" if as_of >= before.cutoff else "nilai sementara"
    title = f"Sejak {MONTHS_SHORT[before.month - 1]}"
    month = Column("bulan", title, f"Selisih dengan {value} {month_year(str(before))}")
    counts = (
        Column("laporan", "Laporan", "Laporan periode ini"),
        Column("sisa", "Terbuka", "Laporan yang belum selesai"),
    )
    if columns.closed:
        return (Column("nilai", "Nilai akhir"), month, *counts)
    at = columns.yesterday_at
    since = f"Selisih dengan kemarin pukul {clock(at)}" if at else "Nilai kemarin tidak tersedia"
    return (
        Column("nilai", "Nilai"),
        Column("gerak", "Sejak kemarin", since),
        month,
        Column("peluang", f"Peluang {best}", f"Peluang nilai {best} pada cut-off"),
        *counts,
    )


def _sortable(found: UnitList, column: Column) -> Column:
    """With the link that sorts by it; the column it is sorted by turns round. The default needs no word in the URL."""
    sort, descending = found.sort
    here = sort == column.key
    turned = not descending if here else column.key != "nama"
    asked = f"-{column.key}" if turned else column.key
    href = f"?urut={'' if asked == found.default_sort else asked}"
    direction = ("descending" if descending else "ascending") if here else None
    return Column(column.key, column.title, column.about, href, direction)
