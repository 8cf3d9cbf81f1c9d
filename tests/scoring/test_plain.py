"""The engine agrees with a second, plain implementation on random months."""

import pytest

from scoring import output, rulebook
from scoring.periods import Period
from scoring.score import score
from tests.scoring import build, months, plain

MONTHS_COUNT = 3_000


def test_the_engine_agrees_with_the_plain_implementation_on_random_months():
    table, book = plain.tables(), rulebook.load("tkd-2017")
    scored = doorr = 0
    for seed in range(MONTHS_COUNT):
        rows, types, month, as_of = months.month(seed)
        expected = plain.scores(rows, types, month, as_of, table)
        period = Period(*month)
        card = score(build.reports(rows, build.units(types)), book.at(period), period, build.us(as_of))
        for unit, unit_id in enumerate(types):
            assert_same(output.unit_json(card, unit), expected[unit_id], f"month {seed}, unit {unit_id}")
        scored += sum(entry is not None for entry in expected.values())
        doorr += sum(entry["doorr"] for entry in expected.values() if entry)
    assert scored > MONTHS_COUNT, "the months are too empty to prove anything"
    assert doorr > 100, "too few Doorr to prove anything"


def assert_same(found: dict, expected: dict | None, where: str) -> None:
    if expected is None:
        assert (found["total"], found["final"], found["grade"]) == (0, None, None), where
        return
    for name, value in expected.items():
        wanted = value if isinstance(value, int | str) else pytest.approx(float(value), abs=1e-9, rel=0)
        assert found[name] == wanted, f"{where}: {name}"
