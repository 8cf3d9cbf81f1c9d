"""The plan's steps and sentences."""

import pytest

from components.score_plan import (
    Actions,
    Step,
    break_even,
    buttons,
    enough,
    no_hurry,
    on_paper,
    one_fewer,
    ordinal,
    signed_points,
    step_list,
)
from tests.components.tree import having, of_type, text

HEADS = ("Laporan", "Sebelum", "Poin, nilai")


def step(number: int, grade: str = "B", **given) -> Step:
    known = {"name": "Sampah", "where": f"JK26112100{number:02d}", "aim": ("15.12", "hari ini")}
    return Step(**(known | {"gain": 0.6, "after": "83,30", "grade": grade} | given))


def test_a_step_says_what_by_when_and_what_it_gives():
    assert text(of_type(step_list(HEADS, [step(1)], "B"), "Li")) == "1 Sampah JK2611210001 15.12 hari ini +0,60 83,30 B"


def test_a_grade_is_marked_where_it_is_reached_and_at_the_end():
    tree = step_list(HEADS, [step(1), step(2), step(3, "A"), step(4, "A"), step(5, "A")], "B")
    assert [len(having(item, "gr")) for item in of_type(tree, "Li")] == [0, 0, 1, 0, 1]


def test_the_rest_is_folded_and_numbered_on():
    tree = step_list(HEADS, [step(1)], "B", [step(2, gain=None), step(3, gain=None)])
    folded = of_type(tree, "Details")[0]
    assert text(of_type(folded, "Summary")) == "Tampilkan semua 3"
    assert [text(item) for item in of_type(folded, "Li")] == [
        "2 Sampah , JK2611210002 15.12 hari ini",
        "3 Sampah , JK2611210003 15.12 hari ini",
    ]
    assert of_type(step_list(HEADS, [step(1)], "B"), "Details") == []


def test_a_unit_is_a_link_to_its_own_plan():
    tree = step_list(HEADS, [step(1, href="/tkd/K-GAMBIR#rencana")], "B")
    assert [link.href for link in of_type(tree, "Link")] == ["/tkd/K-GAMBIR#rencana"]


@pytest.mark.parametrize(("points", "words"), [(0.6, "+0,60"), (-0.25, "−0,25"), (0.0012, "+0,0012"), (0.0, "0")])
def test_points_carry_their_sign(points, words):
    assert signed_points(points) == words


@pytest.mark.parametrize(
    ("count", "of_count", "words"),
    [
        (5, 13, "5 dari 13 laporan terbuka sudah cukup."),
        (1, 1, "Satu-satunya laporan terbuka sudah cukup."),
        (5, 5, "Semua 5 laporan terbuka diperlukan."),
    ],
)
def test_how_many_are_enough(count, of_count, words):
    assert text(enough(count, of_count, "laporan terbuka")) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (5, " Empat tidak cukup: 84,99, masih B."),
        (1, " Tanpa itu 84,99, masih B."),
        (55, " 54 tidak cukup: 84,99, masih B."),
    ],
)
def test_why_one_fewer_is_not_enough(count, words):
    assert one_fewer(count, "84,99", "B") == words


LATE = "Masih boleh terlambat 3 laporan satu tingkat (terendah 85,09)."
NONE_LATE = "Tidak satu pun boleh turun tingkat : satu yang terlambat menjatuhkan nilai ke 84,95."


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((3, 5, "85,09", "84,95"), f"{LATE} Yang keempat menjatuhkan nilai ke 84,95."),
        ((3, 5, "85,09", None), LATE),
        ((5, 5, "85,01", None), "Semuanya masih boleh turun satu tingkat (terendah 85,01)."),
        ((1, 1, "85,01", None), "Laporan itu masih boleh turun satu tingkat (terendah 85,01)."),
        ((0, 5, None, "84,95"), NONE_LATE),
    ],
)
def test_how_many_may_be_late(given, words):
    assert text(break_even(*given)) == words


def test_where_nothing_drops_there_is_no_hurry():
    assert text(no_hurry()) == "Tidak ada yang turun tingkat lagi : cukup selesai sebelum cut-off."


def test_the_buttons_carry_the_text_and_the_scenario():
    tree = buttons(Actions("1. Sampah", "JK2611210402@2026-11-22T15:11"))
    assert [text(node) for node in tree.children] == ["Salin daftar tugas", "Coba di simulasi", "Cetak"]
    assert getattr(tree.children[0], "data-copy") == "1. Sampah"
    assert tree.children[1].href == "?sim=JK2611210402@2026-11-22T15:11"
    assert getattr(tree.children[2], "data-print") == "plan"


def test_without_a_scenario_there_is_nothing_to_try():
    assert text(buttons(Actions("1. Kel. Gambir"))) == "Salin daftar tugas Cetak"


def test_paper_says_of_when_and_that_the_data_are_simulated():
    assert text(on_paper(["Data 22 Nov 2026 14.05 WIB", "Data simulasi"])) == "Data 22 Nov 2026 14.05 WIB Data simulasi"


def test_counts_beyond_words_are_digits():
    assert (ordinal(4), ordinal(11)) == ("keempat", "ke-11")
