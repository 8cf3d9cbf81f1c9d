"""Charts of times: places on their scales, marks of few reports, words for those who listen."""

import pytest

from components.channel_months import MonthsRow, months_table
from components.times_limits import Band, Bin, limits_chart
from components.times_table import TimesRow, hours_scale, ticks, times_table
from tests.components.tree import having, of_type, text


def row(name: str = "Jalan", **given) -> TimesRow:
    figures = {
        "name_href": None,
        "stays": False,
        "count": 100,
        "few": False,
        "mean_hours": 50.0,
        "median_hours": 25.0,
        "p90_hours": 100.0,
        "response_share": 0.5,
        "week_share": 0.9,
        "two_weeks_count": 4,
        "beyond_count": 6,
        "hrefs": {"selesai": "/laporan"},
    }
    return TimesRow(name, **(figures | given))


def test_median_mean_and_p90_stand_on_one_scale_from_zero():
    table = times_table("Waktu", "Kategori", [row()], "-selesai")
    assert having(table, "drawn")[0].style == {"--median": "25%", "--mean": "50%", "--p90": "100%"}


def test_a_row_of_few_reports_does_not_stretch_the_scale_of_the_others():
    assert hours_scale([row(), row(few=True, p90_hours=900.0)]).high == 100
    assert hours_scale([row(few=True, p90_hours=900.0)]).high == 900


@pytest.mark.parametrize("highest", [0.5, 5, 23, 24, 100, 115, 500, 9000])
def test_there_are_at_most_five_round_hours_and_none_beyond_the_scale(highest):
    found = ticks(highest)
    assert found[0] == 0
    assert 1 <= len(found) <= 5
    assert found[-1] <= highest
    assert all(hour % 6 == 0 for hour in found)


def test_the_sorted_column_is_named_and_a_second_click_turns_it_around():
    heads = of_type(times_table("Waktu", "Kategori", [row()], "-rerata"), "Th")
    sorted_heads = [head for head in heads if getattr(head, "aria-sort", None)]
    assert [text(head) for head in sorted_heads] == ["Rerata, jam"]
    assert sorted_heads[0].children.href == "?urut=rerata"


def test_a_row_without_times_keeps_its_place_without_a_bar():
    empty = row(count=0, mean_hours=None, median_hours=None, p90_hours=None, response_share=None, week_share=None)
    table = times_table("Waktu", "Bulan", [empty], None)
    assert having(table, "drawn") == []
    assert text(table).count("–") >= 5


def test_the_limits_are_drawn_where_the_time_value_drops():
    bins = [Bin(start, start + 10, 5) for start in range(0, 100, 10)]
    bands = [Band(100, 0, 20, 10, "/a"), Band(80, 20, 50, 15, "/b"), Band(40, 50, None, 25, "/c")]
    chart = limits_chart(bins, bands, "Jalan.")
    assert [rule.style["left"] for rule in having(chart, "limit")] == ["20%", "50%"]
    assert [text(band) for band in having(chart, "bands")[0].children] == [
        "nilai 100 10 20%",
        "nilai 80 15 30%",
        "nilai 40 25 50%",
    ]
    assert having(chart, "beyond")[0].title == "90 jam ke atas: 5 laporan"


def test_a_month_is_shaded_against_the_mean_of_its_row_and_small_rows_are_not():
    months = [("Okt", "?periode=2026-10", False), ("Nov", "?periode=", True)]
    rows = [MonthsRow("JAKI", [100, 300], ["/a", None]), MonthsRow("Email", [1, 29], ["/a", "/b"])]
    table = months_table(months, rows, "Laporan", "Kanal")
    shades = [cell.className for cell in of_type(table, "Td")]
    assert shades == ["s0", "s3", "s1", "s1"]


def test_a_month_without_reports_is_a_dash_and_no_link():
    table = months_table([("Okt", "?", False)], [MonthsRow("JAKI", [0], ["/a"])], "Laporan", "Kanal")
    assert text(having(table, "none")) == "–"
    assert of_type(table, "Link") == []
