"""Where beside Jakarta is there room for the names of the longest waiting kelurahan? Pure geometry on the sheet."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from components.basemap import GRID, HEIGHT, WIDTH, Mark, Sheet, Spot, on_sheet

# Units at letters of 21 units, measured on DejaVu Sans Bold: Inter needs a sixth less, and no name may be too wide.
LETTER_WIDTHS = {
    letter: width for letters, width in ((" ijlI", 7.5), ("tfr", 10.2), ("mwMW", 22)) for letter in letters
}
LETTER_WIDTH = 14.6
LINE_HEIGHT = 25
GAP = 6  # between a name and anything else
LEADER_GAP = 2
MARK_RADIUS = 13
LEGEND_BOXES = ((0, HEIGHT - 210, 112, HEIGHT - 52), (0, HEIGHT - 52, 176, HEIGHT))
COLUMN_STEP = 30
# Where else a name on the map may stand when a mark is in its place, nearest first.
STEPS_ASIDE = (
    (0, 0),
    (0, 22),
    (0, -22),
    (-34, 0),
    (34, 0),
    (-34, 22),
    (34, 22),
    (-34, -22),
    (34, -22),
    (0, 44),
    (0, -44),
)
MOVE_IN_COST = 90  # a name off the sheet's edge must shorten its leader by this much
NAMES_COUNT = 6
LEADER_OVER_NAME_COST = 120

Box = tuple[float, float, float, float]  # left, top, right, bottom on the sheet
Lines = tuple[tuple[str, str], ...]  # (strong text, quiet text) per line


@dataclass(frozen=True)
class Label:
    """A name on the sheet: lines of (strong text, quiet text), and the leader from the text to its mark, if any."""

    lines: Lines
    box: Box
    leader: tuple[Spot, Spot] | None

    @property
    def at_right(self) -> bool:
        """Whether the text keeps to the right end of its box."""
        return self.box[2] >= WIDTH


def place_names(sheet: Sheet, marks: Sequence[Mark], keep_clear: Sequence[Box] = ()) -> list[Label]:
    """Names of the longest waiting kelurahan (at most 6, each once) beside Jakarta, and '+n lainnya' for the rest.

    No two labels overlap, none covers land, the legend or a leader, and no leaders cross. Leaders avoid `keep_clear`
    (boxes on the sheet) where they can. The same marks always give the same labels.
    """
    late = sorted(on_sheet(sheet, (mark for mark in marks if mark.over_24h)), key=lambda mark: -mark.hours)
    first = list({mark.kelurahan_name: mark for mark in reversed(late)}.values())[::-1]
    longest = sorted(first, key=lambda mark: -mark.hours)[:NAMES_COUNT]
    spots = {mark: sheet.spot(mark.latitude, mark.longitude) for mark in longest}
    orders = (longest, sorted(longest, key=lambda m: spots[m][1]), sorted(longest, key=lambda m: spots[m][0]))
    plans = [_plan(sheet, [(mark, spots[mark]) for mark in order], keep_clear) for order in orders]
    named, _ = min(plans, key=lambda plan: (-len(plan[0]), plan[1]))
    others = sum(mark.kelurahan_name not in {shown.kelurahan_name for shown in named} for mark in late)
    labels = list(named.values())
    return labels + _others(sheet, others, labels) if others else labels


def step_aside(sheet: Sheet, spot: Spot, text: str, marks: Iterable[Mark]) -> Spot:
    """Middle of a name on the map, moved from `spot` only as far as the marks in its place demand."""
    width, _ = _size(((text, ""),))
    spots = [sheet.spot(mark.latitude, mark.longitude) for mark in marks]

    def covered(step: Spot) -> int:
        x, y = spot[0] + step[0], spot[1] + step[1]
        return sum(abs(x - a) < width / 2 + GAP and abs(y - b) < LINE_HEIGHT / 2 + GAP for a, b in spots)

    step = min(STEPS_ASIDE, key=covered)
    return spot[0] + step[0], spot[1] + step[1]


def _plan(sheet: Sheet, marks: list[tuple[Mark, Spot]], keep_clear: Sequence[Box]) -> tuple[dict[Mark, Label], float]:
    """Labels one after the other, each at its cheapest free place; and their total cost."""
    named: dict[Mark, Label] = {}
    total = 0.0
    for mark, spot in marks:
        others = [_around(other) for _, other in marks if other != spot]
        choice = _cheapest(sheet, mark, spot, list(named.values()), others, keep_clear)
        if choice:
            total, named[mark] = total + choice[0], choice[1]
    return named, total


def _cheapest(sheet, mark, spot, placed, other_marks, keep_clear) -> tuple[float, Label] | None:
    taken = [label.box for label in placed] + other_marks
    leaders = [label.leader for label in placed]
    candidates = sorted(
        (math.dist(*_leader(box, spot)) + wording_cost + MOVE_IN_COST * (box[0] > 0 and box[2] < WIDTH), lines, box)
        for wording_cost, lines in _wordings(mark)
        for box in _free_boxes(sheet, lines, [label.box for label in placed], leaders)
    )
    best: tuple[float, Label] | None = None
    for cost, lines, box in candidates:
        if best and cost >= best[0]:
            break
        leader = _leader(box, spot)
        if any(_hits(leader, other) for other in taken) or any(_cross(leader, other) for other in leaders):
            continue
        cost += LEADER_OVER_NAME_COST * sum(_hits(leader, clear) for clear in keep_clear)
        if not best or cost < best[0]:
            best = cost, Label(lines, box, leader)
    return best


def _wordings(mark: Mark) -> list[tuple[float, Lines]]:
    """Hours below the name; at a cost beside it, or the name on two lines when it is long."""
    name, hours = mark.kelurahan_name, f"{int(mark.hours)} j"
    wordings = [(0.0, ((name, ""), ("", hours))), (60.0, ((name, hours),))]
    if len(name) > 12 and " " in name:
        head, tail = name.rsplit(" ", 1)
        wordings.append((20.0, ((head, ""), (tail, hours))))
    return wordings


def _size(lines: Lines) -> tuple[float, float]:
    texts = (f"{strong} {quiet}".strip() for strong, quiet in lines)
    width = max(sum(LETTER_WIDTHS.get(letter, LETTER_WIDTH) for letter in text) for text in texts)
    return width, len(lines) * LINE_HEIGHT


def _free_boxes(sheet: Sheet, lines, boxes: Sequence[Box], leaders=()) -> list[Box]:
    """Boxes of this size without land, label, legend or leader under them."""
    width, height = _size(lines)
    lefts = [*range(0, int(WIDTH - width), COLUMN_STEP), WIDTH - width]
    used = _used(sheet, [*boxes, *LEGEND_BOXES])
    free = []
    for left in lefts:
        for top in range(0, int(HEIGHT - height), GRID):
            box = (left, top, left + width, top + height)
            if not _any_used(used, box) and not any(leader and _hits(leader, box) for leader in leaders):
                free.append(box)
    return free


def _used(sheet: Sheet, boxes: Sequence[Box]) -> np.ndarray:
    """Running totals of the room grid, so that a box is looked up in four numbers."""
    used = sheet.land.copy()
    for left, top, right, bottom in boxes:
        rows = slice(max(0, int((top - GAP) // GRID)), math.ceil((bottom + GAP) / GRID))
        used[rows, max(0, int((left - GAP) // GRID)) : math.ceil((right + GAP) / GRID)] = True
    return np.pad(used.cumsum(0).cumsum(1), ((1, 0), (1, 0)))


def _any_used(used: np.ndarray, box: Box) -> bool:
    left, top, right, bottom = (
        int(box[0] // GRID),
        int(box[1] // GRID),
        math.ceil(box[2] / GRID),
        math.ceil(box[3] / GRID),
    )
    return bool(used[bottom, right] - used[top, right] - used[bottom, left] + used[top, left])


def _others(sheet: Sheet, count: int, labels: list[Label]) -> list[Label]:
    lines = (("", f"+{count} lainnya"),)
    free = _free_boxes(sheet, lines, [label.box for label in labels], [label.leader for label in labels])
    corner = (WIDTH, HEIGHT)
    return [Label(lines, min(free, key=lambda box: math.dist(box[2:], corner)), None)] if free else []


def _leader(box: Box, spot: Spot) -> tuple[Spot, Spot]:
    """From the edge of the text, at its first line, to just before the mark."""
    left, top, right, bottom = box
    x = min(max(spot[0], left - LEADER_GAP), right + LEADER_GAP)
    beside = not left <= spot[0] <= right
    y = top + LINE_HEIGHT / 2 if beside else (bottom + 1 if spot[1] > bottom else top - 1)
    length = math.dist((x, y), spot) or 1
    stop = max(0, length - MARK_RADIUS) / length
    return (x, y), (x + (spot[0] - x) * stop, y + (spot[1] - y) * stop)


def _around(spot: Spot) -> Box:
    return spot[0] - MARK_RADIUS, spot[1] - MARK_RADIUS, spot[0] + MARK_RADIUS, spot[1] + MARK_RADIUS


def _hits(leader: tuple[Spot, Spot], box: Box) -> bool:
    """Whether a line touches a box."""
    left, top, right, bottom = box
    if any(left <= x <= right and top <= y <= bottom for x, y in leader):
        return True
    return _cross(leader, ((left, top), (right, bottom))) or _cross(leader, ((left, bottom), (right, top)))


def _cross(one: tuple[Spot, Spot] | None, two: tuple[Spot, Spot] | None) -> bool:
    if not one or not two:
        return False
    return _turn(*one, two[0]) != _turn(*one, two[1]) and _turn(*two, one[0]) != _turn(*two, one[1])


def _turn(a: Spot, b: Spot, c: Spot) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])
