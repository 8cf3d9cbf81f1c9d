"""The tier clock: when each open report drops next and what the unit then loses, against scoring twice anew."""

from dataclasses import replace

import numpy as np
import pytest

from scoring import rulebook
from scoring.plan_open import completed
from scoring.reports import NEVER
from scoring.score import Scorecard, score
from scoring.tier_clock import TierClock, tier_clock
from tests.scoring.build import reports, units, us
from tests.scoring.plan_world import HOUR, PERIOD, UNITS, reports_of, rules_of

RULES = rulebook.load("tkd-2017").at(PERIOD)
ONE = units({"A": "kelurahan", "B": "kelurahan"})
NOW = us("2026-11-20 12:00")
CUTOFF = us("2026-12-09 00:00")


def clock_of(*rows: dict, now: int = NOW, rules=RULES) -> TierClock:
    defaults = {"unit": "A", "category": "Sampah", "status": "proses", "entered": "2026-11-20 08:00"}
    numbered = [{"number": f"R{position}"} | defaults | row for position, row in enumerate(rows)]
    return tier_clock(score(reports(numbered, ONE), rules, PERIOD, now))


def final_if(card: Scorecard, clock: TierClock, row: int, instant: int, asked_us: int) -> float:
    """The unit's score, made anew, with that report alone completed at the instant."""
    position = card.membership.positions[clock.rows[[row]]]
    done = completed(card.reports.only(position), card.rules, instant)
    columns = {name: getattr(done, name) for name in ("status", "completed", "validated")}
    after = score(card.reports.with_changes(position, **columns), card.rules, PERIOD, asked_us)
    return float(after.scores.final[clock.unit[row]])


def test_points_lost_equal_two_full_scores():
    compared = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        as_of_us = us("2026-11-09 00:00") + int(rng.integers(0, 680)) * HOUR
        card = score(reports_of(rng, 40, as_of_us), rules_of(rng), PERIOD, as_of_us)
        clock = tier_clock(card)
        for row in np.flatnonzero(clock.drop_us < CUTOFF):
            drop_us = int(clock.drop_us[row])
            before, after = (final_if(card, clock, row, instant, drop_us) for instant in (drop_us - 1, drop_us))
            assert clock.points_lost[row] == pytest.approx(before - after, abs=1e-10)
            compared += before > after
    assert compared > 100


def test_the_drop_is_the_first_microsecond_of_the_lower_value():
    for seed in range(60):
        rng = np.random.default_rng(seed)
        as_of_us = us("2026-11-09 00:00") + int(rng.integers(0, 680)) * HOUR + int(rng.integers(2))
        card = score(reports_of(rng, 40, as_of_us), rules_of(rng), PERIOD, as_of_us)
        clock = tier_clock(card)
        rows = np.flatnonzero(clock.drop_us < CUTOFF)
        for row in rows:
            drop_us = int(clock.drop_us[row])
            assert tier_at(card, clock, row, drop_us - 1) == clock.tier_now[row] > clock.tier_after[row]
            assert tier_at(card, clock, row, drop_us) == clock.tier_after[row]
            assert tier_at(card, clock, row, as_of_us) == clock.tier_now[row]


def tier_at(card: Scorecard, clock: TierClock, row: int, instant: int) -> int:
    """The time value of that report in a card where it was completed at the instant."""
    position = card.membership.positions[clock.rows[[row]]]
    done = completed(card.reports.only(position), card.rules, instant)
    columns = {name: getattr(done, name) for name in ("status", "completed", "validated")}
    after = score(card.reports.with_changes(position, **columns), card.rules, PERIOD, max(instant, card.as_of_us))
    return int(after.facts.tier[after.membership.positions == position][0])


def test_the_next_drop_comes_first_and_the_lowest_value_last():
    clock = clock_of({"entered": "2026-11-01 08:00"}, {}, {"entered": "2026-11-19 08:00"})
    assert clock.number.tolist() == ["R2", "R1", "R0"]
    assert clock.drop_us.tolist() == [us("2026-11-20 13:00"), us("2026-11-21 13:00"), NEVER]
    assert clock.tier_now.tolist() == [100, 100, 40]
    assert clock.tier_after.tolist() == [80, 80, 40]
    assert clock.points_lost[2] == 0


def test_the_clock_runs_on_while_a_ticket_hides_a_report_unless_the_rules_pause_it():
    ticket = {
        "ticket_opened": "2026-11-20 10:00",
        "ticket_commitment": "2026-11-25 10:00",
        "ticket_limit": "2026-11-30 10:00",
    }
    running, pausing = (clock_of(ticket, {}, rules=rules_that(pauses)) for pauses in (False, True))
    assert dict(zip(running.number, running.hidden, strict=True)) == {"R0": True, "R1": False}
    assert running.drop_us.tolist() == [us("2026-11-21 13:00")] * 2
    assert pausing.drop_us.tolist() == [us("2026-11-21 13:00"), us("2026-11-26 13:00")]


def rules_that(pauses: bool):
    return replace(RULES, ticket_pauses_clock=pauses)


def test_a_report_passed_on_and_waiting_is_in_the_clock_until_the_cut_off_makes_it_doorr():
    waiting = {"status": "menunggu", "received_how": "koordinasi", "received": "2026-11-20 09:00"}
    assert clock_of(waiting).number.tolist() == ["R0"]
    assert len(clock_of(waiting, now=CUTOFF - 1)) == 1
    assert len(clock_of(waiting, now=CUTOFF)) == 0


def test_rows_that_need_a_correction_are_not_in_the_clock():
    before_entry = {"status": "selesai", "completed": "2026-11-20 07:00"}
    without_time = {"status": "selesai"}
    pending = {"status": "menunggu_validasi", "completed": "2026-11-20 09:00"}
    refused = {"status": "tl_ditolak", "completed": "2026-11-20 09:00"}
    assert clock_of(before_entry, without_time, pending, refused, {}).number.tolist() == ["R3", "R4"]


def test_a_drop_after_the_cut_off_costs_nothing_in_this_period_and_at_the_cut_off_all_it_gave():
    last = {"entered": "2026-12-05 08:00"}
    rows = [{"entered": "2026-11-30 23:00"} for _ in range(2)]
    assert len(clock_of(last)) == 0  # of the next month
    clock = clock_of(*rows, now=us("2026-12-08 12:00"))
    assert (clock.drop_us == NEVER).all()
    slow = [{"entered": "2026-11-30 00:00", "category": "Jalan Rusak", "unit": unit} for unit in "AB"]
    paused = {"ticket_opened": "2026-11-30 00:00", "ticket_limit": "2026-12-08 10:00"}
    at_cutoff, after = (paused | {"ticket_commitment": f"2026-12-0{day} 01:00"} for day in (7, 8))
    clock = clock_of(slow[0] | at_cutoff, slow[1] | after, now=us("2026-12-08 12:00"), rules=rules_that(True))
    assert clock.drop_us.tolist() == [CUTOFF, us("2026-12-10 00:00")]
    completed_alone = (20 + 40 + 0.2 * 4 + 20) / 80.8 * 100
    nothing = 0.2 * 60 / 80 * 100
    assert clock.points_lost.tolist() == pytest.approx([completed_alone - nothing, 0], abs=1e-10)


def test_the_clock_of_one_unit_is_its_part_of_the_clock_of_all():
    rng = np.random.default_rng(7)
    card = score(reports_of(rng, 80, NOW), RULES, PERIOD, NOW)
    everything = tier_clock(card)
    for unit in range(len(UNITS)):
        own, part = tier_clock(card, unit), everything.unit == unit
        assert own.number.tolist() == everything.number[part].tolist()
        assert own.points_lost.tolist() == everything.points_lost[part].tolist()
