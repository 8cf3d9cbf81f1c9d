"""Months are points with letters: a gap where there is none, dashed where one still runs, each a way to itself."""

from dataclasses import replace

import pytest

from components.score_history import ShownMonth, beyond, count_text, limits_in_view, scale_of, score_history
from tests.components.tree import having, of_type, text

GRADES = {"A": 85.0, "B": 75.0, "C": 60.0, "D": 50.0, "E": None}


def months(*finals: float | None) -> list[ShownMonth]:
    """Months up to November 2026, which runs and is read."""
    first = 11 - len(finals) + 1
    return [
        ShownMonth(
            f"2026-{first + place:02d}",
            final,
            0 if final is None else 64,
            place == len(finals) - 1,
            place == len(finals) - 1,
        )
        for place, final in enumerate(finals)
    ]


def test_each_month_is_a_link_to_itself_with_its_score_in_words():
    points = having(score_history(months(84.9962, 86.0), GRADES), "hd")
    assert [point.href for point in points] == ["?periode=2026-10", "?periode=2026-11"]
    assert points[0].title == "Oktober 2026: 84,99, grade B"
    assert points[1].title == "November 2026: 86,00, grade A, masih berjalan"
    assert all("data-stay" in point.to_plotly_json()["props"] for point in points)


def test_the_running_month_is_dashed_and_the_others_are_not():
    drawn = score_history(months(80.0, 81.0, 82.0), GRADES)
    dashed = [line for line in having(drawn, "ln") if "dasharray" in line.style["--line"]]
    assert len(dashed) == 1 and len(having(drawn, "ln")) == 2
    assert len(having(drawn, "running")) == 1


def test_an_empty_month_is_a_gap_with_a_zero_under_it():
    drawn = score_history(months(80.0, None, 82.0), GRADES)
    assert having(drawn, "ln") == []
    assert len(having(drawn, "hd")) == 2
    assert text(having(drawn, "xm")) == "Sep 64 Okt 0 Nov 64"


def test_a_figure_stands_below_where_the_line_comes_from_above():
    figures = having(score_history(months(90.0, 80.0, 85.5, 86.0), GRADES), "hv")
    assert ["below" in figure.className for figure in figures] == [False, True, False, False]


def test_the_highest_the_lowest_and_the_month_on_screen_keep_their_figures_where_there_is_no_room():
    figures = having(score_history(months(80.0, 90.0, 84.0, 70.0, 83.0), GRADES), "key")
    assert [text(figure) for figure in figures] == ["90,00", "70,00", "83,00"]


def test_a_month_that_has_just_begun_does_not_press_the_others_flat():
    shown = [*months(84.0, 86.0), ShownMonth("2026-12", 15.0, 2, True, False)]
    assert scale_of(shown, GRADES).low > 70 and beyond(shown, GRADES) == shown[-1:]
    point = having(score_history(shown, GRADES), "hd")[-1]
    assert point.title.startswith("Desember 2026: 15,00, grade E")
    assert float(point.style["top"].rstrip("%")) == pytest.approx(94)  # at the lower edge, below the limit of the A
    assert "below" not in having(point, "hv")[0].className
    read = [replace(month, read=month.period == "2026-12") for month in shown]
    assert scale_of(read, GRADES).low < 15 and beyond(read, GRADES) == []


def test_a_running_month_near_the_others_is_on_the_scale():
    shown = [*months(84.0, 86.0), ShownMonth("2026-12", 91.0, 2, True, False)]
    assert scale_of(shown, GRADES).high > 91 and beyond(shown, GRADES) == []


def test_the_months_without_any_score_still_show_the_goal():
    drawn = score_history(months(None, None), GRADES)
    assert having(drawn, "hd") == [] and len(having(drawn, "zone")) == 1
    assert len(of_type(drawn, "A")) == 2


@pytest.mark.parametrize("value", [10.0, 85.0, 99.9])
def test_every_score_and_the_goal_are_in_view(value):
    scale = scale_of(months(value), GRADES)
    assert 0 < scale.from_top(value) < 100 and 0 < scale.from_top(85.0) < 100


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (1234, "1.234"), (12_345, "12,3 rb")])
def test_large_numbers_of_reports_are_shortened(count, words):
    assert count_text(count) == words


def test_counts_of_four_digits_ask_for_more_room():
    few, many = months(80.0, 81.0), [replace(month, total_count=3342) for month in months(80.0, 81.0)]
    assert score_history(few, GRADES).className == "months"
    assert score_history(many, GRADES).className == "months wide"


def test_only_the_limits_in_view_are_drawn_and_named():
    near, far = months(90.0, 88.0), months(90.0, 55.0)
    assert limits_in_view(near, GRADES) == {"A": 85.0}
    assert limits_in_view(far, GRADES) == {"A": 85.0, "B": 75.0, "C": 60.0, "D": 50.0}
    assert [len(having(score_history(shown, GRADES), "limit")) for shown in (near, far)] == [1, 4]
