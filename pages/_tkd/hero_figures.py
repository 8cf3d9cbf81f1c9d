"""Three cells of the band: the score now, the expected one at the cut-off, the chance of the best grade."""

from datetime import datetime

from dash import html

from components.formats import DASH, clock, decimal
from components.rounding import as_hundredths, points
from components.score_hero import answer, cell, chance_bar, chance_text
from components.score_scale import limit_text, limits, score_text
from data_access import outlook, past
from data_access.engine import DatabaseUnavailable
from data_access.monitor import Reading
from pages._tkd import moments, planned
from pages._tkd.foreseen import Foreseen
from scoring.grades import grade_of
from scoring.tier_clock import TierClock, tier_clock

CERTAIN_SHARE = 0.995


def now(reading: Reading) -> html.Div:
    """The standing, how far the next grade is, and how it moved since the last check."""
    words = [*to_next(reading), _movement(reading)]
    alone = reading.card.tally.total[reading.unit] == 1 and not reading.is_aggregate
    hint = html.P("1 laporan: satu penyelesaian mengubah segalanya.") if alone else None
    return cell("Sekarang", "h1c", answer(reading.shown(reading.final), reading.grade), html.P(words), hint)


def to_next(reading: Reading) -> list:
    """'Kurang 2,29 poin ke A.', of the figures as shown; with the best grade how far it is above its limit."""
    bounds = limits(reading.card.rules.grades)
    missing = [letter for letter, limit in bounds.items() if reading.final < limit]
    figure = float(reading.shown(reading.final).replace(",", "."))
    if not missing:
        best, limit = next(iter(bounds.items()))
        return [html.B(f"{decimal(figure - limit, 2)} poin"), f" di atas batas {best}."]
    return ["Kurang ", html.B(f"{decimal(bounds[missing[-1]] - figure, 2)} poin"), f" ke {missing[-1]}."]


def _movement(reading: Reading) -> str:
    """' Naik 0,34 sejak pukul 07.30.', of the last check; nothing when that cannot be known."""
    end = moments.until(reading)
    at = moments.last_check(end).at
    before = _standing_at(reading, at)
    if before is None:
        return ""
    moved = moved_since(reading, before)
    since = f"sejak {'' if at.date() == end.date() else 'kemarin '}pukul {clock(at)}"
    return f" {moved} {since}." if moved else f" Tetap {since}."


def moved_since(reading: Reading, before: float) -> str:
    """'Naik 0,34', of the figures as shown, so that no panel contradicts another; '' where these are the same."""
    moved = as_hundredths(reading.shown(reading.final)) - as_hundredths(reading.shown(before))
    if not moved:
        return ""
    return f"{'Naik' if moved > 0 else 'Turun'} {points(abs(moved))}"


def _standing_at(reading: Reading, at: datetime) -> float | None:
    """The standing as it was, None where it is not known or there was none."""
    if at < reading.period.start:
        return None
    try:
        return past.card_at(reading.state, reading.period, at).standing(reading.unit_id)
    except DatabaseUnavailable:  # the answer itself does not wait for its past
        return None


def expected(reading: Reading, ahead: Foreseen | None) -> html.Div:
    """The median at the cut-off with its 80 % range; of a single open report its two outcomes."""
    alone = open_alone(reading)
    if alone is not None:
        return _two_outcomes(reading, alone, ahead)
    title = "Perkiraan saat cut-off"
    if ahead is None:
        return cell(title, "h2c", answer(DASH), html.P("Sedang dihitung, siap dalam beberapa detik."))
    if ahead.final is None:
        why = html.P(["Data terlalu sedikit untuk perkiraan. ", ahead.why])
        return cell(title, "h2c", answer(DASH), why)
    grade = grade_of(ahead.final[2], reading.card.rules.grades)
    sure = html.P(["Delapan dari sepuluh kemungkinan: ", _range(reading, ahead)])
    return cell(title, "h2c", answer(reading.shown(ahead.final[2]), grade), sure)


def _range(reading: Reading, ahead: Foreseen) -> html.B:
    """P10 to P90."""
    return html.B(f"{reading.shown(ahead.final[0])} – {reading.shown(ahead.final[4])}", className="nw")


def open_alone(reading: Reading) -> TierClock | None:
    """The clock of the only report of the period while it is open: what becomes of it is nearly all of the score."""
    if reading.is_aggregate or reading.card.tally.total[reading.unit] != 1:
        return None
    found = tier_clock(reading.card, reading.unit)
    return found if len(found) else None


def _two_outcomes(reading: Reading, found: TierClock, ahead: Foreseen | None) -> html.Div:
    """What becomes of the score with this report alone; as long as others may come in, also what is expected then."""
    grades = reading.card.rules.grades
    best = planned.best_score(reading)
    done = [_outcome("Selesai sekarang", best, grades)]
    lost = float(found.points_lost[0])
    if lost:
        done.append(_outcome("Selesai setelah turun tingkat", best - lost, grades))
    done.append(_outcome("Tidak selesai", reading.final, grades))
    return cell("Hanya satu laporan", "h2c outcomes", html.Dl(done), _with_new_reports(reading, ahead))


def _with_new_reports(reading: Reading, ahead: Foreseen | None) -> html.P | None:
    if ahead is None or ahead.final is None or reading.state.as_of >= reading.period.end:
        return None
    middle = html.B(reading.shown(ahead.final[2]))
    return html.P(["Dengan laporan baru, pada cut-off ", middle, "; delapan dari sepuluh: ", _range(reading, ahead)])


def _outcome(words: str, value: float, grades: dict) -> html.Div:
    figure = html.Dd([html.B(score_text(value, grades)), " ", grade_of(value, grades)])
    return html.Div([html.Dt(words), figure])


def chance(reading: Reading, ahead: Foreseen | None) -> html.Div:
    """The probability of the best grade, of all grades, and of the best one with the plan."""
    best, limit = next(iter(limits(reading.card.rules.grades).items()))
    title = f"Peluang {best}"
    if ahead is None or not ahead.chances:
        sentence = html.P(f"Batas {best} adalah {limit_text(limit)}.")
        return cell(title, "h3c", answer(DASH), sentence)
    figure = answer(chance_text(ahead.chances[best]), unit="%")
    return cell(title, "h3c", figure, chance_bar(ahead.chances), _with_plan(reading, best, ahead))


def _with_plan(reading: Reading, best: str, ahead: Foreseen) -> html.P | None:
    """What the plan would make of it; nothing where there is none, or where the grade is as good as certain."""
    if reading.is_aggregate or ahead.chances[best] > CERTAIN_SHARE:
        return None
    numbers = planned.plan_for(reading, planned.target_of(reading)).complete
    if not numbers:
        return None
    found = outlook.with_plan(reading.period, reading.unit, numbers)
    if found is None:
        return html.P("Peluang dengan rencana sedang dihitung.")
    share = dict(zip(reading.card.rules.grades, found.grades.tolist(), strict=True))[best]
    return html.P(["Menjadi ", html.B(f"{chance_text(share)}%"), " bila rencana dikerjakan."])
