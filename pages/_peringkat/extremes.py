"""The five highest and the five lowest, as the monthly report prints them."""

from dash import html

from components.formats import decimal, month_year
from components.ranking_extremes import Extreme, extremes
from components.ranking_table import hundredths
from pages._peringkat.asked import Asked
from pages._peringkat.table import score_words

SHOWN = 5


def tables(asked: Asked) -> html.Div:
    """Two tables side by side. The lowest are those below the best grade: without any the report prints NIHIL."""
    grades, kind = asked.found.rules.grades, asked.kind
    order = asked.by_rank
    lowest = [place for place in reversed(order) if asked.found.grade[place] > 0][:SHOWN]
    title = kind[:1].upper() + kind[1:]
    pair = [
        (f"Top {SHOWN} {title} berdasarkan peringkat tertinggi", order[:SHOWN]),
        (f"Top {SHOWN} {title} berdasarkan peringkat terendah", lowest),
    ]
    drawn = [extremes(caption, title, [_row(asked, place) for place in places], grades) for caption, places in pair]
    return html.Div(drawn, className="pair")


def fact(asked: Asked) -> str:
    """Of when and of what."""
    when = "nilai akhir" if asked.found.closed else "nilai sementara"
    return f"{when} {month_year(str(asked.found.period))}"


def _row(asked: Asked, place: int) -> Extreme:
    score, grade = score_words(asked, place)
    return Extreme(asked.names[place], asked.unit_href(place), grade, score, _remark(asked, place))


def _remark(asked: Asked, place: int) -> str:
    """What the report says in words of praise, said by figures."""
    figures = asked.found.figures
    due, median = int(figures.answer_due[place]), float(figures.median_hours[place])
    answered = int(figures.answered_in_time[place])
    parts = [f"respons ≤ 6 jam {hundredths(answered, due)}%"] if due else []
    parts += ["belum ada yang selesai"] if median != median else [f"median {decimal(median)} jam"]
    return ", ".join(parts)
