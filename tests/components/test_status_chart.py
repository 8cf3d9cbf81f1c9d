"""The month by day and status: exact heights, empty slots for days to come, exact numbers in words."""

import pytest

from components.status_chart import HEADROOM, grid_values, status_body, status_figure
from components.theme import STATUS
from tests.components.tree import having, of_type, text

DAY = {"menunggu": 3, "disposisi": 2, "koordinasi": 0, "proses": 10, "selesai": 385}
COUNTS = {"menunggu": 214, "disposisi": 187, "koordinasi": 126, "proses": 1416, "selesai": 9017}
CHANGES = {"menunggu": 4, "disposisi": 3, "koordinasi": -2, "proses": -14, "selesai": 31}


def body(days, mean=500.0):
    return status_body(COUNTS, CHANGES, days, 30, mean, "Okt")


def test_bars_stack_from_waiting_at_the_baseline_to_done_on_top():
    figure = status_figure([DAY, DAY], 30, 640)
    assert [trace.name for trace in figure.data] == [status.label for status in STATUS.values()]
    assert [trace.y[0] for trace in figure.data] == [3, 2, None, 10, 385]
    assert figure.layout.barmode == "stack"


def test_bars_start_at_zero_and_days_to_come_keep_their_slots():
    figure = status_figure([DAY] * 22, 30, 640)
    assert tuple(figure.layout.yaxis.range) == (0, 640)
    assert tuple(figure.layout.xaxis.range) == (0.5, 30.5)
    assert tuple(figure.data[0].x) == tuple(range(1, 23))


def test_the_figure_names_no_colour_so_that_both_themes_share_it():
    assert all(trace.marker.color is None for trace in status_figure([DAY], 30, 640).data)


def test_the_list_is_the_legend_with_counts_and_changes():
    rows = [text(item) for item in of_type(body([DAY]), "Li")]
    assert rows == [
        "1 jam",
        "Menunggu 214 +4",
        "Disposisi 187 +3",
        "Koordinasi 126 −2",
        "Proses 1.416 −14",
        "Selesai 9.017 +31",
    ]


def test_the_mean_of_last_month_is_a_line_at_its_height_and_named_outside_the_bars():
    tree = body([{"selesai": 1000}])
    (line,) = having(tree, "avg")
    assert float(line.style["bottom"].rstrip("%")) == pytest.approx(100 * 500 / (1000 * HEADROOM), abs=0.01)
    assert text(having(tree, "mean")) == "rerata Okt 500 per hari"
    assert "rerata" not in text(having(tree, "frame"))


def test_a_mean_below_ten_keeps_its_tenth():
    assert text(having(body([{"selesai": 1}], mean=0.06), "mean")) == "rerata Okt 0,1 per hari"


def test_without_a_month_before_there_is_no_line():
    assert having(body([DAY], mean=None), "avg") == []
    assert text(having(body([DAY], mean=None), "mean")) == ""


def test_a_month_without_reports_keeps_its_frame_and_says_so():
    tree = status_body({}, {}, [], 30, None, "Okt")
    assert "Belum ada laporan bulan ini" in text(tree)
    assert text(having(tree, "xl")) == "1 8 15 22 29"
    assert having(tree, "gy") == []


def test_the_text_alternative_has_every_count():
    assert "Menunggu 214, Disposisi 187, Koordinasi 126, Proses 1.416, Selesai 9.017" in str(
        getattr(having(body([DAY]), "frame")[0], "aria-label")
    )


@pytest.mark.parametrize(
    ("top", "lines"), [(640, [200, 400, 600]), (1, [1]), (0, []), (7, [2, 4, 6]), (13000, [5000, 10000])]
)
def test_grid_lines_are_few_and_round(top, lines):
    assert grid_values(top) == lines
