"""The score of the last months: points with letter boxes on a line (the scale is cut, so no bars), reports below."""

from dataclasses import dataclass
from itertools import pairwise

from dash import html

from components.formats import DASH, decimal, integer, month_short, month_year
from components.grade_mark import grade_mark
from components.score_scale import Grades, Point, Scale, limits, line, score_text
from scoring.grades import grade_of

LEAST_POINTS = 10  # of the axis
MARGIN_SHARE = 0.16  # above and below, for the figures at the points
EDGE_SHARE = 0.06  # of the axis, that the letter box of a month off the scale is away from its edge
THOUSANDS_FROM = 10_000


@dataclass(frozen=True)
class ShownMonth:
    """`period` as '2026-11'; `final` unrounded, None without; `running`: before its cut-off, `read`: on screen."""

    period: str
    final: float | None
    total_count: int
    running: bool
    read: bool


def score_history(months: list[ShownMonth], grades: Grades) -> html.Div:
    """The chart, each month a link to itself, oldest at the left."""
    scale = scale_of(months, grades)
    places = [Place(100 * (index + 0.5) / len(months), month) for index, month in enumerate(months)]
    drawn = [*_ground(grades, scale), *_lines(places, scale), *_points(places, grades, scale)]
    labels = [_month_label(place) for place in places]
    wide = any(month.total_count >= 1000 for month in months)  # four digits under each month need more room
    class_name = "months wide" if wide else "months"
    return html.Div([html.Div(drawn, className="plot2"), html.Div(labels, className="xm")], className=class_name)


@dataclass(frozen=True)
class Place:
    """A month and where it stands, percent from the left."""

    left: float
    month: ShownMonth


def scale_of(months: list[ShownMonth], grades: Grades) -> Scale:
    """All scores and the best grade's limit, at least 10 points; without a month that has just begun and is far off.

    Such a month rests on few reports, and would press all the others flat.
    """
    scored = [month for month in months if month.final is not None]
    values = [next(iter(limits(grades).values())), *(month.final for month in scored if not _gives_way(month))]
    low, high = min(values) - LEAST_POINTS, max(values) + LEAST_POINTS
    values += [month.final for month in scored if _gives_way(month) and low <= month.final <= high]
    low, high = min(values), max(values)
    missing = max(LEAST_POINTS - (high - low), 0)
    low, high = low - missing / 2, high + missing / 2
    margin = MARGIN_SHARE * (high - low)
    return Scale(low - margin, high + margin)


def _gives_way(month: ShownMonth) -> bool:
    """It runs, and the screen is not about it."""
    return month.running and not month.read


def beyond(months: list[ShownMonth], grades: Grades) -> list[ShownMonth]:
    """The months whose score is off the scale: they stand at its edge."""
    scale = scale_of(months, grades)
    return [month for month in months if month.final is not None and _level(month, scale) != month.final]


def _level(month: ShownMonth, scale: Scale) -> float:
    """The score, or the edge it is beyond, with room left for its letter box."""
    room = EDGE_SHARE * (scale.high - scale.low)
    return min(max(month.final, scale.low + room), scale.high - room)


def limits_in_view(months: list[ShownMonth], grades: Grades) -> dict[str, float]:
    """Letter -> limit of the lines that the chart of these months draws."""
    return _inside(grades, scale_of(months, grades))


def _inside(grades: Grades, scale: Scale) -> dict[str, float]:
    return {letter: limit for letter, limit in limits(grades).items() if scale.low < limit < scale.high}


def _ground(grades: Grades, scale: Scale) -> list[html.I]:
    best, top = next(iter(limits(grades).items()))
    rules = [
        html.I(
            className=f"limit gr-{letter.lower()}" + (" best" if letter == best else ""),
            style={"top": f"{scale.from_top(limit):g}%"},
        )
        for letter, limit in _inside(grades, scale).items()
    ]
    return [html.I(className="zone", style={"height": f"{scale.from_top(top):g}%"}), *rules]


def _lines(places: list[Place], scale: Scale) -> list[html.I]:
    """Whole between decided months, dashed towards one that still runs; a month without a score is a gap."""
    whole, dashed = [], []
    for before, after in pairwise(places):
        if before.month.final is None or after.month.final is None:
            continue
        (dashed if after.month.running else whole).extend([_at(before, scale), _at(after, scale), None])
    drawn = [line(whole, "ink", 2)] if whole else []
    return [*drawn, line(dashed, "ink", 2, "4 5")] if dashed else drawn


def _at(place: Place, scale: Scale) -> Point:
    return round(place.left, 2), scale.from_top(_level(place.month, scale))


def _points(places: list[Place], grades: Grades, scale: Scale) -> list:
    finals = [place.month.final for place in places]
    known = [value for value in finals if value is not None]
    ends = {min(known, default=None), max(known, default=None)}
    points = []
    for index, place in enumerate(places):
        if place.month.final is not None:
            key = place.month.read or place.month.final in ends
            below = _is_valley(finals, index) and _level(place.month, scale) == place.month.final
            points.append(_point(place, grades, scale, below, key))
    return points


def _point(place: Place, grades: Grades, scale: Scale, below: bool, key: bool) -> html.A:
    """The letter box with its figure; the figures of the other months give way where there is no room (CSS)."""
    month, value = place.month, score_text(place.month.final, grades)
    left, top = _at(place, scale)
    figure = html.Span(value, className=f"hv{' below' if below else ''}{' key' if key else ''}")
    letter = grade_of(month.final, grades)
    words = f"{month_year(month.period)}: {value}, grade {letter}{', masih berjalan' if month.running else ''}"
    return html.A(
        [grade_mark(letter), figure],
        href=f"?periode={month.period}",
        className="hd running" if month.running else "hd",
        style={"left": f"{left:g}%", "top": f"{top:g}%"},
        title=words,
        **{"data-stay": "", "aria-label": words, "aria-current": "true" if month.read else "false"},
    )


def _is_valley(finals: list[float | None], index: int) -> bool:
    """Whether the line comes from above on both sides, so that the figure has room below."""
    neighbours = [finals[place] for place in (index - 1, index + 1) if 0 <= place < len(finals)]
    known = [value for value in neighbours if value is not None]
    return bool(known) and all(finals[index] < value for value in known)


def _month_label(place: Place) -> html.A:
    month = place.month
    name = html.B(month_short(month.period)) if month.read else month_short(month.period)
    words = f"{month_year(month.period)}, {integer(month.total_count)} laporan"
    if month.final is None:
        words += f", nilai {DASH}"
    data = {"data-stay": "", "aria-label": words}
    return html.A(
        [name, html.Em(count_text(month.total_count))],
        href=f"?periode={month.period}",
        style={"left": f"{place.left:.2f}%"},
        title=words,
        **data,
    )


def count_text(count: int) -> str:
    """1.234; from ten thousand on '12,3 rb', as the months stand close."""
    return f"{decimal(count / 1000)} rb" if count >= THOUSANDS_FROM else integer(count)
