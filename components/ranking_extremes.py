"""The five highest and the five lowest, in the form of the monthly report of a kota (source 002)."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.grade_mark import grade_mark
from components.score_scale import Grades, limit_text

NIHIL = "NIHIL"
HEAD = ("Peringkat", "Nilai", "Keterangan")


@dataclass(frozen=True)
class Extreme:
    """`score` in words; `remark` what its reports say."""

    name: str
    href: str
    grade: str
    score: str
    remark: str


def extremes(caption: str, kind: str, rows: Sequence[Extreme], grades: Grades) -> html.Table:
    """Numbered names, grade, score with the bounds of the grade, a remark. Without rows NIHIL, as the report prints."""
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in (kind, *HEAD)]))
    found = [_row(number, row, grades) for number, row in enumerate(rows, start=1)]
    nothing = html.Tr(html.Td(NIHIL, colSpan=1 + len(HEAD), className="nihil"))
    return html.Table([html.Caption(caption), head, html.Tbody(found or nothing)], className="extremes")


def _row(number: int, row: Extreme, grades: Grades) -> html.Tr:
    name = html.Th([f"{number}. ", dcc.Link(row.name, href=row.href, className="num")], scope="row")
    bounds = html.Span(grade_bounds(row.grade, grades), className="t2 xs")
    score = html.Td([html.B(row.score), " ", bounds])
    return html.Tr([name, html.Td(grade_mark(row.grade, "small")), score, html.Td(row.remark, className="t2")])


def grade_bounds(grade: str, grades: Grades) -> str:
    """The scores a grade stands for: '85 – 100', '75 – 84,99', 'di bawah 50'."""
    letters = list(grades)
    place = letters.index(grade)
    above = "100" if place == 0 else f"{grades[letters[place - 1]] - 0.01:.2f}".replace(".", ",")
    limit = grades[grade]
    return f"di bawah {limit_text(grades[letters[place - 1]])}" if limit is None else f"{limit_text(limit)} – {above}"
