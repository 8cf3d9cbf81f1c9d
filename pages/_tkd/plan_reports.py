"""The plan of a unit that is scored by its own reports: which ones, by when, and what each gives."""

from components.desk import foot, lead
from components.formats import clock, day_clock, integer
from components.grade_mark import grade_mark
from components.score_plan import Actions, Step, break_even, buttons, enough, no_hurry, on_paper, one_fewer, step_list
from components.tier_clock import day_word
from data_access.frame import instant
from data_access.monitor import Reading
from pages._tkd import task_list
from pages._tkd.open_reports import clock_of, named
from pages._tkd.plan_scores import Chosen, chosen_reports, score_if_late, scores_after
from pages._tkd.planned import best_possible, plan_for, target_of
from scoring.grades import grade_of
from scoring.plan import Plan
from scoring.reports import NEVER

STEPS_SHOWN = 10
STEPS_FOLDED = 90  # more are in the text that is copied
HEADS = ("Laporan", "Sebelum", "Poin, nilai")


def shown_plan(reading: Reading) -> tuple[str, Plan]:
    """The plan whose reports are listed, and its grade.

    To the target; out of reach, to the best grade that can be reached; where that one is held, the best set.
    """
    target = target_of(reading)
    plan = plan_for(reading, target)
    possible = None if plan.reachable else best_possible(reading)
    return possible if possible and possible[1].complete else (target, plan)


def body(reading: Reading, target: str) -> list:
    """The finding, the steps, how late some may be, and what can be done with the list."""
    plan = plan_for(reading, target)
    letter, shown = shown_plan(reading)
    if not shown.complete:
        words = _reached(reading, plan, target) if plan.reachable else _nothing_helps(reading, plan, target)
        return [lead(words), foot(_caveat(reading))]
    chosen = chosen_reports(reading.card, reading.unit, shown.complete)
    first, rest = _steps(reading, chosen)
    return [
        on_paper(task_list.stamps(reading)),
        lead([*_out_of_reach(reading, plan, target), *_finding(reading, shown, letter, target)]),
        step_list(HEADS, first, reading.grade, rest),
        *_slack(reading, shown, chosen),
        buttons(_actions(reading, shown, chosen)),
        foot([_caveat(reading), *_best(reading, plan, shown)]),
    ]


def scored(reading: Reading, value: float) -> list:
    """A score with its grade, in a line of text."""
    return [reading.shown(value), " ", grade_mark(grade_of(value, reading.card.rules.grades), "small")]


def _reached(reading: Reading, plan: Plan, target: str) -> list:
    words = [f"Grade {target} sudah tercapai: ", *scored(reading, reading.final), ". "]
    if plan.best > reading.final:
        return [
            *words,
            "Laporan terbuka tidak lagi diperlukan; terbaik dari laporan yang ada ",
            *scored(reading, plan.best),
            ".",
        ]
    if _all_came_in(reading):
        return words
    return [*words, "Yang dapat menurunkannya hanya laporan baru."]


def _all_came_in(reading: Reading) -> bool:
    """After the month of entry nothing new comes into the period."""
    return reading.state.as_of >= reading.period.end


def _caveat(reading: Reading) -> str:
    words = "Dihitung pasti dari laporan yang sudah masuk, unit sejenis seperti sekarang"
    return f"{words}." if _all_came_in(reading) else f"{words}; laporan baru menambah penyebut."


def _nothing_helps(reading: Reading, plan: Plan, target: str) -> list:
    why = "menyelesaikan laporan terbuka tidak menaikkan nilai" if _open_count(reading) else "tidak ada laporan terbuka"
    return [f"{target} tidak dapat dicapai: {why}, dan nilai sekarang ", *scored(reading, plan.best), "."]


def _out_of_reach(reading: Reading, plan: Plan, target: str) -> list:
    if plan.reachable:
        return []
    return [f"{target} tidak dapat dicapai, terbaik ", *scored(reading, plan.best), ". "]


def _finding(reading: Reading, shown: Plan, letter: str, target: str) -> list:
    """Why this many reports, and why not one fewer."""
    count = len(shown.complete)
    if not shown.reachable:  # the grade is held: the set lifts the score to its best
        return [f"Untuk itu selesaikan {integer(count)} laporan berikut."]
    purpose = "" if letter == target else f" untuk {letter}"
    fewer = one_fewer(count, reading.shown(shown.one_fewer), grade_of(shown.one_fewer, reading.card.rules.grades))
    return [enough(count, _open_count(reading), "laporan terbuka", purpose), fewer]


def _open_count(reading: Reading) -> int:
    return int((clock_of(reading.card).unit == reading.unit).sum())


def _steps(reading: Reading, chosen: Chosen) -> tuple[list[Step], list[Step]]:
    """The first with what they give, and the rest."""
    before, shown = reading.final, []
    for place, after in enumerate(scores_after(chosen, STEPS_SHOWN)):
        grade = grade_of(after, reading.card.rules.grades)
        shown.append(_step(reading, chosen, place, after - before, reading.shown(after), grade))
        before = after
    last = min(len(chosen.rows), STEPS_SHOWN + STEPS_FOLDED)
    return shown, [_step(reading, chosen, place) for place in range(STEPS_SHOWN, last)]


def _step(reading: Reading, chosen: Chosen, place: int, gain=None, after=None, grade=None) -> Step:
    about = named(reading, chosen.card, chosen.rows[place])
    return Step(about.category, about.where, _aim(reading, chosen.drop_us[place]), gain, after, grade)


def _aim(reading: Reading, drop_us: int) -> tuple[str, str]:
    if drop_us == NEVER:
        last = instant(reading.card.rules.cutoff_us(reading.period) - 1)
        return "cut-off", day_clock(last)
    at = instant(drop_us)
    return clock(at), day_word(at, reading.state.as_of)


def _slack(reading: Reading, shown: Plan, chosen: Chosen) -> list:
    if not shown.reachable:
        return []
    if not chosen.hurries:
        return [no_hurry()]
    allowed, count = shown.break_even, len(shown.complete)
    lowest = reading.shown(score_if_late(chosen, allowed)) if allowed else None
    beyond = score_if_late(chosen, allowed + 1) if allowed < count else None
    # Near the cut-off a drop may come too late to be one: then nothing is said of a fall that does not happen.
    falls_to = reading.shown(beyond) if beyond is not None and beyond < shown.target else None
    return [break_even(allowed, count, lowest, falls_to)]


def _actions(reading: Reading, shown: Plan, chosen: Chosen) -> Actions:
    return Actions(task_list.of_reports(reading, shown, chosen), task_list.scenario(shown, chosen))


def _best(reading: Reading, plan: Plan, shown: Plan) -> list:
    if not plan.reachable or plan.best == shown.final:
        return []
    return [" Terbaik dari laporan yang ada: ", *scored(reading, plan.best), "."]
