"""The hand-over sheet as it is drawn: figures, parts, empty parts, reports that unfold."""

from components.handover_sheet import Part, sheet, unfolded
from tests.components.tree import having, of_type, text

PART = Part("Sudah lewat batas", ("Unit", "> 6 jam"), [("Kel. Gambir", "7")], "Tidak ada.", 1, "dan 3 unit lain")


def test_figures_parts_and_what_is_written_below_come_in_this_order():
    drawn = sheet([PART], [("Menunggu", "7")], [("remark", "Catatan: dipantau"), ("signed", "Diserahkan")])
    assert text(drawn) == (
        "Menunggu 7 Sudah lewat batas Sudah lewat batas Unit > 6 jam Kel. Gambir 7 dan 3 unit lain"
        " Catatan: dipantau Diserahkan"
    )


def test_numbers_stand_at_the_right_and_know_their_column_for_a_narrow_screen():
    [cell] = of_type(sheet([PART], [], []), "Td")
    assert (cell.className, getattr(cell, "data-head")) == ("r", "> 6 jam")
    assert [head.className for head in of_type(sheet([PART], [], []), "Th")[:2]] == ["", "r"]


def test_a_part_without_rows_says_so():
    drawn = sheet([Part("Ditunda", ("Unit",), [], "Tidak ada yang ditunda.")], [], [])
    assert text(drawn) == "Ditunda Tidak ada yang ditunda."
    assert of_type(drawn, "Table") == []


def test_a_count_unfolds_to_its_reports():
    found = unfolded(["JK1", "JK/2"])
    assert text(of_type(found, "Summary")) == "2"
    assert [(link.children, link.href) for link in having(found, "num") if hasattr(link, "href")] == [
        ("JK1", "/laporan/JK1"),
        ("JK/2", "/laporan/JK%2F2"),
    ]
    assert unfolded([]) == "0"
