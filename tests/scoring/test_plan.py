"""The plan: the smallest set that reaches a target, or the proof that there is none, against trying every set."""

import json
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from scoring import rulebook
from scoring.__main__ import main
from scoring.exact import exact_of, exact_score
from scoring.plan import Plan, plan, plan_of
from scoring.plan_open import completed, facts_if_completed, open_rows
from scoring.score import Scorecard, score
from scoring.tier_clock import tier_clock
from tests.scoring.build import reports, units, us
from tests.scoring.plan_world import HOUR, PERIOD, instant, reports_of, rules_of

MOST_OPEN = 8
CASES = 400
MANY_OPEN = (9, 10, 11, 12, 13, 15)
CUTOFF = us("2026-12-09 00:00")


def rescored(card: Scorecard, rows) -> Scorecard:
    """The card after completing the reports of the rows at its instant, scored anew."""
    positions = card.membership.positions[list(rows)]
    done = completed(card.reports.only(positions), card.rules, card.as_of_us)
    columns = {name: getattr(done, name) for name in ("status", "completed", "validated")}
    return score(card.reports.with_changes(positions, **columns), card.rules, PERIOD, card.as_of_us)


def every_set(card: Scorecard, unit: int) -> list[tuple[int, Fraction, tuple[str, ...], float]]:
    """(size, exact score, numbers, score) of every set of open reports."""
    found = []
    candidates = open_rows(card, unit).tolist()
    for size in range(len(candidates) + 1):
        for rows in combinations(candidates, size):
            after = rescored(card, rows)
            numbers = tuple(sorted(card.reports.number[card.membership.positions[list(rows)]]))
            exact = exact_of(unit, after.tally, card.reports.units, card.rules).final
            found.append((size, exact, numbers, float(after.scores.final[unit])))
    return found


def smallest(sets: list[tuple], needed: Fraction) -> tuple | None:
    """Fewest, then highest, then lowest numbers, of those that meet the target."""
    return min((s for s in sets if s[1] >= needed), key=lambda s: (s[0], -s[1], s[2]), default=None)


def assert_is_best(found: Plan, sets: list[tuple], target: float, limits: list[float]) -> None:
    """The plan is the one that trying every set gives."""
    needed = Fraction(target) if target in limits else Fraction(target) - Fraction(1, 10**12)
    wanted = smallest(sets, needed)
    highest = min(sets, key=lambda s: (-s[1], s[0], s[2]))
    chosen = highest if wanted is None else wanted
    assert found.reachable == (wanted is not None)
    assert (found.best, found.now) == (highest[3], sets[0][3])
    assert (tuple(sorted(found.complete)), found.final) == (chosen[2], chosen[3])


def random_card(seed: int) -> tuple[Scorecard, int]:
    rng = np.random.default_rng(seed)
    as_of_us = us("2026-11-06 08:00") + int(rng.integers(0, 700)) * HOUR
    rows = reports_of(rng, int(rng.integers(1, 45)), as_of_us, open_share=float(rng.choice([0.1, 0.5, 1.0])))
    card = score(rows, rules_of(rng), PERIOD, instant(rng, as_of_us))
    return card, int(rng.choice([0, 0, 0, 1, 6]))


@pytest.mark.parametrize("part", range(10))
def test_the_plan_equals_trying_every_set(part):
    tried = 0
    for seed in range(part * CASES // 10, (part + 1) * CASES // 10):
        card, unit = random_card(seed)
        if not card.tally.total[unit] or len(open_rows(card, unit)) > MOST_OPEN:
            continue
        sets, limits = every_set(card, unit), list(card.rules.grades.values())[:-1]
        reachable = sorted({s[3] for s in sets})
        near = float(np.random.default_rng(seed).choice(reachable))
        for target in {*limits, near, near + 1e-6, reachable[-1], reachable[0]}:
            assert_is_best(plan_of(card, unit, target), sets, target, limits)
            tried += 1
    assert tried > CASES / 10


def counted(card: Scorecard, unit: int, rows: list[int], gains) -> tuple[int, Fraction, tuple[str, ...], float]:
    """As `every_set` for one set, by adding to the counts; the group is taken anew from what every peer completed."""
    counts = {name: int(getattr(card.tally, name)[unit]) for name in ("total", "complete", "doorr")}
    counts["complete"] += len(rows)
    types = card.reports.units.types
    peers = [code for code in range(len(types)) if types[code] == types[unit] and card.tally.total[code]]
    group = sorted(int(card.scores.x[code]) + (len(rows) if code == unit else 0) for code in peers)
    middle = group[(len(group) - 1) // 2] + group[len(group) // 2]
    steps = int(card.tally.weight_steps[unit]) + sum(int(gains[row].weight_steps[0]) for row in rows)
    answered = sum(int(gains[row].responded[0]) - int(card.facts.responded[row]) for row in rows)
    exact = exact_score(
        **counts,
        tier_sum=int(card.tally.tier_sum[unit]) + sum(int(gains[row].tier[0]) for row in rows),
        weight_sum=steps * card.rules.weight_step,
        responded=int(card.tally.responded[unit]) + answered,
        group=(group[0], middle, group[-1]),
        rules=card.rules,
    ).final
    return len(rows), exact, tuple(sorted(card.reports.number[card.membership.positions[rows]])), float(exact)


@pytest.mark.parametrize("many", MANY_OPEN)
def test_the_plan_equals_trying_every_set_of_many_open_reports(many):
    rng = np.random.default_rng(many)
    as_of_us = us("2026-11-20 08:00")
    rules = rulebook.load("tkd-2017").at(PERIOD)
    reports_seen = reports_of(rng, 60, as_of_us, open_share=0.3)
    while len(open_rows(card := score(reports_seen, rules, PERIOD, as_of_us), 0)) != many:
        reports_seen = reports_of(rng, 60, as_of_us, open_share=0.3)
    candidates = open_rows(card, 0).tolist()
    gains = {row: facts_if_completed(card, np.array([row]), as_of_us) for row in candidates}
    chosen = [[row for bit, row in enumerate(candidates) if mask >> bit & 1] for mask in range(2**many)]
    sets = [counted(card, 0, rows, gains) for rows in chosen]
    for target in (85.0, 75.0, 60.0, float(sets[2**many // 3][1])):
        needed = Fraction(target) - (0 if target in (85, 75, 60) else Fraction(1, 10**12))
        wanted = smallest(sets, needed)
        best = min(sets, key=lambda s: (-s[1], s[0], s[2]))
        found = plan_of(card, 0, target)
        assert found.reachable == (wanted is not None)
        assert tuple(sorted(found.complete)) == (wanted or best)[2]
        assert (found.final, found.best) == pytest.approx((float((wanted or best)[1]), float(best[1])), abs=1e-12)


ONE = units({"A": "kelurahan"})
RULES = rulebook.load("tkd-2017").at(PERIOD)
NOW = "2026-11-20 12:00"


def month(*rows: tuple[str, str | None], unit: str = "A", category: str = "Sampah") -> list[dict]:
    """Reports entered at the first time of each row and completed at the second, None for open."""
    return [
        {
            "number": f"{unit}{position:02d}",
            "unit": unit,
            "category": category,
            "status": "selesai" if done else "proses",
            "entered": entered,
            "completed": done,
        }
        for position, (entered, done) in enumerate(rows)
    ]


def planned(rows: list[dict], target: float, known=ONE, at: str = NOW) -> Plan:
    return plan(reports(rows, known), RULES, PERIOD, us(at), 0, target)


def test_completing_an_old_report_can_lower_the_score_so_fewer_are_better():
    rows = month(*[("2026-11-20 08:00", "2026-11-20 09:00")] * 19, ("2026-11-02 08:00", None))
    found = planned(rows, 99.99)
    assert (found.reachable, found.complete, found.best, found.final) == (False, (), found.now, found.now)
    rows[-1]["entered"] = "2026-11-20 08:00"
    fresh = planned(rows, 99.99)
    assert fresh.complete == ("A19",)
    assert fresh.best > found.best


def test_a_unit_alone_keeps_the_effort_of_the_median():
    found = planned(month(*[("2026-11-20 08:00", None)] * 4), 85)
    assert (found.reachable, len(found.complete)) == (True, 4)
    assert found.final == pytest.approx((20 + 40 + 0.2 * 6 + 12) / (80 + 0.2 * 6) * 100, abs=1e-12)


def test_the_unit_moves_the_median_of_its_own_group():
    known = units({"A": "kelurahan", "B": "kelurahan", "C": "kelurahan"})
    done = ("2026-11-20 08:00", "2026-11-20 09:00")
    others = month(*[done] * 2, unit="B") + month(*[done] * 4, unit="C")
    rows = month(*[("2026-11-20 08:00", None)] * 4) + others
    finals = [planned(rows[:open_] + others, 101, known).best for open_ in range(1, 5)]
    # with 3 of 3 complete the unit is itself the median of 2, 3, 4; with 4 of 4 it is level with the best
    assert finals[2] == pytest.approx((20 + 40 + 0.2 * 4.5 + 12) / 80.9 * 100, abs=1e-12)
    assert finals[3] == pytest.approx((20 + 40 + 0.2 * 6 + 12) / 81.2 * 100, abs=1e-12)


def test_a_target_already_met_needs_nothing():
    found = planned(month(("2026-11-20 08:00", "2026-11-20 09:00"), ("2026-11-20 08:00", None)), 50)
    assert (found.reachable, found.complete, found.final, found.break_even) == (True, (), found.now, 0)
    assert found.best > found.now


def test_nothing_open_leaves_the_score_as_the_best():
    found = planned(month(("2026-11-20 08:00", "2026-11-20 09:00")), 100)
    assert (found.reachable, found.complete, found.best) == (False, (), found.now)


def test_a_unit_without_reports_has_no_plan():
    found = planned(month(("2026-10-01 08:00", "2026-10-01 09:00")), 50)
    assert (found.now, found.reachable, found.best, found.complete, found.final) == (None, False, None, (), None)


def test_a_completion_at_the_last_microsecond_counts_and_one_at_the_cut_off_does_not():
    rows = reports(month(("2026-11-30 08:00", None)), ONE)
    last, after = (plan(rows, RULES, PERIOD, CUTOFF + moved, 0, 50) for moved in (-1, 0))
    assert (last.reachable, last.complete) == (True, ("A00",))
    assert (after.reachable, after.complete, after.best) == (False, (), after.now)


def test_the_set_stands_in_the_order_of_its_deadlines():
    rows = month(("2026-11-20 09:00", None), ("2026-11-20 07:00", None), ("2026-11-20 08:00", None))
    found = planned(rows, 85)
    assert found.complete == ("A01", "A02", "A00")
    assert found.deadlines_us == tuple(us(f"2026-11-21 {hour}:00") for hour in (12, 13, 14))


def test_break_even_is_how_many_of_the_set_may_be_late():
    rows = month(*[("2026-11-20 08:00", "2026-11-20 09:00")] * 6, *[("2026-11-20 08:00", None)] * 4)
    found = planned(rows, 85)
    card = score(reports(rows, ONE), RULES, PERIOD, us(NOW))
    finals = []
    for late in range(len(found.complete) + 1):
        clock = tier_clock(card)
        taken = clock.rows[np.isin(clock.number, found.complete)]
        instants = np.where(np.arange(len(taken)) < late, clock.drop_us[: len(taken)], us(NOW))
        positions = card.membership.positions[taken]
        done = completed(card.reports.only(positions), RULES, instants)
        after = card.reports.with_changes(positions, status=done.status, completed=done.completed)
        finals.append(float(score(after, RULES, PERIOD, CUTOFF - 1).scores.final[0]))
    assert found.break_even == sum(final >= 85 for final in finals) - 1 < len(found.complete)
    assert found.final == finals[0]


def test_the_command_prints_the_plan(tmp_path, capsys):
    lines = ["report_id,unit_id,unit_type,category,status,entered_at,completed_at"]
    lines += [f"R{n},A,kelurahan,Sampah,proses,2026-11-20T08:00:00+07:00," for n in (2, 1)]
    (tmp_path / "reports.csv").write_text("\n".join(lines))
    command = ["plan", "--reports", str(tmp_path / "reports.csv"), "--period", "2026-11", "--unit", "A", "--json"]
    assert main([*command, "--target", "A", "--at", "2026-11-20T12:00:00+07:00"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["complete"] == ["R1", "R2"]
    assert set(answer) == {"unit_id", "target", "now", "reachable", "best", "complete", "final"}
    assert (answer["target"], answer["reachable"], answer["final"]) == ("A", True, answer["best"])
