"""The parts of a score: what each gave of what it could, on one scale, and how the sum becomes the score."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.desk import foot
from components.formats import integer
from components.grade_mark import grade_mark
from components.rounding import points

UNITS_SHOWN = 24


@dataclass(frozen=True)
class Part:
    """One row. `quiet`, `formula`: text or components; the points are hundredths, `lost` of the final score."""

    name: str
    quiet: object
    formula: object
    obtained: int
    maximum: int
    lost: int


@dataclass(frozen=True)
class UnitBelow:
    """A unit whose score is part of an upper unit's: `share` of the standing, `lost` hundredths of its points."""

    name: str
    href: str
    shown: str
    grade: str
    lost: int


def score_parts(parts: Sequence[Part], total: list, shown: str, grade: str, caveat) -> html.Div:
    """The table of parts, the line of the sum (`total`: its left side) and the caveat."""
    head = ("Bagian dan rumus dengan angka unit ini", "Poin dari maksimum", "Diperoleh", "Hilang*")
    scale = max(part.maximum for part in parts)
    rows = [_row(part, scale) for part in parts]
    titles = html.Div([html.Span(words) for words in head], className="ln titles xs t2", **{"aria-hidden": "true"})
    return html.Div([titles, *rows, sum_line(total, shown, grade), foot(caveat)], className="sp")


def sum_line(total: list, shown: str, grade: str) -> html.Div:
    """'(…) ÷ 104,40 maksimum × 100 = 82,71 B'."""
    result = html.Span([html.B(shown), grade_mark(grade)], className="res")
    return html.Div([html.Span(total), result], className="sum")


def sum_of_parts(parts: Sequence[Part], obtained: int, maximum: int, full_score: int) -> list:
    """The left side of the sum line: '(15,94 + … = 86,35 diperoleh) ÷ 104,40 maksimum × 100 ='."""
    terms = " + ".join(points(part.obtained) for part in parts)
    before, after = [f"({terms} = ", html.B(points(obtained))], [" diperoleh) ÷ ", html.B(points(maximum))]
    return [*before, *after, f" maksimum × {full_score} ="]


def _row(part: Part, scale: int) -> html.Div:
    share = part.obtained / part.maximum if part.maximum else 0
    spoken = f"{points(part.obtained)} dari {points(part.maximum)} poin, hilang {points(part.lost)}"
    bar = html.Div(
        html.Div(html.Span(style={"width": f"{share:.2%}"}), className="bt", style={"width": _width(part, scale)}),
        role="img",
        className="pbar",
        **{"aria-label": f"{part.name}: {spoken}"},
    )
    name = html.Div([html.B(part.name), " ", html.Span(part.quiet, className="xs t2")])
    got_of = html.Span(f" dari {points(part.maximum)}", className="t2")
    return html.Div(
        [
            html.Div([name, html.Div(part.formula, className="pf")], className="pn"),
            bar,
            html.Span([html.B(points(part.obtained)), got_of], className="got"),
            html.Span(points(-part.lost), className="lost" if part.lost else "lost t2"),
        ],
        className="ln",
    )


def _width(part: Part, scale: int) -> str:
    return f"{part.maximum / scale if scale else 0:.2%}"


def units_below(units: Sequence[UnitBelow], share_each: str, all_href: str) -> html.Div:
    """The first of the units an aggregate rests on, in the given order, and the way to the others."""
    head = html.P(["Unit di bawah, nilai terendah dahulu. Bagian tiap unit ", html.B(share_each), "."])
    more = len(units) - UNITS_SHOWN
    rest = html.P(dcc.Link(f"{integer(more)} unit lain", href=all_href, className="more")) if more > 0 else None
    return html.Div([head, _units(units[:UNITS_SHOWN]), rest], className="ub")


def _units(units: Sequence[UnitBelow]) -> html.Ol:
    return html.Ol(
        [
            html.Li(
                [
                    dcc.Link(unit.name, href=unit.href, className="nm", title=unit.name),
                    html.Span([unit.shown, grade_mark(unit.grade, "small")], className="val"),
                    html.Span(points(-unit.lost), className="lost", title="Hilang dari nilai unit ini"),
                ]
            )
            for unit in units
        ]
    )
