"""The step of a unit whose standing rests on others: the units to raise, as its plan names them."""

from dash import html

from components.formats import integer
from components.grade_mark import grade_mark
from data_access.monitor import Reading
from pages._tkd import planned
from pages._tkd.links import unit_href
from pages._tkd.plan_units import Raise, UnitPlan, name_of, unit_plan
from scoring.grades import grade_of

NAMED = 3


def words(reading: Reading) -> list:
    """What to do: the fewest units to raise to the target; with the target held, the units below its limit."""
    target = planned.target_of(reading)
    limit = reading.card.rules.grades[target]
    if reading.final >= limit:
        kept = ["Pertahankan ", html.B(target), ": nilai sudah ", _scored(reading, reading.final)]
        return [html.P(kept, className="do"), *_below(reading, target, limit)]
    plan = unit_plan(reading, target)
    if plan is None:
        return [html.P("Naikkan unit terlemah", className="do"), *_below(reading, target, limit)]
    if not plan.chosen:
        return [_no_way(target), *_below(reading, target, limit)]
    return _raise(reading, plan, target)


def _raise(reading: Reading, plan: UnitPlan, target: str) -> list:
    """'Naikkan 2 unit, nilai menjadi 75,26 B', and what the first of them are and could be."""
    count = len(plan.chosen)
    do = ["Naikkan ", html.B(f"{integer(count)} unit"), ", nilai menjadi ", _scored(reading, plan.after[count])]
    why = None if plan.letter == target else html.P(f"{target} tidak dapat dicapai dari laporan yang ada.")
    rows = html.Ul([_step(reading, step) for step in plan.chosen[:NAMED]], className="weak")
    return [html.P(do, className="do"), why, rows, _others(count - NAMED)]


def _others(count: int) -> html.P | None:
    return html.P(f"dan {integer(count)} unit lain.") if count > 0 else None


def _no_way(target: str) -> html.P:
    return html.P(html.B(f"{target} tidak dapat dicapai dari laporan yang ada."), className="do")


def _below(reading: Reading, letter: str, limit: float) -> list:
    """How many units hold the standing down, and the weakest of them."""
    weak = holding_down(reading, limit)
    if not weak:
        return [html.P(f"Tidak ada unit di bawah batas {letter}.")]
    furthest = "Yang terjauh:" if len(weak) > NAMED else "Yaitu:"
    count = html.P([html.B(f"{integer(len(weak))} unit"), f" masih di bawah batas {letter}. {furthest}"])
    return [count, html.Ul([_weak(reading, unit) for unit in weak[:NAMED]], className="weak")]


def holding_down(reading: Reading, limit: float) -> list[int]:
    """Codes of the units of the standing whose own score is below the limit, the furthest first."""
    final = reading.card.scores.final
    return sorted((unit for unit in reading.shares if final[unit] < limit), key=lambda unit: (final[unit], unit))


def _step(reading: Reading, step: Raise) -> html.Li:
    return _row(reading, step.unit, [_scored(reading, step.now, "small"), " → ", _scored(reading, step.best, "small")])


def _weak(reading: Reading, unit: int) -> html.Li:
    return _row(reading, unit, [_scored(reading, float(reading.card.scores.final[unit]), "small")])


def _row(reading: Reading, unit: int, figures: list) -> html.Li:
    href = unit_href(reading, reading.card.reports.units.ids[unit])
    return html.Li([html.A(name_of(reading, unit), href=href, className="num"), html.Span(figures)])


def _scored(reading: Reading, value: float, size: str = "") -> html.Span:
    mark = grade_mark(grade_of(value, reading.card.rules.grades), size)
    return html.Span([reading.shown(value), " ", mark], className="nw")
