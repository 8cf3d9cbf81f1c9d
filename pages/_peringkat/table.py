"""The table of all units of a level: those with a rank first, those with too few reports apart."""

from collections.abc import Iterator

import numpy as np

from components.formats import MONTHS_SHORT, integer, month_year
from components.ranking_table import RankRow, rank_row
from components.text_table import heading, sortable, text_table
from components.tkd_table import Column
from data_access.dimensions import Unit
from data_access.live import State
from pages._peringkat.asked import DEFAULT_SORT, SORTS, Asked
from pages._peringkat.links import RowLinks
from scoring.grades import shown

SHAPE = "one flat ranking"
TOLD_BY_PARENT = ("kecamatan", "kelurahan", "upt", "blud")
SPARK_MARGIN_POINTS = 2.0
LOWEST_DRAWN_PERCENT = 5  # what lies lower is drawn at the edge, so that the others keep their shape


def table(asked: Asked, state: State) -> dict:
    """As components/text_table.py makes it."""
    columns = sortable(_columns(asked), asked.sort, DEFAULT_SORT, SORTS)
    return text_table(f"Peringkat {asked.kind}", columns, _rows(asked, state, len(columns)), SHAPE)


def _columns(asked: Asked) -> list[Column]:
    before = MONTHS_SHORT[asked.found.period.previous.month - 1]
    month = month_year(str(asked.found.period))
    entered = f"dari laporan yang masuk {month}"
    return [
        Column("peringkat", "No.", f"Peringkat menurut nilai, dan gerak tempat sejak {before}"),
        Column("nama", "Unit"),
        Column("nilai", "Nilai", "Nilai TKD, dari semua laporan unit"),
        Column("rentang", "Rentang", "Peringkat terbaik dan terburuk yang masih cocok dengan nilainya"),
        Column("selisih", f"Sejak {before}", f"Selisih dengan nilai {month_year(str(asked.found.period.previous))}"),
        Column("riwayat", "12 bulan", "Nilai pada tiap cut-off, bulan ini sebagaimana sekarang"),
        Column("jumlah", "Laporan", f"Laporan yang masuk {month}"),
        Column("tuntas", "Selesai", f"Bagian yang sudah selesai, {entered}"),
        Column("rerata", "Rerata jam", f"Rata-rata jam dari masuk sampai selesai, {entered}"),
        Column("tengah", "Median jam", f"Median jam dari masuk sampai selesai, {entered}"),
        Column("jawab", "Respons ≤ 6 j", f"Bagian yang dijawab dalam 6 jam, {entered}"),
    ]


def _rows(asked: Asked, state: State, columns_count: int) -> Iterator[tuple[str, str]]:
    links, (low, high) = RowLinks(asked, state), _edges(asked)
    for place in asked.ranked:
        yield rank_row(_row(asked, place, links), len(asked.ranked), low, high)
    if asked.small:
        note = f"{integer(len(asked.small))} unit dengan kurang dari {integer(asked.found.minimum)} laporan"
        yield heading("kecil", "Sampel kecil", f"{note}, tanpa peringkat", columns_count)
    for place in asked.small:
        yield rank_row(_row(asked, place, links), len(asked.ranked), low, high)


def _edges(asked: Asked) -> tuple[float, float]:
    """The scores between which all small lines of months are drawn."""
    history = asked.found.history
    values = history[~np.isnan(history)] if history is not None else np.zeros(0)
    if not len(values):
        return 0.0, 100.0
    low, high = np.percentile(values, [LOWEST_DRAWN_PERCENT, 100])
    return float(low) - SPARK_MARGIN_POINTS, float(high)


def _row(asked: Asked, place: int, links: RowLinks) -> RankRow:
    found, figures = asked.found, asked.found.figures
    unit = found.level.units[place]
    has_rank = bool(found.ranked[place])
    before = int(found.previous_rank[place])
    score, grade = score_words(asked, place)
    return RankRow(
        key=unit.unit_id,
        name=asked.names[place],
        full_name=unit.name,
        note=_above(asked, unit),
        links=links.of(place),
        rank=int(found.rank[place]) if has_rank else None,
        places=before - int(found.rank[place]) if has_rank and before else None,
        best=int(found.best[place]),
        worst=int(found.worst[place]),
        score=score,
        grade=grade,
        month_points=_known(found.since_month[place]),
        months=() if found.history is None else tuple(map(_known, found.history[place].tolist())),
        reports_count=int(figures.reports[place]),
        completed_count=int(figures.completed[place]),
        mean_hours=_known(figures.mean_hours[place]),
        median_hours=_known(figures.median_hours[place]),
        answered_count=int(figures.answered_in_time[place]),
        due_count=int(figures.answer_due[place]),
    )


def score_words(asked: Asked, place: int) -> tuple[str | None, str | None]:
    """(score, grade) in words; None without one."""
    code = int(asked.found.grade[place])
    if code < 0:
        return None, None
    grades = asked.found.rules.grades
    letter = list(grades)[code]
    return shown(float(asked.found.standing[place]), letter, grades), letter


def _above(asked: Asked, unit: Unit) -> str:
    """The unit it belongs to, where the name does not say so already."""
    names = asked.found.level.names
    parent = names.unit_code(unit.parent_id) if unit.parent_id and unit.unit_type in TOLD_BY_PARENT else None
    return names.holder(parent) if parent else ""


def _known(value: float) -> float | None:
    return None if value != value else float(value)
