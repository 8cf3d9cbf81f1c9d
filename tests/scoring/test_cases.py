"""Every case of `cases/` gives the figures it names."""

import pytest

from tests.scoring.case_files import questions


@pytest.mark.parametrize("question", questions(), ids=lambda question: f"{question.case}-{question.number}")
def test_the_case_gives_the_figures_it_names(question):
    answer = question.answer()
    found = {unit["unit_id"]: unit for unit in answer["units"]}
    for unit_id, expected in question.asked.get("units", {}).items():
        assert_figures(found[unit_id], expected, f"{question.case}: {unit_id}")
    found = {unit["unit_id"]: unit for unit in answer["aggregates"]}
    for unit_id, expected in question.asked.get("aggregates", {}).items():
        assert_figures(found[unit_id], expected, f"{question.case}: aggregate {unit_id}")


def assert_figures(found: dict, expected: dict, where: str) -> None:
    """Whole numbers, letters and flags are equal, floats within 1e-9."""
    for name, value in expected.items():
        wanted = figure(value)
        if isinstance(wanted, float):
            wanted = pytest.approx(wanted, abs=1e-9, rel=0)
        assert found[name] == wanted, f"{where}: {name}"


def figure(value: object) -> object:
    """`5167/81` is a fraction: the slides cut and round theirs for print."""
    if isinstance(value, str) and "/" in value:
        over, under = value.split("/")
        return float(over) / float(under)
    return value
