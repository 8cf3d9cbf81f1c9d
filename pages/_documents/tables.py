"""Tables and charts that several documents share, from the figures of a month."""

from collections.abc import Sequence

import numpy as np

from components.documents.content import Bars, Column, Line, Table
from components.formats import decimal, integer, month_name, month_short, percent
from data_access.document_figures import UnitMonth
from data_access.ranking import Ranking
from pages._documents.subject import Subject
from scoring.grades import shown

TOP = 5
NUMBER = Column("No", "count", 0.35)


def score_text(month: UnitMonth, code: int) -> str:
    """The score of a unit with two decimals that never contradict its grade; 'N/A' without one."""
    grade = month.grade(code)
    return "N/A" if grade is None else shown(float(month.standing[code]), grade, month.rules.grades)


def range_text(grade: str | None, grades: dict[str, float | None]) -> str:
    """'85 – 100', '75 – 84', 'di bawah 50'."""
    if grade is None:
        return "belum ada nilai"
    order = list(grades)
    low, above = grades[grade], order[order.index(grade) - 1] if order.index(grade) else None
    if low is None:
        return f"di bawah {grades[above]:g}"
    return f"{low:g} – {100 if above is None else grades[above] - 1:g}"


def ranked(name: str, title: str, found: Ranking, month: UnitMonth, places: Sequence[int]) -> Table:
    """Units of a level, by their places in it, in this order."""
    rows = []
    for number, place in enumerate(places, start=1):
        code = int(found.level.codes[place])
        grade = month.grade(code)
        unit = month.names.holder(code)
        words = (grade or "–", range_text(grade, month.rules.grades), score_text(month, code))
        rows.append((number, unit, *words, int(found.figures.reports[place]), _remark(found, place)))
    columns = (NUMBER, Column(title, width=1.5), Column("Peringkat", width=0.75), Column("Nilai", width=0.85))
    columns += (Column("Nilai akhir", width=0.85), Column("Laporan", "count", 0.7), Column("Keterangan", width=2))
    return Table(name, columns, tuple(rows))


def by_standing(month: UnitMonth, codes: np.ndarray) -> list[int]:
    """Places of `codes` with a score, the highest first; equal ones by name."""
    values = month.standing[codes]
    there = np.flatnonzero(~np.isnan(values))
    names = [month.names.units[code].name for code in codes.tolist()]
    return sorted(there.tolist(), key=lambda place: (-values[place], names[place]))


def _remark(found: Ranking, place: int) -> str:
    """'respons ≤ 6 jam 93,1 %, median 5,8 jam'."""
    figures = found.figures
    words = []
    if figures.answer_due[place]:
        share = float(figures.answered_in_time[place] / figures.answer_due[place])
        words.append(f"respons ≤ 6 jam {percent(share)} %")
    median = float(figures.median_hours[place])
    words.append("belum ada yang selesai" if median != median else f"median {decimal(median)} jam")
    return ", ".join(words)


def top_categories(month: UnitMonth, subject: Subject, counts: np.ndarray) -> tuple[Table, Bars | None]:
    """The categories with most reports; `counts` int64 per category code."""
    labels = [name for _, name in month.names.categories]
    return _top("Top 5 kategori", "Kategori", labels, counts)


def top_channels(month: UnitMonth, counts: np.ndarray) -> tuple[Table, Bars | None]:
    """The channels with most reports."""
    return _top("Kanal", "Kanal", [name for _, name in month.names.channels], counts)


def top_units(month: UnitMonth, subject: Subject, counts: np.ndarray) -> tuple[Table, Bars | None]:
    """The holders with most reports; `counts` int64 per unit code."""
    labels = [month.names.holder(code) for code in range(len(month.names.units))]
    return _top("Top 5 unit kerja", "Unit kerja", labels, np.where(subject.inside, counts, 0))


def _top(name: str, title: str, labels: list[str], counts: np.ndarray) -> tuple[Table, Bars | None]:
    whole = int(counts.sum())
    order = [code for code in np.argsort(-counts, kind="stable").tolist() if counts[code]][:TOP]
    rows = tuple((place, labels[code], int(counts[code]), counts[code] / whole) for place, code in enumerate(order, 1))
    columns = (NUMBER, Column(title, width=2.5), Column("Jumlah", "count", 0.8), Column("Bagian", "share", 0.8))
    table = Table(name, columns, tuple((*row[:3], float(row[3])) for row in rows))
    if not rows:
        return table, None
    return table, Bars(f"{name}, jumlah laporan", tuple(row[1] for row in rows), tuple(float(row[2]) for row in rows))


def year_table(months: Sequence[UnitMonth], subject: Subject) -> Table:
    """A line per month: reports, how many are done, and of a unit the score and its grade."""
    rows = []
    for number, month in enumerate(months, start=1):
        count, done = month.count[subject.inside].sum(), month.completed[subject.inside].sum()
        left = int(count - done)
        status = (
            "tanpa aduan baru" if not count else "selesai seluruhnya" if not left else f"{integer(left)} belum selesai"
        )
        words = (score_text(month, subject.code), month.grade(subject.code) or "–")
        words = (*words, month.stamp if month.decided else "berjalan")
        rows.append((number, month_name(str(month.period)), int(count), int(done), status, *words))
    total = ("", "Jumlah", sum(row[2] for row in rows), sum(row[3] for row in rows), "", "", "", "")
    columns = (NUMBER, Column("Bulan", width=1.1), Column("Pengaduan", "count", 0.9), Column("Selesai", "count", 0.8))
    columns += (Column("Status TL", width=1.4), Column("Nilai", width=0.7), Column("Peringkat", width=0.8))
    columns += (Column("Keterangan", width=1.1),)
    used = len(columns) if subject.unit else 5  # the province has no score
    return Table("Rekapitulasi", columns[:used], tuple(row[:used] for row in rows), total=total[:used])


def _point(month: UnitMonth, code: int) -> float | None:
    """As printed: a chart never shows a score on the other side of a grade's limit."""
    if not month.decided or month.grade(code) is None:
        return None
    return float(score_text(month, code).replace(",", "."))


def score_line(months: Sequence[UnitMonth], subject: Subject) -> Line | None:
    """The decided scores month by month against the limit of the highest grade; None without any."""
    values = tuple(_point(month, subject.code) for month in months)
    if not any(value is not None for value in values):
        return None
    best, limit = next(iter(months[-1].rules.grades.items()))
    labels = tuple(month_short(str(month.period)) for month in months)
    return Line("Nilai akhir per bulan", labels, values, limit=(f"{best} mulai {limit:g}", float(limit)))
