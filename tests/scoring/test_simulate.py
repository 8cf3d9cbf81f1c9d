"""What-if: by the changed reports alone, equal to writing the changes into the reports and scoring all of them."""

from dataclasses import replace

import numpy as np
import pytest

from scoring import rulebook
from scoring.aggregates import aggregates
from scoring.membership import done_at
from scoring.plan_open import open_rows
from scoring.plan_whatif import prepare, what_if, what_if_moved
from scoring.reports import NEVER, RECEIVED_CODES, STATUS_CODES, Reports
from scoring.score import Scorecard, score
from scoring.simulate import Change, Simulation, SimulationError, simulate
from scoring.tally import COUNTS
from tests.scoring.build import us
from tests.scoring.plan_world import HOUR, PERIOD, UNITS, reports_of, rules_of

RULES = rulebook.load("tkd-2017").at(PERIOD)
CUTOFF = us("2026-12-09 00:00")
NOW = us("2026-11-20 12:00")
CLOSED = (STATUS_CODES["selesai"], STATUS_CODES["menunggu_validasi"])


def written(reports: Reports, changes: list[Change], rules) -> Reports:
    """The changes written into the rows one after the other, plainly."""
    for change in sorted(changes, key=lambda c: c.at_us):
        for row in np.flatnonzero(reports.number == change.number):
            if change.at_us < CUTOFF and reports.entered[row] <= change.at_us:
                reports = write(reports, int(row), change, rules)
    return reports


def write(reports: Reports, row: int, change: Change, rules) -> Reports:
    at_us, closed = change.at_us, reports.status[row] in CLOSED
    done = int(done_at(reports.only([row]), rules)[0]) <= at_us
    follow_up = int(reports.completed[row])
    if change.kind == "reopened":
        return reports.with_changes([row], status=STATUS_CODES["tl_ditolak"]) if done else reports
    if done:
        return reports
    if change.kind == "moved":
        how = "koordinasi" if reports.unit[row] >= 0 and UNITS.types[reports.unit[row]] == "kelurahan" else "disposisi"
        status = reports.status[row] if closed else STATUS_CODES["menunggu"]
        given = {"unit": change.to_unit, "received": at_us, "received_how": RECEIVED_CODES[how], "status": status}
    elif change.kind == "ticketed":
        given = {"ticket_opened": at_us, "ticket_commitment": change.commitment_us, "ticket_limit": change.limit_us}
    elif closed and (follow_up == NEVER or follow_up < reports.entered[row]):
        return reports
    else:
        waits = closed and rules.pending_validation == "open" and follow_up <= at_us
        given = {"status": STATUS_CODES["selesai"], "completed": follow_up if waits else at_us, "validated": at_us}
    return reports.with_changes([row], **given)


def assert_equal(found: Simulation, wanted: Scorecard, base: Scorecard) -> None:
    """The scenario is the full score after the changes, and the base the full score without them, to the last bit."""
    assert found.as_of_us == wanted.as_of_us
    for name in COUNTS:
        assert getattr(found.tally, name).tolist() == getattr(wanted.tally, name).tolist(), name
    assert np.array_equal(found.scenario.final, wanted.scores.final, equal_nan=True)
    assert np.array_equal(found.base.final, base.scores.final, equal_nan=True)


def random_card(rng: np.random.Generator, rules=None) -> Scorecard:
    as_of_us = us("2026-11-06 00:00") + int(rng.integers(0, 900)) * HOUR
    return score(reports_of(rng, 60, as_of_us), rules or rules_of(rng), PERIOD, as_of_us)


def random_changes(rng: np.random.Generator, card: Scorecard) -> list[Change]:
    """Up to a dozen, some of the same report, some before now, some later, some after the cut-off."""
    changes, ticketed = [], set(card.reports.number[card.reports.ticket_opened != NEVER])
    for row in rng.integers(0, len(card.reports), rng.integers(1, 13)):
        number = card.reports.number[row]
        kind = str(rng.choice(["completed", "completed", "moved", "reopened", "ticketed"]))
        first = int(card.reports.entered[card.reports.number == number].min())
        at_us = max(first, card.as_of_us + int(rng.integers(-200, 300)) * HOUR)
        if kind == "ticketed" and number in ticketed:
            continue
        ticketed |= {number} if kind == "ticketed" else set()
        extra = {"to_unit": int(rng.integers(len(UNITS)))} if kind == "moved" else {}
        if kind == "ticketed":
            extra = {"commitment_us": at_us + 30 * HOUR, "limit_us": at_us + int(rng.integers(31, 900)) * HOUR}
        changes.append(Change(number, kind, at_us, **extra))
    return changes


@pytest.mark.parametrize("part", range(5))
def test_a_scenario_equals_scoring_the_changed_reports_anew(part):
    moved = 0
    for seed in range(part * 60, part * 60 + 60):
        rng = np.random.default_rng(seed)
        card = random_card(rng)
        changes = random_changes(rng, card)
        found = simulate(card, changes)
        asked_us = max([card.as_of_us, *(change.at_us for change in changes if change.at_us < CUTOFF)])
        after = written(card.reports, changes, card.rules)
        base = score(card.reports, card.rules, PERIOD, asked_us)
        assert_equal(found, score(after, card.rules, PERIOD, asked_us), base)
        moved += len(found.moved_units())
    assert moved > 60


@pytest.mark.parametrize("part", range(4))
def test_completions_by_difference_equal_scoring_the_changed_reports_anew(part):
    compared = 0
    for seed in range(part * 60, part * 60 + 60):
        rng = np.random.default_rng(seed)
        card = random_card(rng)
        prepared = prepare(card)
        rows = rng.permutation(np.flatnonzero(prepared.can_change))[: int(rng.integers(0, 12))]
        last = min(prepared.quiet_until_us, CUTOFF) - 1
        if last < card.as_of_us:
            assert len(rows) == 0
            continue
        at_us = np.minimum(card.as_of_us + rng.integers(0, 300, len(rows)) * HOUR, last)
        numbers = card.reports.number[card.membership.positions[rows]]
        changes = [Change(number, "completed", int(at)) for number, at in zip(numbers, at_us, strict=True)]
        found = what_if(prepared, rows, at_us)
        wanted = score(written(card.reports, changes, card.rules), card.rules, PERIOD, found.as_of_us)
        assert_equal(found, wanted, card)
        assert np.array_equal(simulate(card, changes).scenario.final, found.scenario.final, equal_nan=True)
        compared += len(rows)
    assert compared > 100


def test_moves_by_difference_equal_scoring_the_changed_reports_anew():
    compared = 0
    for seed in range(120):
        rng = np.random.default_rng(seed)
        card = random_card(rng)
        prepared = prepare(card)
        rows = rng.permutation(np.flatnonzero(prepared.can_change))[: int(rng.integers(0, 12))]
        to_unit = rng.integers(0, len(UNITS), len(rows))
        numbers = card.reports.number[card.membership.positions[rows]]
        moves = zip(numbers, to_unit.tolist(), strict=True)
        changes = [Change(number, "moved", card.as_of_us, to_unit=unit) for number, unit in moves]
        wanted = score(written(card.reports, changes, card.rules), card.rules, PERIOD, card.as_of_us)
        assert_equal(what_if_moved(prepared, rows, to_unit), wanted, card)
        compared += len(rows)
    assert compared > 100


def plain_card(count: int = 60, seed: int = 1) -> Scorecard:
    return random_card(np.random.default_rng(seed), RULES)


def number_of(card: Scorecard, row: int) -> str:
    return card.reports.number[card.membership.positions[row]]


def test_peers_and_units_above_move_with_the_unit():
    card = score(reports_of(np.random.default_rng(3), 60, NOW), RULES, PERIOD, NOW)
    changes = [Change(number_of(card, row), "completed", NOW) for row in open_rows(card, 0)]
    found = simulate(card, changes)
    assert {0, 1} <= set(found.moved_units().tolist())
    before = {entry.unit: entry for entry in aggregates(card.scores.final, UNITS, RULES)}
    after = {entry.unit: entry for entry in aggregates(found.scenario.final, UNITS, RULES)}
    assert [(old.unit, old, new) for old, new in found.parents()] == [
        (code, before[code], after[code]) for code in (4, 5)
    ]
    assert before[4].final != after[4].final


def test_a_report_moved_and_then_completed_counts_for_the_unit_that_completed_it():
    card = score(reports_of(np.random.default_rng(3), 60, NOW), RULES, PERIOD, NOW)
    number = number_of(card, open_rows(card, 0)[0])
    there = simulate(card, [Change(number, "completed", NOW + 2), Change(number, "moved", NOW + 1, to_unit=1)])
    late = simulate(card, [Change(number, "completed", NOW + 1), Change(number, "moved", NOW + 2, to_unit=1)])
    assert (there.tally.complete - card.tally.complete).tolist()[:2] == [0, 1]
    assert (late.tally.complete - card.tally.complete).tolist()[:2] == [1, 0]


def test_the_order_in_which_changes_are_given_is_irrelevant():
    rng = np.random.default_rng(5)
    card = plain_card()
    changes = random_changes(rng, card)
    spread = [replace(change, at_us=change.at_us + position) for position, change in enumerate(changes)]
    first, second = (simulate(card, order) for order in (spread, spread[::-1]))
    assert np.array_equal(first.scenario.final, second.scenario.final, equal_nan=True)


def test_nothing_changes_from_the_cut_off_on():
    card = plain_card()
    number = number_of(card, open_rows(card)[0])
    found = simulate(card, [Change(number, "completed", CUTOFF)])
    assert len(found.moved_units()) == 0
    assert found.as_of_us == card.as_of_us


def test_changes_that_cannot_happen_are_refused_by_name():
    card = plain_card()
    number = number_of(card, open_rows(card)[0])
    ticket = {"commitment_us": NOW, "limit_us": NOW}
    ticketed = card.reports.number[card.reports.ticket_opened != NEVER][0]
    refused = {
        "no report 'JK9'": [Change("JK9", "completed", NOW), Change(number, "completed", card.as_of_us)],
        "before its entry": [Change(number, "completed", us("2026-01-01 00:00"))],
        "unit that is known": [Change(number, "moved", card.as_of_us)],
        "needs the instants": [Change(number, "ticketed", card.as_of_us)],
        f"{ticketed}.* has a ticket already": [Change(ticketed, "ticketed", card.as_of_us, **ticket)],
        "a second is refused": [Change(number, "ticketed", card.as_of_us + n, **ticket) for n in (0, 1)],
    }
    for reason, changes in refused.items():
        with pytest.raises(SimulationError, match=reason):
            simulate(card, changes)


def test_what_is_not_open_or_not_now_is_refused_by_the_short_way():
    card = plain_card()
    prepared = prepare(card)
    complete = np.flatnonzero(card.facts.complete)[:1]
    open_ = open_rows(card)[:1]
    with pytest.raises(SimulationError, match="not open"):
        what_if(prepared, complete, card.as_of_us)
    with pytest.raises(SimulationError, match="as_of"):
        what_if(prepared, open_, card.as_of_us - 1)
    with pytest.raises(SimulationError, match="as_of"):
        what_if(prepared, open_, prepared.quiet_until_us)
    with pytest.raises(SimulationError, match="known"):
        what_if_moved(prepared, open_, -1)
