"""What a scenario does: the score, its parts, the rank, the peers, the units above and below, in figures and words."""

from collections.abc import Callable, Iterator

import numpy as np

from components.formats import DASH, clock, decimal, integer, month_year
from components.unit_types import type_word
from components.what_if import Line, Result, Score, difference, line
from data_access.frame import instant
from data_access.monitor import Reading
from data_access.scope import Scope
from pages._tkd.scenario_changes import Chosen, short_time
from pages._tkd.scenario_reports import Desk
from scoring.aggregates import aggregate
from scoring.effort import peers, type_codes
from scoring.explain import PART_NAMES
from scoring.grades import grade_of
from scoring.reports import NEVER
from scoring.score import Scores
from scoring.simulate import Simulation
from scoring.standings import looked_at, standings

UNITS_NAMED = 4
REPORTS_NAMED = 2
REFUSED_NAMED = 5
Basis = Callable[[Reading, int], str]


def result(desk: Desk, scope: Scope, chosen: Chosen, simulation: Simulation, refused: list[str]) -> Result:
    """Everything beside the list of reports. `refused`: sentences of what the scenario cannot take."""
    reading = desk.reading
    same = simulation.base is desk.card.scores
    before = reading.standings if same else _standings(simulation, simulation.base)
    after = _standings(simulation, simulation.scenario)
    count = len({change.number for change in chosen.changes})
    base_label = "Dasar, " + clock(reading.state.as_of) if same else f"Dasar pada {short_time(simulation.as_of_us)}"
    base = _score(reading, base_label, before[reading.unit])
    scenario = _score(reading, f"Skenario, {integer(count)} laporan", after[reading.unit])
    known = base.grade is not None and scenario.grade is not None
    return Result(
        base=base,
        scenario=scenario,
        difference=difference(base.shown, scenario.shown) if known else DASH,
        lines=_lines(reading, simulation),
        effects=list(_effects(desk, scope, chosen, simulation, before, after)) if count else [],
        notes=list(_notes(desk, chosen)),
        refused=_first_of(refused),
    )


def _standings(simulation: Simulation, scores: Scores) -> np.ndarray:
    return standings(scores.final, simulation.units, simulation.rules)


def _score(reading: Reading, label: str, value: float) -> Score:
    if np.isnan(value):
        return Score(label, DASH, None)
    return Score(label, reading.shown(float(value)), grade_of(float(value), reading.card.rules.grades))


def _lines(reading: Reading, simulation: Simulation) -> list[Line]:
    """The parts of the own score; of an aggregate what its standing is the mean of."""
    sides = (simulation.base, simulation.scenario)
    if reading.is_aggregate:
        pairs = [aggregate(reading.unit, side.final, simulation.units, simulation.rules) for side in sides]
        below = f"Rata-rata {integer(pairs[0].units_below)} unit di bawah"
        rows = [("Nilai sendiri", *(found.own for found in pairs)), (below, *(found.below for found in pairs))]
        return [_line(name, one, two, 100) for name, one, two in rows if one is not None and two is not None]
    rules, unit = simulation.rules, reading.unit
    rows = [(part, *(float(getattr(side, part)[unit]) for side in sides)) for part in rules.part_shares]
    return [
        _line(PART_NAMES[part], one, two, max(one, two, 1) * 1.15 if part == "weight" else rules.full_score)
        for part, one, two in rows
        if one == one and two == two  # without reports there are no parts to compare
    ]


def _line(name: str, base: float, scenario: float, most: float) -> Line:
    """Both on one axis; where they lie above its middle it begins there, or small steps could not be seen."""
    least = most / 2 if min(base, scenario) >= most / 2 else 0
    return line(name, base, scenario, [(value - least) / (most - least) for value in (base, scenario)])


def _effects(desk, scope: Scope, chosen: Chosen, simulation: Simulation, before, after) -> Iterator[tuple[str, str]]:
    """(what, sentence) of all that moves beside the unit's own score."""
    reading = desk.reading
    yield "Peringkat", _rank(reading, simulation, before, after)
    own = (side.final[reading.unit] for side in (simulation.base, simulation.scenario))
    if reading.card.rules.effort_points and not all(map(np.isnan, own)):  # reports of its own, which have peers
        yield "Unit sejenis", _peers(reading, simulation)
    below = looked_at(reading.unit, simulation.units, simulation.rules)
    moved = _moved(reading, scope, [code for code in below if code != reading.unit], before, after)
    if moved:
        yield "Unit di bawah", moved
    above = _moved(reading, scope, _above(reading), before, after, basis=_basis)
    if above:
        yield "Ikut berubah", above
    targets = {change.to_unit for change in chosen.changes if change.kind == "moved"} - {reading.unit}
    given = _moved(reading, scope, sorted(targets), before, after)
    if given:
        yield "Unit penerima", given


def _rank(reading: Reading, simulation: Simulation, before: np.ndarray, after: np.ndarray) -> str:
    types, unit = simulation.units.types, reading.unit
    group = [code for code, kind in enumerate(types) if kind == types[unit] and not np.isnan(after[code])]
    name = type_word(types[unit])
    if np.isnan(after[unit]):
        return f"Tidak ada lagi; {integer(len(group))} {name} lain bernilai."
    if len(group) < 2:
        return f"Tidak ada {name} lain yang bernilai."
    first, second = (1 + int((side[group] > side[unit]).sum()) for side in (before, after))
    moved = f"Tetap {second}" if first == second else f"{first} → {second}"
    return f"{moved} dari {integer(len(group))} {name}."


def _peers(reading: Reading, simulation: Simulation) -> str:
    """The median and the most that the effort part compares with."""
    groups = type_codes(simulation.units.types)
    own_type = np.flatnonzero(groups == groups[reading.unit])
    sides = []
    for scores in (simulation.base, simulation.scenario):
        scored = ~np.isnan(scores.final)
        group = peers(scores.x, scored, groups)
        member = own_type[scored[own_type].argmax()]  # this unit itself may have lost its last report
        sides.append((group[1][member] / 2, group[2][member]))
    median, most = (_moved_figure(*map(_plain, pair)) for pair in zip(*sides, strict=True))
    return f"Median {median}, terbanyak {most} laporan selesai."


def _moved_figure(before: str, after: str) -> str:
    return f"tetap {after}" if before == after else f"{before} → {after}"


def _plain(value: float) -> str:
    return decimal(float(value), 1).removesuffix(",0")


def _above(reading: Reading) -> list[int]:
    """The units above, the nearest first, whose score rests on those below."""
    units, line = reading.card.reports.units, [reading.unit]
    while units.parent[line[-1]] >= 0 and units.parent[line[-1]] not in line:
        line.append(int(units.parent[line[-1]]))
    return [code for code in line[1:] if units.types[code] in reading.card.rules.aggregates]


def _basis(reading: Reading, code: int) -> str:
    """What the standing of an upper unit is the mean of."""
    found = aggregate(code, reading.card.scores.final, reading.card.reports.units, reading.card.rules)
    own = "nilai sendiri dan " if found.own is not None else ""
    return f" ({own}rata-rata {integer(found.units_below)} unit)"


def _moved(reading, scope: Scope, codes: list[int], before, after, basis: Basis | None = None) -> str:
    """'Kec. Gambir 80,14 → 80,64' of those whose shown score moved, the largest step first."""
    ids = reading.card.reports.units.ids
    seen = [code for code in codes if scope.everything or ids[code] in scope.unit_ids]
    steps = {code: (_figure(reading, before[code]), _figure(reading, after[code])) for code in seen}
    moved = [code for code in seen if steps[code][0] != steps[code][1]]
    moved.sort(key=lambda code: -abs(np.nan_to_num(after[code]) - np.nan_to_num(before[code])))
    named = [
        f"{reading.name(code)} {steps[code][0]} → {steps[code][1]}{basis(reading, code) if basis else ''}"
        for code in moved[:UNITS_NAMED]
    ]
    rest = [f"dan {integer(len(moved) - UNITS_NAMED)} unit lain"] if len(moved) > UNITS_NAMED else []
    return f"{', '.join([*named, *rest])}." if named else ""


def _figure(reading: Reading, value: float) -> str:
    return DASH if np.isnan(value) else reading.shown(float(value))


def _first_of(refused: list[str]) -> list[str]:
    rest = len(refused) - REFUSED_NAMED
    last = f"{integer(rest)} butir lain juga tidak dapat dihitung."
    return refused if rest <= 1 else [*refused[:REFUSED_NAMED], last]


def _notes(desk: Desk, chosen: Chosen) -> Iterator[str]:
    """What a reader should know of the chosen times."""
    if chosen.done:
        count = len(set(chosen.done))
        yield f"{_numbers(chosen.done)} sudah selesai di CRM, tidak dihitung lagi ({integer(count)} laporan)."
    past = sum(change.at_us < desk.card.as_of_us for change in chosen.changes)
    if past:
        yield f"{integer(past)} waktu sudah lewat; dihitung seolah terjadi saat itu."
    if chosen.by_pace:
        done, opened = integer(len(chosen.by_pace)), integer(len(desk.open_rows))
        yield f"Laju harian menyelesaikan {done} dari {opened} laporan terbuka sampai cut-off."
    yield from _late(desk, chosen)


def _numbers(numbers: tuple[str, ...]) -> str:
    named = list(dict.fromkeys(numbers))
    rest = len(named) - REPORTS_NAMED
    return ", ".join(named[:REPORTS_NAMED]) + (f" dan {integer(rest)} lainnya" if rest > 0 else "")


def _late(desk: Desk, chosen: Chosen) -> Iterator[str]:
    """Why a completion gives less than the report is worth now."""
    at = {change.number: change.at_us for change in chosen.changes if change.kind == "completed"}
    reports = desk.reports(desk.open_rows)
    here = np.array([number in at for number in reports.number], bool)
    rows, numbers = desk.open_rows[here], reports.number[here]
    at_us = np.array([at[number] for number in numbers], np.int64)
    tiers, passed = desk.tiers_at(rows, at_us) if len(rows) else (at_us, at_us)
    late = np.flatnonzero((tiers < desk.tier_now[here]) & (passed < NEVER))
    names = desk.reading.state.frame.names.categories
    for row in late[:REPORTS_NAMED]:
        name = names[reports.category[here][row] + 1][1]
        limit, when = _limit(int(passed[row]), int(at_us[row]))
        yield f"{name} {numbers[row]} pada {when} sudah lewat batas {limit}, maka bernilai {tiers[row]}."
    if len(late) > REPORTS_NAMED:
        yield f"{integer(len(late) - REPORTS_NAMED)} laporan lain juga lewat batas waktunya."


def _limit(passed_us: int, at_us: int) -> tuple[str, str]:
    """The limit and the time; the date is left out where both are of one day."""
    same = instant(passed_us).date() == instant(at_us).date()
    return clock(instant(passed_us)) if same else short_time(passed_us), short_time(at_us)


def nothing(reading: Reading) -> str | None:
    """Why there is nothing to simulate, None where there is."""
    month = month_year(str(reading.period))
    if reading.closed:
        return f"Periode {month} sudah ditutup; simulasi hanya untuk periode yang masih berjalan."
    has_reports = np.isin(reading.card.facts.unit, reading.units_read).any()
    return None if has_reports else f"Belum ada laporan pada {month}, jadi belum ada yang dapat disimulasikan."
