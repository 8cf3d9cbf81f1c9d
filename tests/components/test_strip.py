"""The five figures say what they mean, and only a wait beyond 24 hours raises the alarm."""

import pytest

from components import ids
from components.strip import figures, first_figures, strip_frame
from tests.components.tree import having, marks, nodes, row, text

MEASURED = {
    "entered_today_count": 271,
    "usual_today_count": 254,
    "usual_label": "Minggu 14.05",
    "waiting_over_6h_count": 37,
    "waiting_over_6h_change": 4,
    "change_since": "13.05",
    "waiting_over_6h_kelurahan_count": 24,
    "waiting_over_24h_count": 5,
    "longest_waiting_minutes": 1872,
    "last_over_24h": None,
    "completed_count": 9017,
    "total_count": 10812,
    "completed_share": 9017 / 10812,
    "previous_month": "Okt",
    "previous_completed_share": 0.819,
    "mean_resolution_hours": 38.2,
    "previous_mean_resolution_hours": 41.7,
}


def five(**changed):
    return figures(row(**{**MEASURED, **changed}))


def test_the_five_figures_read_as_drawn():
    assert [text(figure) for figure in five()] == [
        "Masuk hari ini 271 biasanya 254 pada Minggu 14.05",
        "Menunggu > 6 jam 37 +4 sejak 13.05, di 24 kelurahan",
        "Menunggu > 24 jam 5 terlama 31 jam 12 menit",
        "Selesai bulan ini 83,4 % 9.017 dari 10.812, Okt 81,9%",
        "Rerata waktu penyelesaian 38,2 jam Okt 41,7 jam, turun 3,5",
    ]


def test_the_alarm_block_is_there_only_while_somebody_waits_beyond_24_hours():
    assert len(having(five(), "alarm")) == 1
    quiet = five(waiting_over_24h_count=0, last_over_24h="kemarin 16.40")
    assert having(quiet, "alarm") == []
    assert text(quiet[2]) == "Menunggu > 24 jam 0 terakhir kemarin 16.40"
    assert marks(quiet[2]) == []


def test_a_quiet_room_without_a_last_time_says_so():
    assert "tidak ada saat ini" in text(five(waiting_over_24h_count=0)[2])


def test_nobody_waiting_beyond_6_hours_takes_the_mark_away():
    figure = five(waiting_over_6h_count=0, waiting_over_6h_change=None, waiting_over_6h_kelurahan_count=0)[1]
    assert text(figure) == "Menunggu > 6 jam 0 tidak ada saat ini"
    assert marks(figure) == []


@pytest.mark.parametrize(
    ("change", "words"), [(0, "tetap sejak 13.05"), (-3, "−3 sejak 13.05"), (None, "di 24 kelurahan")]
)
def test_the_change_since_the_last_hour_is_in_words(change, words):
    assert words in text(five(waiting_over_6h_change=change)[1])


def test_a_long_context_line_is_shortened_before_it_is_cut():
    assert text(five(waiting_over_6h_change=14, waiting_over_6h_kelurahan_count=124)[1]).endswith("di 124 kel.")


@pytest.mark.parametrize(
    ("hours", "words"), [(41.7, "tetap"), (45.2, "naik 3,5"), (41.74, "tetap"), (None, "– Okt 41,7 jam")]
)
def test_the_mean_time_is_compared_with_the_figures_shown(hours, words):
    assert text(five(mean_resolution_hours=hours)[4]).endswith(words)


def test_missing_values_are_dashes_and_never_zeros():
    unknown = five(completed_share=None, mean_resolution_hours=None, previous_mean_resolution_hours=None)
    assert text(unknown[3]).startswith("Selesai bulan ini – 9.017")
    assert text(unknown[4]) == "Rerata waktu penyelesaian – belum ada pembanding"
    assert text(five(usual_today_count=None)[0]) == "Masuk hari ini 271 sejak 00.00 WIB"


def test_before_the_first_data_the_labels_stand_with_dashes():
    assert [text(figure).split()[-1] for figure in first_figures()] == ["–"] * 5


def test_what_the_browser_draws_has_no_text_of_the_server():
    frame = strip_frame([("Ruang Pantau", "/")], simulated=False)
    drawn = {node.id: node for node in nodes(frame) if getattr(node, "id", None)}
    assert {ids.CLOCK, ids.DATE, ids.FRESHNESS, ids.COUNTDOWN, ids.FIGURES, ids.FILTER_LINE} <= drawn.keys()
    assert text([drawn[name] for name in (ids.CLOCK, ids.DATE, ids.FRESHNESS, ids.COUNTDOWN)]) == ""


def test_simulated_data_are_marked_in_the_strip():
    assert "DATA SIMULASI" in text(strip_frame([], simulated=True))
    assert "SIMULASI" not in text(strip_frame([], simulated=False))
