"""Where beside Jakarta is there room for the names of the longest waiting kelurahan? Pure geometry on the sheet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from components.basemap import GRID, HEIGHT, WIDTH, Mark, Sheet, Spot, on_sheet

# Units at letters of 21 units: the widest of Inter and of DejaVu as 10-base.css narrows it, and a little more.
LETTER_WIDTHS = {
    letter: width for letters, width in ((" ijlI", 6.8), ("tfr", 9.2), ("mwMW", 19.8)) for letter in letters
}
LETTER_WIDTH = 13.2
LINE_HEIGHT = 25
GAP = 6  # between a name and anything else
LEADER_GAP = 2
MARK_RADIUS = 13
LEGEND_BOXES = ((0, HEIGHT - 218, 112, HEIGHT - 52), (0, HEIGHT - 52, 176, HEIGHT))
COLUMN_STEP = 30
# Where else a name on the map may stand when a mark is in its place, nearest first.
STEPS_ASIDE = np.array(sorted(product(range(-48, 49, 8), repeat=2), key=lambda step: math.hypot(*step)))
NAME_CLEAR_X, NAME_CLEAR_Y = 9, 20  # beside and above the middle of a name: half a mark, and half a line
LATE_COUNTS_FOR = 10  # a name would rather lie on ten small marks than on one that is late
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


def step_aside(sheet: Sheet, spot: Spot, text: str, marks: Sequence[Mark], reach: float) -> Spot:
    """Middle of a name on the map, moved from `spot` only as far as the marks in its place demand; at most `reach`.

    It stays on land where it can: the names beside the map keep clear of land, and so of it.
    """
    steps = STEPS_ASIDE[np.hypot(*STEPS_ASIDE.T) <= reach]
    spots = np.array([sheet.spot(mark.latitude, mark.longitude) for mark in marks]).reshape(-1, 2)
    weights = np.array([LATE_COUNTS_FOR if mark.over_24h else 1 for mark in marks])
    middles = np.array(spot) + steps
    away = np.abs(spots - middles[:, None])
    half_width = _size(((text, ""),))[0] / 2
    half = np.array([half_width, LINE_HEIGHT / 2])
    at_sea = _cells_under(_totals(~sheet.land), np.hstack([middles - half, middles + half])) > 0
    at_sea[0] = False  # where it belongs, set by eye
    under = (away[..., 0] < half_width + NAME_CLEAR_X) & (away[..., 1] < NAME_CLEAR_Y)
    x, y = steps[np.argmin(under @ weights + LATE_COUNTS_FOR * at_sea)].tolist()
    return spot[0] + x, spot[1] + y


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
    """(cost, label) at the cheapest free place, or None. Candidates come by rising cost: most are never looked at."""
    boxes, leaders = [label.box for label in placed], [label.leader for label in placed]
    used = _used(sheet, boxes)
    wordings = _wordings(mark)
    free = [_free_boxes(used, lines) for _, lines in wordings]
    base = np.concatenate([_costs(found, spot) + cost for found, (cost, _) in zip(free, wordings, strict=True)])
    wording = np.repeat(np.arange(len(free)), [len(found) for found in free])
    candidates = np.concatenate(free)
    best: tuple[float, Label] | None = None
    for k in np.argsort(base, kind="stable").tolist():
        if best and base[k] >= best[0]:
            break
        box = tuple(candidates[k].tolist())
        leader = _leader(box, spot)
        if any(_hits(other, box) or _cross(leader, other) for other in leaders):
            continue
        if any(_hits(leader, other) for other in boxes + other_marks):
            continue
        cost = float(base[k]) + LEADER_OVER_NAME_COST * sum(_hits(leader, clear) for clear in keep_clear)
        if not best or cost < best[0]:
            best = cost, Label(wordings[wording[k]][1], box, leader)
    return best


def _costs(boxes: np.ndarray, spot: Spot) -> np.ndarray:
    """Length of the leader to `spot` from each box, as `_leader` draws it, plus the cost of leaving the edge."""
    left, top, right, bottom = boxes.T
    x = np.clip(spot[0], left - LEADER_GAP, right + LEADER_GAP)
    beside = (spot[0] < left) | (spot[0] > right)
    y = np.where(beside, top + LINE_HEIGHT / 2, np.where(spot[1] > bottom, bottom + 1, top - 1))
    return np.hypot(x - spot[0], y - spot[1]) + MOVE_IN_COST * ((left > 0) & (right < WIDTH))


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


def _free_boxes(used: np.ndarray, lines: Lines) -> np.ndarray:
    """float[n, 4]: the boxes of this size without land, label or legend under them, in columns."""
    width, height = _size(lines)
    columns = [*range(0, int(WIDTH - width), COLUMN_STEP), WIDTH - width]
    left, top = (grid.ravel() for grid in np.meshgrid(columns, np.arange(0, HEIGHT - height, GRID)))
    boxes = np.stack([left, top, left + width, top + height], axis=1)
    return boxes[_cells_under(used, boxes) == 0]


def _cells_under(totals: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """int[n]: cells of the room grid under each box, those beyond the sheet left out."""
    last = np.array(totals.shape)[::-1] - 1
    from_column, from_row = np.clip(boxes[:, :2] // GRID, 0, last).astype(int).T
    to_column, to_row = np.clip(np.ceil(boxes[:, 2:] / GRID), 0, last).astype(int).T
    rows = totals[to_row, to_column] - totals[from_row, to_column]
    return rows - totals[to_row, from_column] + totals[from_row, from_column]


def _totals(grid: np.ndarray) -> np.ndarray:
    return np.pad(grid.cumsum(0).cumsum(1), ((1, 0), (1, 0)))


def _used(sheet: Sheet, boxes: Sequence[Box]) -> np.ndarray:
    """Running totals of the room grid, so that what lies under a box is found from four numbers."""
    used = sheet.land.copy()
    for left, top, right, bottom in (*boxes, *LEGEND_BOXES):
        rows = slice(max(0, int((top - GAP) // GRID)), math.ceil((bottom + GAP) / GRID))
        used[rows, max(0, int((left - GAP) // GRID)) : math.ceil((right + GAP) / GRID)] = True
    return _totals(used)


def _others(sheet: Sheet, count: int, labels: list[Label]) -> list[Label]:
    """The count of those without a name, in the free place nearest to the lower right corner."""
    lines = (("", f"+{count} lainnya"),)
    leaders = [label.leader for label in labels]
    boxes = [tuple(box) for box in _free_boxes(_used(sheet, [label.box for label in labels]), lines).tolist()]
    free = [box for box in boxes if not any(_hits(leader, box) for leader in leaders)]
    return [Label(lines, min(free, key=lambda box: math.dist(box[2:], (WIDTH, HEIGHT))), None)] if free else []


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
