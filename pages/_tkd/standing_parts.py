"""What the standing of an upper unit is made of: its own score and the mean of the scores below."""

import numpy as np
from dash import html

from components.desk import foot, lead
from components.formats import DASH, decimal, integer, percent
from components.rounding import adding_up, as_hundredths, points
from components.score_formula import number
from components.score_parts import UnitBelow, sum_line, units_below
from data_access.monitor import Reading
from pages._tkd.links import OWN, list_href, unit_href
from scoring.aggregates import Aggregate

TERMS_SHOWN = 6


def standing_parts(reading: Reading) -> html.Div:
    """The mean its standing is, its terms, and the units below with what each takes away."""
    found = reading.aggregate
    shares = reading.shares
    lost = _lost(reading, shares)
    below = [unit for unit in sorted(shares, key=lambda unit: reading.card.scores.final[unit]) if unit != reading.unit]
    units = [_unit_below(reading, unit, lost[unit]) for unit in below]
    each = percent(shares[below[0]]) if below else DASH
    total = sum_line(_mean(reading, found), reading.shown(reading.final), reading.grade)
    body = [lead(_finding_of_units(reading, found, units)), *_means(reading, found, lost), total]
    list_ = units_below(units, f"{each}%", list_href(reading)) if units else None
    return html.Div([*body, list_, _silent(found)], className="sp")


def _lost(reading: Reading, shares: dict[int, float]) -> dict[int, int]:
    """Hundredths of the standing that each unit's distance to the full score takes."""
    full, final = reading.card.rules.full_score, reading.card.scores.final
    values = [share * (full - float(final[unit])) for unit, share in shares.items()]
    rounded = adding_up(values, full * 100 - as_hundredths(reading.shown(reading.final)))
    return dict(zip(shares, rounded, strict=True))


def _unit_below(reading: Reading, unit: int, lost: int) -> UnitBelow:
    unit_id, score = reading.card.reports.units.ids[unit], float(reading.card.scores.final[unit])
    grade = reading.card.grade(unit)
    return UnitBelow(reading.name(unit), unit_href(reading, unit_id), reading.shown(score), grade, lost)


def _finding_of_units(reading: Reading, found: Aggregate, units: list[UnitBelow]) -> list:
    if not units:
        return ["Belum ada unit di bawah yang punya nilai, maka nilainya nilai sendiri."]
    worst = [html.B(units[0].name), f" ({points(-units[0].lost)})"]
    if found.own is None:
        return ["Paling banyak hilang di ", *worst, "."]
    higher = "di atas" if found.own >= found.below else "di bawah"
    words = f"Nilai sendiri {higher} rata-rata unit di bawahnya. Di antara unit itu paling banyak hilang di "
    return [words, *worst, "."]


def _means(reading: Reading, found: Aggregate, lost: dict[int, int]) -> list:
    """What enters the mean, each with its formula."""
    rows = []
    if found.own is not None:
        link = number(reading.shown(found.own), f"{OWN}semua")
        rows.append(_mean_row("Nilai sendiri", "dari laporan yang dipegang sendiri", ["= ", link], lost[reading.unit]))
    if found.below is not None:
        quiet_ = f"dari {integer(found.units_below_count)} unit"
        name = f"Rata-rata {integer(found.units_below)} unit di bawah"
        of_units = sum(points_ for unit, points_ in lost.items() if unit != reading.unit)
        rows.append(_mean_row(name, quiet_, _terms(reading, found), of_units))
    return rows


def _mean_row(name: str, quiet_: str, formula_: list, lost: int) -> html.Div:
    head = html.Div([html.B(name), " ", html.Span(quiet_, className="xs t2")])
    words = html.Div([head, html.Div(formula_, className="pf")], className="pn")
    return html.Div([words, html.Span(f"hilang {points(lost)}", className="lost")], className="ln terms")


def _terms(reading: Reading, found: Aggregate) -> list:
    final = reading.card.scores.final
    scored = [unit for unit in reading.units_read if unit != reading.unit and not np.isnan(final[unit])]
    if len(scored) > TERMS_SHOWN:
        return [f"jumlah {decimal(found.below * len(scored), 2)} ÷ {len(scored)} = {reading.shown(found.below)}"]
    terms = " + ".join(reading.shown(float(final[unit])) for unit in scored)
    return [f"({terms}) ÷ {len(scored)} = {reading.shown(found.below)}"]


def _mean(reading: Reading, found: Aggregate) -> list:
    values = [reading.shown(value) for value in (found.own, found.below) if value is not None]
    return [f"({' + '.join(values)}) ÷ 2 ="] if len(values) == 2 else ["Nilai unit ="]


def _silent(found: Aggregate):
    silent = found.units_below_count - found.units_below
    return foot(f"{integer(silent)} unit di bawah tanpa laporan tidak dihitung.") if silent else None
