"""The engine's questions, measured: plan, what-if, tier clock, compare; `python -m tests.bench_scoring_questions`."""

import sys
from dataclasses import replace

import numpy as np

from scoring import rulebook
from scoring.compare import compare
from scoring.plan import plan_of
from scoring.plan_open import open_rows
from scoring.plan_whatif import prepare, what_if
from scoring.reports import Reports, Units
from scoring.score import Scorecard, score, scores_of
from scoring.simulate import Change, simulate
from scoring.tier_clock import tier_clock
from tests.bench_scoring import median_ms, row
from tests.scoring.build import us
from tests.scoring.plan_world import PERIOD, reports_of

SIZES = (25_000, 300_000, 3_000_000)
CHANGED = 1_000
OPEN_REPORTS = 500
NOW = us("2026-11-22 12:00")
TYPES = ["kelurahan"] * 267 + ["kecamatan"] * 44 + ["kota"] * 6 + ["dinas"] * 30 + ["sudin"] * 120 + ["upt"] * 133
UNITS = Units(tuple(f"U{code}" for code in range(len(TYPES))), tuple(TYPES), np.full(len(TYPES), -1, np.int32))


def rows(sizes: tuple[int, ...] = SIZES) -> list[dict]:
    """Every measurement as what, reports, measured, unit, goal."""
    return [*plans(), *(line for size in sizes for line in what_ifs(size)), *questions(sizes[0])]


def plans() -> list[dict]:
    """The plan of a unit with 500 open reports, to each grade and beyond what can be reached."""
    card = card_of(40_000, unit=0, unit_reports=OPEN_REPORTS)
    assert len(open_rows(card, 0)) == OPEN_REPORTS
    now = float(card.scores.final[0])
    targets = {"grade A": 85.0, "half a point up": now + 0.5, "out of reach": 100.0}
    return [
        row(
            f"exact plan, {name}",
            OPEN_REPORTS,
            median_ms(lambda target=target: plan_of(card, 0, target)),
            "ms",
            "<= 50",
        )
        for name, target in targets.items()
    ]


def what_ifs(size: int) -> list[dict]:
    """Completions by difference; how many reports the period has must not show."""
    card = card_of(size)
    prepared = prepare(card)
    open_ = np.flatnonzero(prepared.can_change)
    found = []
    for count in (1, CHANGED):
        some = open_[:: len(open_) // count][:count]
        measured = median_ms(lambda some=some: what_if(prepared, some, NOW))
        found.append(row(f"what-if, {count} completed", size, measured, "ms", "<= 0.2"))
    scored = median_ms(lambda: scores_of(card.tally, UNITS, card.rules))
    found.append(row("... of which scoring all units", size, scored, "ms"))
    numbers = card.reports.number[card.membership.positions[some]].tolist()
    changes = [Change(number, "completed", NOW) for number in numbers]
    simulate(card, changes)  # finds numbers once per card
    found.append(row(f"simulate, {CHANGED} of any kind", size, median_ms(lambda: simulate(card, changes)), "ms"))
    return [*found, row("prepare what-if, once per revision", size, median_ms(lambda: prepare(card), 5), "ms")]


def questions(size: int) -> list[dict]:
    """Tier clock of all open reports; comparison of two days of one unit."""
    card = card_of(size)
    earlier = score(card.reports, card.rules, PERIOD, NOW - 86_400_000_000)
    return [
        row("tier clock of every open report", size, median_ms(lambda: tier_clock(card), 10), "ms"),
        row("compare two days of one unit", size, median_ms(lambda: compare(earlier, card, 0), 10), "ms"),
    ]


def card_of(size: int, unit: int | None = None, unit_reports: int = 0) -> Scorecard:
    """A clean month of 600 units; `unit` has exactly `unit_reports` open ones and as many complete."""
    rng = np.random.default_rng(2026)
    small = reports_of(rng, min(size, 100_000), NOW)
    month = small.only(rng.integers(0, len(small), size))
    month = replace(
        month, units=UNITS, number=np.array([f"JK{position:08d}" for position in range(size)], dtype=object)
    )
    entered = us("2026-11-01 00:00") + rng.integers(0, 21 * 86_400_000_000, size)
    month = replace(month, entered=entered, unit=rng.integers(1, len(UNITS), size).astype(np.int32))
    rules = rulebook.load("tkd-2017").at(PERIOD)
    card = score(month, rules, PERIOD, NOW)
    return card if unit is None else score(given(month, card, unit, unit_reports), rules, PERIOD, NOW)


def given(month: Reports, card: Scorecard, unit: int, count: int) -> Reports:
    """The month with `count` open and `count` complete reports held by the unit."""
    chosen = [open_rows(card)[:count], np.flatnonzero(card.facts.complete)[:count]]
    return month.with_changes(card.membership.positions[np.concatenate(chosen)], unit=unit)


if __name__ == "__main__":
    for line in rows():
        sys.stdout.write(
            f"{line['what']:36} {line['reports']:>10} {line['measured']:>10} {line['unit']} {line['goal']}\n"
        )
