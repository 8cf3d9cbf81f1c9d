"""Figures agree with their grade, places with the axis, and lines carry no colour of their own."""

from urllib.parse import unquote

from components.score_scale import Scale, area, limit_text, line, score_text

GRADES = {"A": 85.0, "B": 75.0, "E": None}


def test_a_score_just_below_a_limit_never_reads_as_the_limit():
    assert score_text(84.9962, GRADES) == "84,99"
    assert score_text(85.0, GRADES) == "85,00"


def test_limits_are_written_without_idle_decimals():
    assert (limit_text(85.0), limit_text(84.5)) == ("85", "84,5")


def test_a_place_on_the_axis_stays_on_it_but_a_line_may_leave():
    scale = Scale(70, 95)
    assert (scale.percent(82.5), scale.percent(60), scale.percent(99)) == (50, 0, 100)
    assert (scale.from_top(82.5), scale.from_top(65)) == (50, 120)


def test_a_line_breaks_at_none_and_has_no_colour():
    drawn = line([(0, 10), (50, 20), None, (60, 5), (100, 0)], "ink", 2, "4 4")
    svg = unquote(drawn.style["--line"])
    assert "d='M0 10L50 20M60 5L100 0'" in svg and "stroke-dasharray='4 4'" in svg
    assert "#" not in svg and drawn.className == "ln ink"


def test_an_area_runs_along_one_line_and_back_along_the_other():
    drawn = area([(0, 10), (100, 5)], [(0, 20), (100, 30)], "f80")
    assert drawn.style["clipPath"] == "polygon(0% 10%,100% 5%,100% 30%,0% 20%)"
