"""The panels beside the map: time bar, list of hot spots, scale and islands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from components import peta_scale, peta_spots, peta_time
from components.peta_scale import Island
from components.peta_spots import Spot
from components.peta_time import Day, range_text
from tests.components.tree import having, of_type, text

SPOT = Spot(
    1, "Jagakarsa", "Jakarta Selatan", 29, "/laporan?sel=a", 27, "Pohon", 12, "/laporan?sel=a&kategori=pohon",
    6.0, 15, (5, 4, 6, 5, 4, 7, 6, 5, 6, 5, 6, 27), 1, "/laporan?sel=a&tunggu=24",
)  # fmt: skip


def days(count: int) -> list[Day]:
    first = date(2026, 10, 20)
    return [
        Day(first + timedelta(n), n, 7 * n, first + timedelta(n - 6), f"?hari={first + timedelta(n)}")
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 17), date(2026, 11, 23), "17–23 Nov 2026"),
        (date(2026, 10, 28), date(2026, 11, 3), "28 Okt–3 Nov 2026"),
        (date(2026, 12, 29), date(2027, 1, 4), "29 Des 2026–4 Jan 2027"),
    ],
)
def test_a_week_is_named_without_repeating_itself(first, last, words):
    assert range_text(first, last) == words


def test_the_window_is_the_seven_days_up_to_the_chosen_one():
    drawn = peta_time.bars(days(20), 12)
    bars = of_type(having(drawn, "peta-batang"), "A")
    assert [place for place, bar in enumerate(bars) if bar.className == "in"] == list(range(6, 13))
    assert text(having(drawn, "peta-jumlah")) == "7 hari: 84 laporan"
    assert getattr(bars[12], "data-range") == "26 Okt–1 Nov 2026" and bars[12].href == "?hari=2026-11-01"
    heights = [bar.children.style["height"] for bar in bars]
    assert heights[19] == "100.0%" and heights[0] == "0.0%"


def test_a_bar_without_any_report_is_drawn_empty():
    empty = [replace(day, count=0) for day in days(3)]
    assert [bar.children.style["height"] for bar in of_type(peta_time.bars(empty, 2), "A")] == ["0.0%"] * 3


def test_a_hot_spot_says_how_many_what_and_how_many_usually_and_links_every_count():
    drawn = peta_spots.spots([SPOT], "tidak ada")
    assert "Jagakarsa Jakarta Selatan 4,5×" in text(drawn)
    assert "29 laporan (2 duplikat) , biasanya 6,0; Pohon 12" in text(drawn)
    links = {(text(link), link.href) for link in of_type(drawn, "A")}
    assert links == {("29", SPOT.reports_href), ("12", SPOT.category_href), ("1", SPOT.waiting_href)}
    assert "tidak ada" not in text(drawn)


def test_one_report_of_a_category_drives_nothing_and_nobody_waiting_is_no_mark():
    drawn = peta_spots.spots([replace(SPOT, category_count=1, waiting_count=0)], "")
    assert "kategori beragam" in text(drawn) and "Pohon" not in text(drawn)
    assert having(drawn, "mk") == []


def test_what_is_within_its_limit_stands_apart_and_without_a_number():
    drawn = peta_spots.spots([replace(SPOT, number=None)], "Tidak ada sel di atas batas wajarnya.")
    assert text(drawn).startswith("Tidak ada sel di atas batas wajarnya. Paling dekat ke batas, masih wajar")
    assert text(having(drawn, "no")) == ""


def test_the_scale_is_numbered_and_a_share_names_what_is_too_little():
    assert text(peta_scale.scale("km2")) == "laporan per km², 7 hari > 20 11–20 6–10 3–5 1–2 0"
    assert text(peta_scale.scale("sisa")).endswith("1–10 0 < 5 laporan")


def test_the_islands_are_a_list_that_says_it_is_no_map():
    drawn = peta_scale.islands([Island("Harapan", 2, "1", "/laporan?wilayah=x")])
    assert text(drawn) == "Kepulauan Seribu skema, bukan skala Harapan 2"
    assert having(drawn, "m1") and of_type(drawn, "A")[0].href == "/laporan?wilayah=x"
