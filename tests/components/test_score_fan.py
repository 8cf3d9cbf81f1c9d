"""The fan keeps the goal in view, its labels apart, its days readable, and its figures in words."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.score_fan import Fan, from_left, scale_of, score_fan
from components.score_fan_axis import days_axis
from components.score_fan_labels import APART_PERCENT, spread
from tests.builders import wib
from tests.components.tree import having, of_type, text

GRADES = {"A": 85.0, "B": 75.0, "C": 60.0, "D": 50.0, "E": None}
NOW, CUTOFF = wib("2026-11-22 14:05"), wib("2026-12-09 00:00")


def chart(**given) -> Fan:
    """A fortnight of measured days, then a fan around 84.95."""
    days = [(wib("2026-11-09 00:00") + timedelta(days=day), 76.0 + day / 2) for day in range(14)]
    fan = [
        (NOW, (82.71,) * 5),
        (wib("2026-12-01 14:05"), (82.0, 83.0, 84.5, 85.5, 86.0)),
        (CUTOFF, (83.33, 84.1, 84.9962, 85.9, 86.66)),
    ]
    whole = {
        "grades": GRADES,
        "begins": wib("2026-11-08 00:00"),
        "ends": CUTOFF,
        "entry_ends": wib("2026-12-01 00:00"),
        "measured": [*days, (NOW, 82.71)],
        "fan": fan,
        "plan": [(NOW, 82.71), (CUTOFF, 86.06)],
        "previous": [(wib("2026-11-10 00:00"), 75.0), (CUTOFF, 84.31)],
        "previous_name": "Oktober",
    }
    return Fan(**{**whole, **given})


def lines(tree) -> list[str]:
    return [node.className for node in having(tree, "ln")]


def test_the_whole_picture_has_every_line_and_direct_labels():
    drawn = score_fan(chart())
    assert lines(having(drawn, "ar")) == ["ln before", "ln median", "ln planned", "ln ink"]
    assert len(having(drawn, "f80")) == len(having(drawn, "f50")) == 1
    assert text(having(drawn, "rl")) == "86,66 P90 86,06 dgn rencana 84,99 tengah 84,31 Oktober 83,33 P10"
    assert text(having(drawn, "an")) == "laporan baru berhenti sekarang 82,71"


def test_without_a_forecast_the_measured_days_stand_alone():
    drawn = score_fan(chart(fan=[], plan=[], previous=[]))
    assert lines(drawn) == ["ln ink"]
    assert having(drawn, "f80") == [] and of_type(drawn, "Table") == []
    assert "perkiraan" not in str(drawn.to_plotly_json())


def test_the_picture_is_told_to_those_who_do_not_see_it():
    drawn = score_fan(chart())
    label = having(drawn, "plot")[0].to_plotly_json()["props"]["aria-label"]
    assert label == (
        "Nilai dari 8 Nov sampai cut-off, sekarang 82,71, perkiraan saat cut-off 84,99, delapan dari sepuluh "
        "kemungkinan antara 83,33 dan 86,66, dengan rencana 86,06."
    )
    assert (
        text(of_type(drawn, "Tbody")) == "1 Des 14.05 82,00 83,00 84,50 85,50 86,00 8 Des 83,33 84,10 84,99 85,90 86,66"
    )


def test_each_day_says_its_exact_figures():
    strips = having(score_fan(chart()), "day")
    words = [strip.to_plotly_json()["props"]["data-words"] for strip in strips]
    assert words[0] == "8 Nov\n76,00"
    assert words[-1] == "8 Des, perkiraan\ntengah 84,99\n50%: 84,10 – 85,90\n80%: 83,33 – 86,66"
    assert sum(float(strip.style["width"].rstrip("%")) for strip in strips) == pytest.approx(100, abs=0.2)


@pytest.mark.parametrize("values", [[94.0, 95.0], [82.0, 83.0], [40.0, 41.0], [10.0, 99.0]])
def test_the_limit_of_the_best_grade_is_always_in_view_on_at_least_14_points(values):
    measured = [(wib("2026-11-09 00:00"), values[0]), (NOW, values[1])]
    scale = scale_of(chart(measured=measured, fan=[], plan=[]))
    assert scale.low < min(*values, 85) and max(*values, 85) < scale.high
    assert scale.high - scale.low >= 14


@given(st.lists(st.floats(0, 100), min_size=1, max_size=5), st.integers(0, 4))
def test_labels_stand_apart_in_order_and_inside(tops, anchor):
    tops = sorted(tops)
    placed = spread(tops, min(anchor, len(tops) - 1))
    assert all(after - before >= APART_PERCENT - 0.02 for before, after in pairwise(placed))
    assert placed[0] >= -0.01 and placed[-1] <= 100.01


def test_a_label_with_room_stands_at_its_value():
    assert spread([10.0, 50.0, 80.0], 1) == [10.0, 50.0, 80.0]


def test_the_words_of_the_last_point_turn_where_there_is_no_room():
    early = [(wib("2026-11-09 00:00"), 60.0), (wib("2026-11-10 14:05"), 70.0)]
    assert having(score_fan(chart(measured=early, fan=[])), "now")[0].className == "an now right up"
    falling = [(wib("2026-11-09 00:00"), 90.0), (NOW, 82.71)]
    assert having(score_fan(chart(measured=falling)), "now")[0].className == "an now left down"


def test_the_axis_names_today_the_end_of_entry_and_the_cutoff_and_nothing_twice():
    assert text(days_axis(chart())) == "8 Nov 15 Nov 22 Nov 1 Des 8 Des 23.59"
    late = chart(measured=[(wib("2026-11-30 14:05"), 82.0)])
    assert text(days_axis(late)) == "8 Nov 15 Nov 22 Nov 30 Nov 8 Des 23.59"


@given(st.datetimes(min_value=wib("2026-11-01 00:00").replace(tzinfo=None), max_value=CUTOFF.replace(tzinfo=None)))
def test_no_two_days_of_the_axis_meet(now):
    now = now.replace(tzinfo=CUTOFF.tzinfo)
    begins = min(now, wib("2026-11-08 00:00")) - timedelta(days=1)
    axis = days_axis(chart(begins=begins, measured=[(now, 80.0)], fan=[], plan=[]))
    places = [float(label.style["left"].rstrip("%")) for label in axis.children]
    assert places == sorted(places)
    assert all(b - a >= (16 if b == 100 else 9) - 0.01 for a, b in pairwise(places))


def test_once_entry_is_over_nothing_says_that_it_will_be():
    drawn = score_fan(chart(measured=[(wib("2026-12-02 09:00"), 82.0)]))
    assert "laporan baru berhenti" not in text(drawn)


def test_a_place_beyond_the_ends_stands_at_the_end():
    assert from_left(chart(), wib("2026-10-01 00:00")) == 0 and from_left(chart(), wib("2027-01-01 00:00")) == 100
