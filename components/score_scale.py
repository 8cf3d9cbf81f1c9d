"""Scores on a chart: figures that never contradict their grade, positions in percent, and lines that stay crisp."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dash import html

from scoring.grades import grade_of, shown

Grades = dict[str, float | None]  # letter -> lowest score that has it, best first; the last has no lower bound
Point = tuple[float, float]  # percent from the left, percent from the top
SAFE = " =:/.,'"  # of an SVG these may stand in a URL between quotation marks


@dataclass(frozen=True)
class Scale:
    """Scores from `low` to `high` on an axis."""

    low: float
    high: float

    def percent(self, value: float) -> float:
        """Place from the low end, 0 to 100; beyond the ends it stands at the end."""
        return round(min(max(self._percent(value), 0.0), 100.0), 2)

    def from_top(self, value: float) -> float:
        """Place from the high end, 0 to 100; beyond the ends outside, so that a line leaves the chart where it does."""
        return round(100 - self._percent(value), 2)

    def _percent(self, value: float) -> float:
        return 100 * (value - self.low) / (self.high - self.low)


def score_text(value: float, grades: Grades) -> str:
    """84.9962 -> '84,99': two decimals that never contradict the grade."""
    return shown(value, grade_of(value, grades), grades)


def limits(grades: Grades) -> dict[str, float]:
    """Letter -> its lower limit, without the last grade, which has none."""
    return {letter: limit for letter, limit in grades.items() if limit is not None}


def limit_text(limit: float) -> str:
    """85.0 -> '85', 84.5 -> '84,5'."""
    return f"{limit:g}".replace(".", ",")


def line(points: Sequence[Point | None], class_name: str, width_px: float, dash: str = "") -> html.I:
    """A line through the points over the whole box around it, in the colour of its class; None breaks it.

    It is a mask, so that its colour is the theme's, and its width does not stretch with the box.
    """
    stroke = f"fill='none' stroke='black' stroke-width='{width_px}' stroke-linejoin='round' stroke-linecap='round'"
    dashes = f" stroke-dasharray='{dash}'" if dash else ""
    return _masked(f"<path vector-effect='non-scaling-stroke' {stroke}{dashes} d='{_path(points)}'/>", class_name)


def area(upper: Sequence[Point], lower: Sequence[Point], class_name: str) -> html.I:
    """The area between two lines that have the same places from the left."""
    corners = ",".join(f"{left:g}% {top:g}%" for left, top in [*upper, *reversed(lower)])
    return html.I(className=class_name, style={"clipPath": f"polygon({corners})"})


def _path(points: Iterable[Point | None]) -> str:
    steps, pen_up = [], True
    for point in points:
        if point is not None:
            steps.append(f"{'M' if pen_up else 'L'}{point[0]:g} {point[1]:g}")
        pen_up = point is None
    return "".join(steps)


def _masked(shape: str, class_name: str) -> html.I:
    space = "http://www.w3.org/2000/svg"
    svg = f"<svg xmlns='{space}' viewBox='0 0 100 100' preserveAspectRatio='none'>{shape}</svg>"
    image = f'url("data:image/svg+xml,{quote(svg, safe=SAFE)}")'
    return html.I(className=f"ln {class_name}", style={"--line": image})
