"""A pace of work: what is completed when, and in which order."""

import numpy as np
import pytest

from scoring import rulebook
from scoring.pace import at_pace
from scoring.periods import Period
from scoring.score import Scorecard, score
from scoring.simulate import simulate
from scoring.tier_clock import tier_clock
from tests.scoring.build import reports, units, us
from tests.scoring.plan_world import reports_of

PERIOD = Period(2026, 11)
RULES = rulebook.load("tkd-2017").at(PERIOD)
KNOWN = units({"A": "kelurahan", "B": "kelurahan", "C": "kelurahan"})
NEVER_MIND = us("2027-01-01 00:00")
# Sampah: 100 below 29 hours, then 80, 60 from 45, 40 from 67.
ROWS = (
    {"number": "lowest", "entered": "2026-11-10 08:00"},
    {"number": "drops-last", "entered": "2026-11-20 11:00"},
    {"number": "drops-first", "entered": "2026-11-18 16:00"},
    {"number": "drops-second", "entered": "2026-11-20 08:00"},
    {"number": "other-unit", "unit": "B", "entered": "2026-11-20 09:00"},
    {"number": "done", "entered": "2026-11-20 08:00", "status": "selesai", "completed": "2026-11-20 09:00"},
)


def card_of(*rows: dict, at: str = "2026-11-20 12:00") -> Scorecard:
    defaults = {"unit": "A", "category": "Sampah", "status": "proses"}
    return score(reports([defaults | row for row in rows], KNOWN), RULES, PERIOD, us(at))


def plan(card: Scorecard, *asked) -> list[tuple[str, int]]:
    return [(change.number, change.at_us) for change in at_pace(card, *asked)]


def test_so_many_a_day_at_the_hour_in_the_order_of_the_clock():
    found = plan(card_of(*ROWS), [0], 2, 15, NEVER_MIND)
    assert found == [
        ("drops-first", us("2026-11-20 15:00")),
        ("drops-second", us("2026-11-20 15:00")),
        ("drops-last", us("2026-11-21 15:00")),
        ("lowest", us("2026-11-21 15:00")),
    ]


def test_units_share_one_pace():
    found = plan(card_of(*ROWS), [0, 1], 3, 15, NEVER_MIND)
    assert [number for number, _ in found] == ["drops-first", "drops-second", "other-unit", "drops-last", "lowest"]
    assert plan(card_of(*ROWS), [2], 3, 15, NEVER_MIND) == []
    assert plan(card_of(*ROWS), [], 3, 15, NEVER_MIND) == []


@pytest.mark.parametrize(
    ("at", "hour", "first"),
    [
        ("2026-11-20 11:59", 12, "2026-11-20 12:00"),
        ("2026-11-20 12:00", 12, "2026-11-21 12:00"),
        ("2026-11-20 12:00", 0, "2026-11-21 00:00"),
        ("2026-11-20 06:30", 7, "2026-11-20 07:00"),  # still the 19th in UTC
        ("2026-11-20 23:30", 23, "2026-11-21 23:00"),
    ],
)
def test_the_first_hour_is_the_next_one_in_jakarta(at, hour, first):
    assert plan(card_of(ROWS[0], at=at), [0], 1, hour, NEVER_MIND) == [("lowest", us(first))]


def test_it_ends_at_the_given_instant_and_that_instant_counts():
    card = card_of(*ROWS)
    for until, count in (("2026-11-20 14:59", 0), ("2026-11-20 15:00", 1), ("2026-11-22 15:00", 3)):
        assert len(plan(card, [0], 1, 15, us(until))) == count


def test_it_ends_before_the_cut_off():
    rows = [{"number": f"R{n}", "entered": "2026-11-30 08:00"} for n in range(9)]
    card = card_of(*rows, at="2026-12-06 12:00")
    assert [at for _, at in plan(card, [0], 2, 23, NEVER_MIND)] == [
        us(f"2026-12-0{day} 23:00") for day in (6, 6, 7, 7, 8, 8)
    ]
    assert plan(card_of(*rows, at="2026-12-09 00:00"), [0], 2, 23, NEVER_MIND) == []


def test_a_pace_that_cannot_be_is_refused():
    for per_day, hour in ((0, 15), (-1, 15), (1, 24), (1, -1)):
        with pytest.raises(ValueError, match="cannot be"):
            at_pace(card_of(*ROWS), [0], per_day, hour, NEVER_MIND)


def test_everything_is_in_the_order_of_the_tier_clock_and_can_be_simulated():
    for seed in range(30):
        rng = np.random.default_rng(seed)
        now = us("2026-11-20 12:00")
        card = score(reports_of(rng, 60, now), RULES, PERIOD, now)
        found = at_pace(card, range(9), 1000, 13, NEVER_MIND)
        clock = list(dict.fromkeys(tier_clock(card).number))
        assert [change.number for change in found] == clock
        assert {change.at_us for change in found} == {us("2026-11-20 13:00")}
        after = simulate(card, found)
        assert (after.tally.complete >= card.tally.complete).all()
        assert after.tally.complete.sum() > card.tally.complete.sum()
