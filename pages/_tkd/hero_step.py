"""The fourth cell of the band: what to do next, in one sentence made from the plan."""

from datetime import timedelta

import numpy as np
from dash import html

from components.formats import clock, day_month, integer
from components.grade_mark import grade_mark
from components.score_hero import cell
from data_access.frame import instant
from data_access.monitor import Reading
from pages._tkd import planned, step_below
from pages._tkd.foreseen import Foreseen
from pages._tkd.open_reports import clock_of, named
from scoring.grades import grade_of
from scoring.periods import WIB
from scoring.plan import Plan
from scoring.reports import NEVER

TITLE = "Langkah berikutnya"
NO_CHANCE_SHARE = 0.005


def step(reading: Reading, ahead: Foreseen | None) -> html.Div:
    """The step of a unit: its plan, or of an aggregate the units below that hold it down."""
    if reading.is_aggregate:
        return cell(TITLE, "h4c", *step_below.words(reading), _next(reading))
    target = planned.target_of(reading)
    plan = planned.plan_for(reading, target)
    if plan.reachable:
        return cell(TITLE, "h4c", *_reached_by(reading, plan, target), _next(reading))
    return cell(TITLE, "h4c", *_out_of_reach(reading, plan, target, ahead), _next(reading))


def best_reachable(reading: Reading, ahead: Foreseen | None) -> float | None:
    """The best standing that the open reports allow: of an aggregate as of the outlook, else now."""
    if reading.is_aggregate:
        return ahead.best if ahead else None
    return planned.best_score(reading)


def _next(reading: Reading) -> html.A:
    """To the plan; with the target held there is none, and what can still be lost stands in the tier clock."""
    if reading.final >= reading.card.rules.grades[planned.target_of(reading)]:
        return html.A("Buka jam tingkat", href="#jam-tingkat", className="btn-q pri")
    return html.A("Buka rencana", href="#rencana", className="btn-q pri")


def _reached_by(reading: Reading, plan: Plan, target: str) -> list[html.P]:
    if not plan.complete:
        return _kept(reading, target)
    return [
        html.P(
            ["Selesaikan ", html.B(f"{integer(len(plan.complete))} laporan"), *_becomes(reading, plan)], className="do"
        ),
        _first(reading, plan),
        _late_allowed(plan),
    ]


def _becomes(reading: Reading, plan: Plan) -> list:
    return [", nilai menjadi ", *_scored(reading, plan.final)]


def _scored(reading: Reading, value: float) -> list:
    return [
        html.Span([reading.shown(value), " ", grade_mark(grade_of(value, reading.card.rules.grades))], className="nw")
    ]


def _kept(reading: Reading, target: str) -> list[html.P]:
    """The target stands without any further report; the next one to lose value, as new reports will take their part."""
    words = ["Pertahankan ", html.B(target), ": nilai sudah ", *_scored(reading, reading.final)]
    count = int(reading.card.tally.total[reading.unit] - reading.card.tally.complete[reading.unit])
    rest = f"{integer(count)} laporan belum selesai" if count else "Semua laporan sudah selesai"
    why = html.P(f"{rest}; {target} tidak membutuhkannya lagi, {_new_reports(reading)}")
    return [html.P(words, className="do"), why, *_next_drop(reading)]


def _new_reports(reading: Reading) -> str:
    """What can still lower a score that is held; after the month of entry nothing new comes in."""
    if reading.state.as_of >= reading.period.end:
        return "dan laporan baru tidak lagi masuk periode ini."
    return "tetapi laporan baru dapat menurunkannya."


def _next_drop(reading: Reading) -> list[html.P]:
    clock_now = clock_of(reading.card)
    rows = np.flatnonzero((clock_now.unit == reading.unit) & (clock_now.drop_us < NEVER))
    if not len(rows):
        return []
    first = rows[0]  # the clock is in the order of the drops
    link = _report_link(reading, int(clock_now.rows[first]))
    return [html.P(["Berikutnya turun: ", link, html.Br(), *_until(reading, int(clock_now.drop_us[first]))])]


def _first(reading: Reading, plan: Plan) -> html.P:
    """The report of the plan whose time value drops first, with its minute and the time left."""
    card, number, drop_us = reading.card, plan.complete[0], plan.deadlines_us[0]
    mine = np.flatnonzero(card.facts.unit == reading.unit)
    row = next(row for row in mine if card.reports.number[card.membership.positions[row]] == number)
    link = _report_link(reading, int(row))
    if drop_us == NEVER:
        return html.P(["Pertama: ", link, ". Tidak ada yang turun tingkat lagi."])
    return html.P(["Pertama: ", link, html.Br(), *_until(reading, drop_us)])


def _report_link(reading: Reading, row: int) -> html.A:
    """Category and place of a report, or its number where the place is the unit itself."""
    found = named(reading, reading.card, row)
    words = f"{found.category}, {found.place or found.number}"
    return html.A(words, href="?lihat=terbuka", className="num", title=found.number, **{"data-stay": ""})


def _until(reading: Reading, drop_us: int) -> list:
    left = html.Span(**{"data-until": drop_us // 1000})
    return [html.B(f"sebelum {_minute(reading, drop_us)}"), ", ", left, " lagi."]


def _minute(reading: Reading, at_us: int) -> str:
    """'pukul 15.12', 'besok pukul 03.10', '25 Nov pukul 09.30'."""
    at, today = instant(at_us), reading.state.as_of.astimezone(WIB).date()
    days = {today: "", today + timedelta(days=1): "besok "}
    return f"{days.get(at.date(), f'{day_month(at)} ')}pukul {clock(at)}"


def _late_allowed(plan: Plan) -> html.P:
    count, chosen = plan.break_even, len(plan.complete)
    if all(deadline == NEVER for deadline in plan.deadlines_us):
        return html.P("Cukup selesai sebelum cut-off.")
    if count == 0:
        return html.P("Tidak satu pun boleh terlambat." if chosen > 1 else "Laporan itu tidak boleh terlambat.")
    if count >= chosen:
        return html.P(f"{'Semuanya' if chosen > 1 else 'Laporan itu'} masih boleh turun satu tingkat.")
    return html.P(["Masih boleh terlambat ", html.B(f"{integer(count)} laporan"), "."])


def _out_of_reach(reading: Reading, plan: Plan, target: str, ahead: Foreseen | None) -> list[html.P]:
    """The open reports do not reach the target: the best they can, and how to keep or reach the best grade.

    New reports that are done in time can still lift the score; the forecast knows how likely that is.
    """
    hopeless = ahead is not None and bool(ahead.chances) and ahead.chances[target] < NO_CHANCE_SHARE
    never = "tidak dapat dicapai." if hopeless else "tidak dapat dicapai dari laporan yang ada."
    words = [html.B(f"{target} {never}"), " Terbaik ", *_scored(reading, plan.best)]
    head, possible = html.P(words, className="do"), planned.best_possible(reading)
    if possible is None:
        return [head, html.P("Laporan yang ada tidak cukup untuk naik grade.")]
    letter, found = possible
    if not found.complete:
        return [head, html.P([html.B(f"{letter} bertahan"), f" tanpa penyelesaian lain, {_new_reports(reading)}"])]
    count = html.B(f"{integer(len(found.complete))} laporan")
    return [head, html.P([f"Untuk {letter} selesaikan ", count, *_becomes(reading, found)]), _first(reading, found)]
