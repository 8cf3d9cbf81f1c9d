"""The list of reports behind a number: its head, its rows as data, its pages."""

import json
from dataclasses import replace

from components.behind_list import BehindRow, Pages, behind_list, heading
from tests.components.tree import having, of_type, text

ROW = BehindRow(
    number="JK2611220001",
    category="Saluran Air, Kali/Sungai",
    place="Kelapa Gading Timur",
    holder="Kel. Kelapa Gading Timur",
    how_in="sisa Okt, disposisi",
    entered="22 Nov 14.05",
    status="Selesai 23 Nov 07.12",
    status_mark="selesai",
    drop="",
    hours="17",
    tier="100",
    weight="1,5",
    points=("0,312", "0,784", "0,300"),
    notes=("bobot bawaan", "Doorr"),
)
PARTS = ("Poin penyelesaian", "Poin waktu", "Poin bobot")
ONE = Pages(1, 1, 1, 1, 1, "selesai")
MIDDLE = Pages(2, 3, 51, 100, 120, "selesai")


def table(pages: Pages = ONE, with_holder: bool = False, row: BehindRow = ROW) -> dict:
    tree = behind_list("Laporan selesai", [row], pages, PARTS, with_holder)
    return json.loads(getattr(having(tree, "scroll")[0], "data-list"))


def test_the_head_says_which_number_it_is_and_how_many():
    assert text(behind_list("Laporan selesai", [ROW], ONE, PARTS, False)[0]) == "Laporan selesai 1 laporan Tutup"
    paged = text(behind_list("Laporan selesai", [ROW], MIDDLE, PARTS, False)[0])
    assert paged == "Laporan selesai 120 laporan, ditampilkan 51 sampai 100 Tutup"


def test_every_cell_has_its_column_with_and_without_the_holder():
    for with_holder in (False, True):
        found = table(with_holder=with_holder)
        assert {len(row) for row in found["rows"]} == {len(found["head"])}
        assert ("Pemegang" in found["head"]) == with_holder
        assert ("Kel. Kelapa Gading Timur" in [cell[1] for cell in found["rows"][0]]) == with_holder


def test_a_row_tells_its_number_its_state_its_hours_and_its_points():
    words = [cell[1] for cell in table()["rows"][0]]
    assert words == [
        "JK2611220001",
        "Saluran Air, Kali/Sungai",
        "sisa Okt, disposisi",
        "22 Nov 14.05",
        "Selesai 23 Nov 07.12",
        "17",
        "100",
        "1,5",
        "0,312",
        "0,784",
        "0,300",
        "bobot bawaan, Doorr",
    ]
    assert ["mk-selesai", "Selesai 23 Nov 07.12", ""] in table()["rows"][0]


def test_a_text_from_the_crm_stays_a_text():
    nasty = '<img src=x onerror="alert(1)">'
    found = table(row=replace(ROW, category=nasty))
    assert found["rows"][0][1][1] == nasty


def test_pages_lead_to_each_other_and_the_first_has_a_bare_address():
    links = of_type(behind_list("x", [ROW], MIDDLE, PARTS, False), "A")
    assert [link.href for link in links] == [
        "?lihat=&halaman=",
        "?lihat=selesai&halaman=",
        "?lihat=selesai&halaman=3",
    ]
    assert all(getattr(link, "data-stay") == "" for link in links)


def test_a_single_page_has_no_pager_and_every_list_can_be_closed():
    assert of_type(behind_list("x", [ROW], ONE, PARTS, False), "Nav") == []
    assert [link.href for link in of_type(heading("x", ""), "A")] == ["?lihat=&halaman="]
