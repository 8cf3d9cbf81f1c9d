"""The scores of the weekly nota: where a unit stands in each open period, and where it is likely to end."""

from collections.abc import Iterator

import numpy as np

from components.documents.content import Block, Column, Heading, Paragraph, Table
from components.formats import MONTHS, integer, month_year
from data_access.document_figures import UnitMonth, unit_month
from data_access.document_forecasts import forecasts
from data_access.live import State
from data_access.outlook_figures import PeriodOutlook
from pages._documents import tables
from pages._documents.subject import Subject
from scoring import periods
from scoring.grades import grade_of, shown

KOTA = ("kota", "kabupaten")


def blocks(subject: Subject, state: State) -> Iterator[Block]:
    """A part per open period, the one closing first. Raises DatabaseUnavailable."""
    ahead = forecasts(state)
    for period in periods.open_at(state.as_of):
        month = unit_month(state, period)
        yield Heading(f"Nilai TKD {month_year(str(period))}, cut off {_cutoff(month)}", 2)
        if subject.unit:
            yield Paragraph(" ".join(_standing(month, subject.code, ahead.get(period))))
        else:
            yield _of_kota(month, ahead.get(period))


def _cutoff(month: UnitMonth) -> str:
    after = month.period.next
    return f"{month.rules.cutoff_day} {MONTHS[after.month - 1]} {after.year}"


def _standing(month: UnitMonth, code: int, ahead: PeriodOutlook | None) -> Iterator[str]:
    grade = month.grade(code)
    if grade is None:
        yield "Belum ada nilai: belum ada laporan dalam hitungan periode ini."
    else:
        count = integer(int(month.scored[code]))
        score = tables.score_text(month, code)
        yield f"Nilai sekarang {score}, peringkat {grade}, atas {count} laporan dalam hitungan."
    if expected := _expected(month, code, ahead):
        low, middle, high = expected
        yield (
            f"Tanpa tindakan khusus nilai berakhir di sekitar {middle}; "
            f"kemungkinan 80 % di antara {low} dan {high} (perkiraan)."
        )


def _expected(month: UnitMonth, code: int, ahead: PeriodOutlook | None) -> tuple[str, str, str] | None:
    """P10, P50 and P90 at the cut-off as texts; None without a forecast."""
    if ahead is None or np.isnan(ahead.final[code - 1]).any():
        return None
    grades = month.rules.grades
    values = (float(ahead.final[code - 1][place]) for place in (0, 2, 4))
    return tuple(shown(value, grade_of(value, grades), grades) for value in values)


def _of_kota(month: UnitMonth, ahead: PeriodOutlook | None) -> Table:
    codes = np.array([code for code, unit in enumerate(month.names.units) if unit.unit_type in KOTA], np.int64)
    rows = []
    for number, place in enumerate(tables.by_standing(month, codes), start=1):
        code = int(codes[place])
        expected = _expected(month, code, ahead)
        words = (tables.score_text(month, code), month.grade(code), expected[1] if expected else "–")
        rows.append((number, month.names.holder(code), *words))
    columns = (tables.NUMBER, Column("Kota", width=2), Column("Nilai"), Column("Peringkat"), Column("Perkiraan"))
    return Table(f"Nilai kota {month.period}", columns, tuple(rows), empty="Belum ada nilai pada periode ini.")
