"""The plan of a unit that rests on the units below it: which of these to raise, the fewest first."""

from dataclasses import dataclass
from itertools import accumulate

from components.desk import foot, lead
from components.formats import clock, integer
from components.score_plan import Actions, Step, buttons, enough, on_paper, one_fewer, step_list
from data_access.monitor import Reading
from pages._tkd import task_list
from pages._tkd.links import unit_href
from pages._tkd.plan_reports import scored
from pages._tkd.planned import best_score
from scoring.grades import grade_of

STEPS_SHOWN = 10
HEADS = ("Unit", "Terbaik", "Poin, nilai")
OWN = "Laporan sendiri"
LEAST_POINTS = 1e-9  # below that a rise is the rounding of a mean


@dataclass(frozen=True)
class Raise:
    """A unit whose own score could rise from `now` to `best`, and what that gives the standing above, in points."""

    unit: int
    now: float
    best: float
    gain: float


@dataclass(frozen=True)
class UnitPlan:
    """The units to raise to the grade `letter`, the most points first; `after`: the standing after 0, 1, 2 ... of them.

    The letter is the target, or the best grade within reach where the target is out of it.
    """

    letter: str
    chosen: list[Raise]
    after: list[float]


def unit_plan(reading: Reading, target: str) -> UnitPlan | None:
    """The fewest units that lift a standing below the target; None until the best of each unit is known."""
    if not _best_is_known(reading):
        return None
    found = raises(reading)
    after = list(accumulate((step.gain for step in found), initial=reading.final))
    letter = target if after[-1] >= reading.card.rules.grades[target] else _grade(reading, after[-1])
    count = _fewest(reading, letter, after)
    return UnitPlan(letter, found[:count], after)


def body(reading: Reading, target: str) -> list:
    """The finding, the units to raise, and what can be done with the list."""
    if reading.final >= reading.card.rules.grades[target]:
        return [lead([f"Grade {target} sudah tercapai: ", *scored(reading, reading.final), "."])]
    plan = unit_plan(reading, target)
    if plan is None:
        return [lead("Nilai terbaik tiap unit sedang dihitung; rencana muncul paling lama semenit lagi.")]
    letter, shown, after = plan.letter, plan.chosen, plan.after
    words = [] if letter == target else _out_of_reach(reading, target, after[-1])
    if not shown:
        return [lead([*words, "Laporan terbuka yang ada tidak menaikkan nilai unit mana pun."]), _caveat(reading)]
    return [
        on_paper(task_list.stamps(reading)),
        lead([*words, *_finding(reading, shown, letter, target, after)]),
        step_list(HEADS, *_steps(reading, shown, after)),
        buttons(Actions(_text(reading, shown, after[len(shown)]))),
        _caveat(reading),
    ]


def _fewest(reading: Reading, letter: str, after: list[float]) -> int:
    """How many of the units, in their order, reach the grade; all of them where it is held already.

    The gains add up and come largest first, so no other units of that number give more.
    """
    limit = reading.card.rules.grades[letter]
    if limit is None or reading.final >= limit:
        return len(after) - 1
    return next(count for count, value in enumerate(after) if value >= limit)


def _best_is_known(reading: Reading) -> bool:
    return reading.outlook is not None and reading.outlook.unit_ids == reading.card.reports.units.ids


def raises(reading: Reading) -> list[Raise]:
    """The units behind the standing that can rise, the most points for the standing first; peers as they are now."""
    found = [_raise(reading, unit, share) for unit, share in reading.shares.items()]
    return sorted((step for step in found if step.gain > LEAST_POINTS), key=lambda step: (-step.gain, step.unit))


def _raise(reading: Reading, unit: int, share: float) -> Raise:
    now = float(reading.card.scores.final[unit])
    best = max(_best(reading, unit), now)  # a few minutes old: what was closed since may have lifted the score
    return Raise(unit, now, best, share * (best - now))


def _best(reading: Reading, unit: int) -> float:
    """The best own score: what a standing above looks at, of a unit with others below it as well."""
    if unit == reading.unit:
        return best_score(reading)
    best = float(reading.outlook.own_best[unit])
    return best if best == best else float(reading.card.scores.final[unit])


def _out_of_reach(reading: Reading, target: str, best: float) -> list:
    return [f"{target} tidak dapat dicapai, terbaik ", *scored(reading, best), ". "]


def _finding(reading: Reading, shown: list[Raise], letter: str, target: str, after: list[float]) -> list:
    """Why this many units, and why not one fewer."""
    count, how = len(shown), "dinaikkan sampai nilai terbaiknya"
    if letter == reading.grade:  # held already: all that can rise lift the standing to its best
        return [f"Untuk itu {integer(count)} unit berikut {how}."]
    purpose = "" if letter == target else f" untuk {letter}"
    before = after[count - 1]
    fewer = one_fewer(count, reading.shown(before), _grade(reading, before))
    return [enough(count, len(reading.shares), "unit", purpose), f" Masing-masing {how}.", fewer]


def _steps(reading: Reading, shown: list[Raise], after: list[float]) -> tuple[list[Step], str, list[Step]]:
    """The first with what they give, the grade before them, and the rest."""
    first = [_step(reading, step, value) for step, value in zip(shown[:STEPS_SHOWN], after[1:], strict=False)]
    return first, reading.grade, [_step(reading, step) for step in shown[STEPS_SHOWN:]]


def _step(reading: Reading, step: Raise, after: float | None = None) -> Step:
    """With the score `after` it, or without what it gives."""
    aim = (reading.shown(step.best), _grade(reading, step.best))
    where = f"sekarang {reading.shown(step.now)} {_grade(reading, step.now)}"
    known = {} if after is None else {"gain": step.gain, "after": reading.shown(after), "grade": _grade(reading, after)}
    return Step(name_of(reading, step.unit), where, aim, href=_href(reading, step.unit), **known)


def name_of(reading: Reading, unit: int) -> str:
    """The unit as the panel names it; the screen's own reports are one of them."""
    return OWN if unit == reading.unit else reading.name(unit)


def _href(reading: Reading, unit: int) -> str | None:
    """The unit's own plan, for the period and the grade that are looked at here."""
    if unit == reading.unit:
        return None
    target = {"target": reading.query["target"]} if "target" in reading.query else {}
    return f"{unit_href(reading, reading.card.reports.units.ids[unit], **target)}#rencana"


def _grade(reading: Reading, value: float) -> str:
    return grade_of(value, reading.card.rules.grades)


def _text(reading: Reading, shown: list[Raise], final: float) -> str:
    def change(now: float, then: float) -> str:
        return f"{task_list.scored(reading, now)} menjadi {task_list.scored(reading, then)}"

    lines = [f"{name_of(reading, step.unit)}: {change(step.now, step.best)}" for step in shown]
    what = f"bila {integer(len(lines))} unit ini mencapai nilai terbaiknya"
    return task_list.text(reading, f"Nilai {change(reading.final, final)} {what}", lines)


def _caveat(reading: Reading):
    at = clock(reading.outlook.as_of)
    words = (
        "Tiap unit dihitung sendiri, unit sejenis dianggap tetap. Terbaik = semua laporan yang berguna selesai sekarang"
    )
    return foot(f"{words}, per {at} WIB.")
