"""The what-if as it is drawn: figures one can check, words for those who listen, rows as plain data."""

from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.formats import decimal
from components.what_if import (
    Line,
    Result,
    Row,
    Score,
    choices,
    choices_of_many,
    difference,
    line,
    outcome,
    pace,
    result_data,
    rows_data,
    title_with_ticks,
)
from tests.components.tree import of_type, text

ROW = Row("JK1", "JK1~lepas", "", "2026-11-22T15:07", "terbuka", "Sampah", "Gambir", "JK1", "22 Nov 15.07", "100", True)
FOUND = Result(
    base=Score("Dasar, 14.05", "82,71", "B"),
    scenario=Score("Skenario, 7 laporan", "86,21", "A"),
    difference="+3,50",
    lines=[line("Penyelesaian", 79.6875, 90.625, (0.594, 0.812))],
    effects=[("Ikut berubah", "Kec. Tanah Abang 80,14 → 80,64.")],
    notes=["1 waktu sudah lewat."],
    refused=["X9 tidak ada."],
)


def test_a_result_is_handed_to_the_script_field_by_field_with_its_sentence_to_be_heard():
    handed = orjson.loads(result_data(FOUND))
    assert handed["scenario"] == {"label": "Skenario, 7 laporan", "shown": "86,21", "grade": "A"}
    assert handed["effects"] == [["Ikut berubah", "Kec. Tanah Abang 80,14 → 80,64."]]
    assert handed["spoken"] == "Simulasi: Skenario, 7 laporan bernilai 86,21, grade A, selisih +3,50."
    none = orjson.loads(result_data(replace(FOUND, scenario=Score("x", "–", None))))
    assert "grade" not in none["spoken"]


def test_a_part_has_its_figures_and_a_place_for_each_of_them():
    found = line("Effort", 79.6875, 90.625, (0.594, 0.812))
    assert found == Line("Effort", "79,69", "90,62", "+10,93", "59.4%", "81.2%")


def test_rows_are_handed_to_the_script_field_by_field():
    hostile = replace(ROW, name='<b>"&</b>', is_on=False)
    assert orjson.loads(rows_data([ROW, hostile])) == [vars(ROW), vars(hostile)]


def test_a_closed_list_says_how_many_are_ticked_in_it():
    assert title_with_ticks("Semua (14)", [ROW, replace(ROW, is_on=False)]) == "Semua (14), 1 dicentang"
    assert title_with_ticks("Buka lagi", [replace(ROW, is_on=False)]) == "Buka lagi"


def test_the_lists_are_empty_and_hidden_until_the_first_answer():
    lists = [*of_type(choices(), "Ul"), *of_type(choices_of_many(), "Ul")]
    assert choices().hidden and [getattr(node, "data-rows") for node in lists] == ["[]"] * 4


@pytest.mark.parametrize(("per_day", "chosen"), [(None, "tidak"), (5, "5"), (7, "7"), (500, "500")])
def test_the_chosen_pace_is_marked_also_when_it_is_ones_own(per_day, chosen):
    links = of_type(pace(per_day, 16), "A")
    assert [text(link) for link in links if getattr(link, "aria-current", None)] == [chosen]
    assert {link.href for link in links} >= {"?perhari=", "?perhari=1", "?perhari=20"}
    assert all(hasattr(link, "data-stay") for link in links)


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("82,71", "86,21", "+3,50"),
        ("1.274,00", "1.447,00", "+173,00"),
        ("84,31", "80,00", "−4,31"),
        ("5,00", "5,00", "0,00"),
    ],
)
def test_a_difference_is_that_of_the_figures_as_shown(before, after, moved):
    assert difference(before, after) == moved


@given(st.floats(-9999, 9999), st.floats(-9999, 9999))
def test_a_difference_added_to_the_first_figure_gives_the_second(before, after):
    shown = [decimal(value, 2) for value in (before, after)]
    first, second, moved = (
        round(float(words.replace(".", "").replace(",", ".").replace("−", "-")) * 100)
        for words in (*shown, difference(*shown))
    )
    assert first + moved == second


def test_every_button_is_one_that_sends_no_form():
    buttons = of_type([choices(), outcome(), pace(5, 16)], "Button")
    assert buttons and all(button.type == "button" for button in buttons)
