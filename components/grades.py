"""The distribution of TKD grades and who moved. Grey for A to C; only D and E carry colour."""

from dash import html

from components.formats import DASH, integer
from components.states import empty
from components.theme import GRADES

NOT_SCORED = "Belum dihitung: aturan belum terpasang"


def grades_body(distribution) -> html.Div:
    """Five columns A-E, a line for last month, and the movers; `None` keeps the frame and says what is missing.

    `distribution` has counts and previous_counts (dicts A..E of units) and movers (name, score_from, score_to,
    their wording shown_from, shown_to that never contradicts the grade,
    grade_from, grade_to), falls first.
    """
    if distribution is None:
        columns = [_column(grade, None, None, 1) for grade in GRADES]
        return _frame(columns, empty(NOT_SCORED))
    top = max(*distribution.counts.values(), *distribution.previous_counts.values(), 1) * 1.06
    columns = [_column(g, distribution.counts.get(g, 0), distribution.previous_counts.get(g, 0), top) for g in GRADES]
    movers = html.Ul([_mover(mover) for mover in distribution.movers], className="mv")
    return _frame(columns, movers if distribution.movers else empty("Belum ada yang berpindah nilai"))


def _frame(columns: list, below) -> html.Div:
    return html.Div([html.Div(html.Div(columns, className="dist"), className="tg"), below], className="grades")


def _column(grade: str, count: int | None, previous_count: int | None, top: float) -> html.Div:
    bar = [] if count is None else [html.I(style={"height": f"{count / top:.1%}"})]
    line = [] if previous_count is None else [html.U(style={"bottom": f"{previous_count / top:.1%}"})]
    value = html.B(integer(count), **{"data-figure": grade}) if count is not None else html.B(DASH)
    column = html.Div([*bar, *line], className="rise")
    return html.Div([value, column, html.Span(grade)], className=f"g g-{grade.lower()}")


def _mover(mover) -> html.Li:
    fell = mover.score_to < mover.score_from
    scores = f"{mover.shown_from} → {mover.shown_to}"
    cells = [
        html.Span(mover.name, className="nm", title=mover.name),
        html.Span(scores, className="sc"),
        html.B(f"{mover.grade_from} → {mover.grade_to}"),
    ]
    return html.Li(cells, className="dn" if fell else "up", **{"data-key": mover.name})
