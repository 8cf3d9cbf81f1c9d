"""Chances are never quite certain, and the bar holds every grade that has one."""

import pytest

from components.score_hero import answer, chance_bar, chance_text
from tests.components.tree import text


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.482, "48"), (1.0, ">99"), (0.995, ">99"), (0.99, "99"), (0.005, "<1"), (0.0, "<1"), (0.01, "1")],
)
def test_a_chance_is_in_hundredths_and_never_0_or_100(share, words):
    assert chance_text(share) == words


def test_the_bar_names_the_grades_that_have_room_and_says_all_of_them():
    bar = chance_bar({"A": 0.48, "B": 0.47, "C": 0.05, "D": 0.0})
    assert text(bar) == "A 48 B 47"
    assert [piece.style["width"] for piece in bar.children] == ["48.0%", "47.0%", "5.0%"]
    assert bar.to_plotly_json()["props"]["aria-label"] == "Peluang A 48 persen, B 47 persen, C 5 persen"


def test_the_answer_stands_with_its_grade_or_alone():
    assert text(answer("82,71", "B")) == "82,71 B"
    assert text(answer("48", unit="%")) == "48 %"
