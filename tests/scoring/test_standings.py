"""Standings: what the aggregates say, on many paths at once, and what one point below moves."""

import numpy as np
import pytest

from scoring import rulebook
from scoring.aggregates import aggregate
from scoring.periods import Period
from scoring.reports import Units
from scoring.standings import is_aggregate, standing_shares, standings
from tests.scoring import build

PERIOD = Period(2026, 11)
RULES = rulebook.load("tkd-2017").at(PERIOD)
TYPES = ("kelurahan", "kelurahan", "kelurahan", "kecamatan", "kota", "dinas", "sudin", "upt", "biro")
TOWN = build.units(
    {
        "KOTA": "kota",
        "KEC": ["kecamatan", "KOTA"],
        "K1": ["kelurahan", "KEC"],
        "K2": ["kelurahan", "KEC"],
        "D": "dinas",
        "S": ["sudin", "D"],
        "B": "biro",
        "EMPTY": ["kecamatan", "KOTA"],
    }
)


def random_tree(seed: int) -> tuple[Units, np.ndarray]:
    """(units whose parent may be any unit, even one below; scores of six paths, a third of them missing)."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 40))
    types = tuple(str(kind) for kind in rng.choice(TYPES, count))
    units = Units(tuple(f"U{code}" for code in range(count)), types, rng.integers(-1, count, count).astype(np.int32))
    final = np.where(rng.random((count, 6)) < 0.33, np.nan, rng.uniform(0, 100, (count, 6)))
    return units, final


def expected(unit: int, final: np.ndarray, units: Units) -> float:
    """The aggregate's value or the own score, NaN for none."""
    if not is_aggregate(unit, units, RULES):
        return float(final[unit])
    value = aggregate(unit, final, units, RULES).final
    return np.nan if value is None else value


def test_standings_are_the_aggregates_on_every_path_of_every_tree():
    upper = 0
    for seed in range(150):
        units, final = random_tree(seed)
        found = standings(final, units, RULES)
        wanted = [[expected(unit, path, units) for path in final.T] for unit in range(len(units))]
        assert found == pytest.approx(np.array(wanted), abs=1e-12, nan_ok=True)
        alone = [path[2] for path in wanted]
        assert np.array_equal(standings(final[:, 2], units, RULES), alone, equal_nan=True)
        upper += sum(is_aggregate(unit, units, RULES) for unit in range(len(units)))
    assert upper > 300


def test_a_unit_whose_type_has_no_aggregate_or_that_looks_at_nobody_is_none():
    found = {name: is_aggregate(code, TOWN, RULES) for code, name in enumerate(TOWN.ids)}
    assert [name for name, upper in found.items() if upper] == ["KOTA", "KEC", "D"]
    final = np.array([50.0, 60, 70, 80, 90, 40, 30, 20])
    assert dict(zip(TOWN.ids, standings(final, TOWN, RULES), strict=True)) == {
        "KOTA": 75,  # of its kelurahan; its own 50 does not count
        "KEC": (60 + 75) / 2,
        "K1": 70,
        "K2": 80,
        "D": (90 + 40) / 2,
        "S": 40,
        "B": 30,
        "EMPTY": 20,
    }


def test_the_scores_given_are_not_changed():
    final = np.array([50.0, 60, 70, 80, 90, 40, 30, 20])
    before = final.copy()
    standings(final, TOWN, RULES)[:] = 0
    assert final.tolist() == before.tolist()


def test_a_point_below_moves_the_standing_by_its_share():
    moved = 0
    for seed in range(60):
        units, final = random_tree(seed)
        before = standings(final[:, 0], units, RULES)
        for unit in range(len(units)):
            shares = standing_shares(unit, final[:, 0], units, RULES)
            assert sum(shares.values()) == pytest.approx(0 if np.isnan(before[unit]) else 1)
            for code in np.flatnonzero(~np.isnan(final[:, 0])).tolist():
                after = final[:, 0] + (np.arange(len(units)) == code)
                gain = standings(after, units, RULES)[unit] - before[unit]
                assert np.nan_to_num(gain) == pytest.approx(shares.get(code, 0), abs=1e-9)
                moved += code != unit and code in shares
    assert moved > 100


def test_a_plain_unit_is_its_own_share_and_one_without_a_score_has_none():
    final = np.array([np.nan, np.nan, 70, np.nan, 90, np.nan, np.nan, np.nan])
    shares = {name: standing_shares(code, final, TOWN, RULES) for code, name in enumerate(TOWN.ids)}
    assert shares == {"KOTA": {2: 1}, "KEC": {2: 1}, "K1": {2: 1}, "D": {4: 1}} | {
        name: {} for name in ("K2", "S", "B", "EMPTY")
    }
