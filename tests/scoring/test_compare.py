"""Why a score moved: causes in one order, whose points add up to the difference."""

from dataclasses import replace

import numpy as np
import pytest

from scoring import rulebook
from scoring.compare import Cause, causes_of, compare
from scoring.periods import Period
from scoring.reports import NEVER, Reports
from scoring.rules import Rules
from scoring.score import Scorecard, score
from tests.scoring.build import reports, units, us
from tests.scoring.plan_world import HOUR, PERIOD, UNITS, reports_of, rules_of

RULES = rulebook.load("tkd-2017").at(PERIOD)
KNOWN = units({"A": "kelurahan", "B": "kelurahan", "C": "dinas"})
PAIRS = 560


def final(card: Scorecard, unit: int) -> float:
    """The score, 0 for none."""
    return float(np.nan_to_num(card.scores.final[unit]))


def disturbed(rng: np.random.Generator, rows: Reports, as_of_us: int) -> Reports:
    """Later: some closed, reopened, moved, ticketed, corrected, deleted, in another order."""
    late = reports_of(rng, len(rows), as_of_us)
    rows = rows.with_changes(np.flatnonzero(rng.random(len(rows)) < 0.1), unit=int(rng.integers(-1, len(UNITS))))
    for names in (("status", "completed", "validated"), ("category",), ("entered",), ("ticket_opened", "ticket_limit")):
        some = np.flatnonzero(rng.random(len(rows)) < rng.choice([0, 0.1, 0.3]))
        rows = rows.with_changes(some, **{name: getattr(late, name)[some] for name in names})
    return rows.only(rng.permutation(len(rows))[: len(rows) - int(rng.integers(0, 3))])


def random_pair(seed: int) -> tuple[Scorecard, Scorecard]:
    rng = np.random.default_rng(seed)
    first = us("2026-11-02 00:00") + int(rng.integers(0, 800)) * HOUR
    second = first + int(rng.integers(0, 400)) * HOUR
    rows = reports_of(rng, int(rng.integers(0, 70)), second)
    rules = rules_of(rng)
    period = Period(2026, 10) if seed % 7 == 0 else PERIOD
    before = score(rows.only(rng.random(len(rows)) < 0.9), rules, period, first)
    after = score(disturbed(rng, rows, second), rules_of(rng) if seed % 5 == 0 else rules, PERIOD, second)
    return (after, before) if seed % 11 == 0 else (before, after)


@pytest.mark.parametrize("part", range(8))
def test_the_points_sum_to_the_difference(part):
    found = set()
    for seed in range(part * PAIRS // 8, (part + 1) * PAIRS // 8):
        before, after = random_pair(seed)
        for unit in (0, 1, 4, 6):
            causes = compare(before, after, unit)
            difference = final(after, unit) - final(before, unit)
            assert sum(cause.points for cause in causes) == pytest.approx(difference, abs=1e-12)
            order = causes_of(before.rules)
            assert sorted(causes, key=lambda cause: order.index(cause.name)) == causes
            numbers = [number for cause in causes for number in cause.reports]
            assert len(numbers) == len(set(numbers))
            found |= {cause.name for cause in causes}
    assert len(found) > 10


OPEN = {"unit": "A", "category": "Sampah", "status": "proses", "entered": "2026-11-10 08:00"}
DONE = OPEN | {"status": "selesai", "completed": "2026-11-10 10:00"}


def card(*rows: dict, at: str = "2026-11-20 12:00", rules: Rules = RULES, period: Period = PERIOD) -> Scorecard:
    numbered = [{"number": f"R{position}"} | row for position, row in enumerate(rows)]
    return score(reports(numbered, KNOWN), rules, period, us(at))


def causes(before: Scorecard, after: Scorecard) -> list[tuple[str, tuple[str, ...]]]:
    return [(cause.name, cause.reports) for cause in compare(before, after, 0)]


TICKET = {"ticket_opened": "2026-11-11 08:00", "ticket_commitment": "2026-12-20 08:00"}
WAITING = OPEN | {"status": "menunggu", "received_how": "koordinasi", "received": "2026-11-10 09:00"}
OCTOBER = OPEN | {"entered": "2026-10-20 08:00"}
ONE_REPORT = [
    ("closed_100", OPEN, DONE),
    ("closed_80", OPEN, DONE | {"completed": "2026-11-11 13:00"}),
    ("closed_40", OPEN, DONE | {"completed": "2026-11-19 13:00"}),
    ("closed_100", None, DONE),
    ("closed_100", DONE | {"status": "tl_ditolak"}, DONE),
    ("new", None, OPEN),
    ("reopened", DONE, DONE | {"status": "tl_ditolak"}),
    ("moved_in", OPEN | {"unit": "B"}, OPEN),
    ("moved_in", DONE | {"unit": "B"}, DONE),
    ("moved_out", OPEN, OPEN | {"unit": "B"}),
    ("corrected", DONE, DONE | {"category": "Parkir Liar"}),
    ("corrected", DONE, DONE | {"entered": "2026-11-02 08:00"}),
    ("corrected", DONE, DONE | {"completed": "2026-11-10 07:00"}),
    ("corrected", OPEN, None),
    ("corrected", OPEN | {"unit": None}, OPEN),
    ("ticketed", OPEN, OPEN | TICKET | {"ticket_limit": "2026-12-30 08:00"}),
]


@pytest.mark.parametrize(("name", "old", "new"), ONE_REPORT)
def test_every_report_has_the_cause_it_is_known_by(name, old, new):
    rest = [DONE, OPEN, DONE | {"unit": "B"}]
    old, new = ([] if row is None else [row] for row in (old, new))
    assert ("R3", name) in [(r, n) for n, rs in causes(card(*rest, *old), card(*rest, *new)) for r in rs]


def test_left_overs_come_at_the_cut_off_and_by_themselves():
    found = causes(card(DONE, OCTOBER, at="2026-11-08 23:59"), card(DONE, OCTOBER, at="2026-11-11 00:00"))
    assert found == [("closed_100", ("R0",)), ("left_over", ("R1",))]


def test_a_report_of_the_earlier_period_alone_left_with_it():
    done_in_october = OCTOBER | {"status": "selesai", "completed": "2026-10-20 09:00"}
    october = card(done_in_october, OCTOBER, at="2026-11-08 12:00", period=Period(2026, 10))
    november = card(done_in_october, OCTOBER, OPEN)
    assert causes(october, november) == [("new", ("R2",)), ("left_period", ("R0",))]


def test_what_waits_at_the_cut_off_moves_the_score_as_doorr():
    found = causes(card(DONE, WAITING, at="2026-12-08 23:59"), card(DONE, WAITING, at="2026-12-09 00:00"))
    assert found == [("doorr", ("R1",))]


def test_an_answer_counts_where_the_rules_have_a_response_part():
    assumed = rulebook.load("tkd-2021-asumsi").at(PERIOD)
    before = card(DONE, OPEN, rules=assumed)
    answered = replace(before.reports, first_response=np.array([NEVER, us("2026-11-10 09:00")]))
    found = compare(before, score(answered, assumed, PERIOD, before.as_of_us), 0)
    assert found == [Cause("answered", ("R1",), pytest.approx(10))]


def test_peers_move_the_score_by_the_effort_alone():
    known = [DONE, DONE, DONE | {"unit": "B"}]
    before, after = card(*known), card(*known, *[DONE | {"unit": "B"}] * 2)
    found = compare(before, after, 0)
    assert [cause.name for cause in found] == ["peers"]
    assert found[0].points == pytest.approx((40 - 100) * 0.2 / before.scores.maximum[0] * 100, abs=1e-12)


def test_a_change_of_rules_moves_the_score_by_itself():
    stricter = replace(RULES, tier_values=(90, 80, 60, 40))
    before, after = card(DONE, OPEN), card(DONE, OPEN, rules=stricter)
    found = compare(before, after, 0)
    assert [cause.name for cause in found] == ["rules"]
    assert found[0].points == pytest.approx(-10 * 0.4 / before.scores.maximum[0] * 100, abs=1e-12)


def test_a_missing_score_stands_at_zero_on_either_side():
    nothing, something = card(DONE | {"unit": "B"}), card(DONE | {"unit": "B"}, DONE, OPEN)
    assert np.isnan(nothing.scores.final[0])
    came, went = compare(nothing, something, 0), compare(something, nothing, 0)
    assert sum(cause.points for cause in came) == pytest.approx(something.scores.final[0], abs=1e-12)
    assert sum(cause.points for cause in went) == pytest.approx(-something.scores.final[0], abs=1e-12)


def test_nothing_moved_has_no_cause():
    assert compare(card(DONE, OPEN), card(DONE, OPEN), 0) == []
    assert compare(card(), card(), 0) == []


def test_a_unit_that_a_card_does_not_know_has_no_score_in_it():
    after = card(DONE, OPEN)
    before = score(
        reports([DONE | {"number": "R9", "unit": "B"}], units({"B": "kelurahan"})), RULES, PERIOD, after.as_of_us
    )
    assert sum(cause.points for cause in compare(before, after, 0)) == pytest.approx(after.scores.final[0], abs=1e-12)
