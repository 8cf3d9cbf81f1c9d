"""The ruler holds all three scores, begins where the lowest needs it, and says them in words."""

import pytest

from components.score_ruler import Ruler, ruler, scale_of
from tests.components.tree import having, nodes, text

GRADES = {"A": 85.0, "B": 75.0, "C": 60.0, "D": 50.0, "E": None}


@pytest.mark.parametrize(
    ("scores", "ends"),
    [
        ((82.7, 84.9, 87.9), (70, 95)),
        ((70.0, 84.9, 87.9), (70, 95)),
        ((69.9, 84.9, 87.9), (60, 95)),
        ((55.0, 84.9, 87.9), (50, 95)),
        ((10.0, None, 56.2), (0, 95)),
        ((94.4, 96.4, 96.5), (70, 100)),
    ],
)
def test_the_ruler_begins_at_70_or_at_the_limit_below_the_lowest_score(scores, ends):
    now, expected, best = scores
    found = scale_of(Ruler(GRADES, now=now, expected=expected, best=best))
    assert (found.low, found.high) == ends


def test_the_lower_end_of_the_range_lengthens_it_too():
    assert scale_of(Ruler(GRADES, now=72.0, low=64.0, expected=73.0, high=80.0)).low == 60


def test_shape_tells_the_three_scores_apart_and_words_say_them():
    drawn = ruler(Ruler(GRADES, 82.7, 83.3, 84.9962, 86.7, 87.99))
    assert [mark.className for mark in having(drawn, "at")] == ["at now", "at exp", "at best"]
    assert text(drawn) == "B mulai 75 A mulai 85 sekarang 82,70 terbaik kini 87,99 perkiraan 84,99".replace(
        "B mulai 75 A mulai 85", "A mulai 85 B mulai 75"
    )
    assert drawn.to_plotly_json()["props"]["aria-label"] == (
        "Skala nilai: sekarang 82,70, perkiraan 84,99, terbaik kini 87,99; batas A 85"
    )


def test_what_is_not_known_is_not_drawn():
    drawn = ruler(Ruler(GRADES, now=82.7, now_word="akhir"))
    assert [mark.className for mark in having(drawn, "at")] == ["at now"]
    assert having(drawn, "rng") == []
    assert "akhir 82,70" in text(drawn) and "perkiraan" not in text(drawn)


def test_limits_come_from_the_grades_of_the_rules():
    drawn = ruler(Ruler({"Baik": 90.0, "Cukup": 70.5, "Kurang": None}, now=80.0))
    assert text(having(drawn, "lim")) == "Baik mulai 90 Cukup mulai 70,5"


def test_a_long_ruler_names_its_limits_shortly():
    assert text(having(ruler(Ruler(GRADES, now=10.0)), "lim")) == "A 85 B 75 C 60 D 50"


def test_every_mark_lies_on_the_ruler():
    drawn = ruler(Ruler(GRADES, now=0.0, low=0.0, expected=50.0, high=100.0, best=100.0))
    places = [
        float(node.style["left"].rstrip("%")) for node in nodes(drawn) if "left" in (getattr(node, "style", None) or {})
    ]
    assert places and all(0 <= place <= 100 for place in places)
