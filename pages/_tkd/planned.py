"""The plan to a grade: the fewest open reports of a unit to complete. Several panels speak of it; it is made once."""

from functools import lru_cache

from data_access.monitor import Reading
from scoring.grades import grade_of
from scoring.plan import Plan, plan_of
from scoring.score import Scorecard

KEPT = 8  # the panels of one screen ask for it one after the other; an older card is let go soon


def target_of(reading: Reading) -> str:
    """The grade that the plan is to reach: `target` of the URL, else the best one."""
    grades = reading.card.rules.grades
    asked = reading.query.get("target")
    return asked if grades.get(asked) is not None else reading.best_grade


def plan_for(reading: Reading, target: str) -> Plan:
    """The plan of the unit's own score to the limit of the grade `target`, which must have one."""
    return _plan(reading.card, reading.unit, target)


def best_score(reading: Reading) -> float | None:
    """The best own score that the open reports allow now; None without a score."""
    return plan_for(reading, reading.best_grade).best


def best_possible(reading: Reading) -> tuple[str, Plan] | None:
    """The best grade that can be kept or reached, with its plan; None without a score or below every limit."""
    highest = best_score(reading)
    letter = None if highest is None else grade_of(highest, reading.card.rules.grades)
    if letter is None or reading.card.rules.grades[letter] is None:
        return None
    return letter, plan_for(reading, letter)


@lru_cache(maxsize=KEPT)
def _plan(card: Scorecard, unit: int, target: str) -> Plan:
    return plan_of(card, unit, card.rules.grades[target])
