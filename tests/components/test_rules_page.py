"""The rules page: everything in the YAML is on it, in words that follow the numbers, and marked where it is a guess."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from dash.development.base_component import Component

from components.rules_page import FORECAST, SECTIONS, rules_page
from components.rules_values import PARAMETERS, day, listed, number
from scoring import rulebook
from scoring.periods import Period
from scoring.rulebook import FOLDER, Rulebook
from scoring.rulebook_schema import PARAMETERS as KNOWN_PARAMETERS
from tests.components.tree import having, nodes, of_type, text
from tests.scoring.case_files import files, switched

NOW = Period(2026, 11)
BOOKS = ("tkd-2017", "tkd-2021-asumsi")


def page_of(book: Rulebook, period: Period = NOW):
    return rules_page(book, book.at(period), [rulebook.load(name) for name in BOOKS])


def content(name: str) -> dict:
    """The file as it is, read without the project's own reader."""
    return yaml.safe_load((Path(FOLDER) / f"{name}.yaml").read_text(encoding="utf-8"))


def rows(tree, mark: str, name: str) -> list[Component]:
    """The table rows that carry the attribute `mark` with this value."""
    return [node for node in of_type(tree, "Tr") if getattr(node, mark, None) == name]


def constants(value) -> list:
    """Every number and word in a value of the YAML."""
    if isinstance(value, dict):
        return [constant for entry in value.values() for constant in constants(entry)]
    if isinstance(value, list):
        return [constant for entry in value for constant in constants(entry)]
    return [value]


def as_shown(value) -> str:
    """A number as the page writes it."""
    return str(value).replace(".", ",")


@pytest.fixture(scope="module", params=BOOKS)
def name(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def page(name):
    return page_of(rulebook.load(name))


def test_every_parameter_is_a_row_with_its_number_its_date_and_its_reference(name, page):
    for parameter, dated in content(name)["parameters"].items():
        found = rows(page, "data-rule", parameter)
        assert len(found) == len(dated), parameter
        for row, since in zip(found, sorted(dated, reverse=True), strict=True):
            entry, words = dated[since], text(row)
            numbers = [as_shown(c) for c in constants(entry["value"]) if type(c) in (int, float)]
            assert [value for value in numbers if value not in re.findall(r"[\d,]*\d", words)] == [], parameter
            for expected in (day(since), entry["reference"], day(entry["last_verified_on"]), entry.get("note", "")):
                assert expected in words, parameter


def test_every_category_is_a_row_with_its_bounds_its_weight_and_its_references(name, page):
    parts = next(iter(content(name)["parameters"]["part_shares"].values()))["value"]
    for category, columns in content(name)["categories"].items():
        (row,) = rows(page, "data-category", category)
        own = [entry for dated in columns.values() for entry in dated.values()]
        shown = re.findall(r"[\d,]*\d", text(of_type(row, "Td")[: 3 + ("weight" in parts)]))
        wanted = [as_shown(constant) for entry in own for constant in constants(entry["value"])]
        assert [value for value in wanted if value not in shown] == [], category
        assert len(shown) == 3 + ("weight" in parts)
        assert [entry["reference"] for entry in own if entry["reference"] not in text(row)] == []
        assert ("bawaan" in text(row)) == (len(columns) < 1 + ("weight" in parts)), category


def test_every_name_of_a_category_is_on_the_page(page):
    names = content("category-names")
    words = text(page)
    aliases = [alias for entries in names["aliases"].values() for alias in entries]
    assert [alias for alias in [*aliases, *names["without_values"]] if alias not in words] == []
    for category, entries in names["aliases"].items():
        (row,) = rows(page, "data-category", category)
        assert [alias for alias in entries if alias not in text(row)] == []
        assert "tafsiran" in text(row) if set(entries) - set(names["stated_by_source"]) else "tafsiran" not in text(row)


def test_every_class_of_dirt_and_every_kind_of_upper_unit_has_its_line(name, page):
    parameters = content(name)["parameters"]
    (dirty,), (aggregates,) = (parameters[key].values() for key in ("dirty", "aggregates"))
    for found, rule in dirty["value"].items():
        (row,) = rows(page, "data-dirty", found)
        assert ("ditahan" in text(row) or "tidak dapat masuk" in text(row)) == (rule == "hold"), found
    for kind, rule in aggregates["value"].items():
        (row,) = rows(page, "data-aggregate", kind)
        assert ("nilai sendiri" in text(row)) == rule["own"]
        assert ("langsung" in text(row)) == (rule["below"] == "children")
        assert rule.get("only", "unit") in text(row)


def test_every_reading_carries_its_mark_and_the_reason(name, page):
    word = "ASUMSI" if name == "tkd-2021-asumsi" else "TAFSIRAN"
    readings = 0
    for parameter, dated in content(name)["parameters"].items():
        for row, entry in zip(rows(page, "data-rule", parameter), dated.values(), strict=True):
            marks = [text(mark) for mark in having(row, "tag")]
            assert marks == ([word] if entry.get("reading") else []), parameter
            readings += bool(marks)
    assert readings > 5


def test_an_assumed_rulebook_says_so_on_its_title_its_status_and_its_link():
    assumed, documented = (page_of(rulebook.load(name)) for name in reversed(BOOKS))
    assert "assumed-book" in assumed.className.split()
    assert "assumed-book" not in documented.className.split()
    assert text(of_type(assumed, "H2")[0]).startswith("ASUMSI ")
    assert "bukan aturan resmi" in text(assumed)
    assert "tidak dipakai untuk nilai di layar lain" in text(assumed)
    assert "Semua nilai di layar lain" in text(documented)
    links = {link.href: text(link) for link in having(documented, "seg")[0].children}
    assert links == {
        "/aturan?buku=tkd-2017": "tkd-2017",
        "/aturan?buku=tkd-2021-asumsi": "tkd-2021-asumsi · ASUMSI",
    }
    assert [text(mark) for mark in having(documented, "tag") if "assumed" in mark.className] == []


def test_the_anchors_other_screens_link_to_are_there(page):
    ids = [node.id for node in of_type(page, "Section")]
    assert ids == ["buku", *(anchor for anchor, *_ in SECTIONS), FORECAST[0]]
    assert {"nilai", "kategori", "grade", "cutoff", "doorr", "tiket", "agregat", "data-kotor", "perkiraan"} <= set(ids)
    links = [link.href for link in of_type(having(page, "contents"), "A")]
    assert links == [f"#{anchor}" for anchor in ids[1:]]


def test_the_name_and_the_version_are_those_of_the_rulebook(name, page):
    book = rulebook.load(name)
    assert [text(code) for code in of_type(page, "Code")] == [book.name, book.version]


CHANGED = {
    "cutoff_day": (5, "cutoff", "akhir tanggal 5 bulan berikutnya"),
    "part_shares": ({"completion": 30, "time": 50, "effort": 20}, "nilai", "disusun dari tiga bagian"),
    "tier_values": ([90, 70, 50, 30], "kategori", "kurang dari 29 jam bernilai 90, 29 sampai 44 jam 70"),
    "effort_points": ({"minimum": 41, "median": 61, "maximum": 91}, "nilai", "mendapat 41, yang tepat di tengah"),
    "time_when_nothing_complete": (25, "nilai", "Selama belum ada yang selesai, isinya 25."),
    "grades": ({"A": 90, "B": 75, "C": None}, "grade", "Nilai 89,996 adalah B; layar menulisnya 89,99, bukan 90,00"),
    "doorr_enabled": (False, "doorr", "Buku aturan ini tidak menghitung Doorr."),
    "doorr_once": (False, "doorr", "setiap bulan selama laporan masih menunggu"),
    "doorr_counts_in": (["completion"], "doorr", "dihitung selesai dalam Penyelesaian, lalu"),
    "doorr_received_how": (["rop"], "doorr", "ke suatu unit lewat admin (ROP), dan masih"),
    "ticket_pauses_clock": (True, "tiket", "Jam untuk nilai waktu berhenti selama"),
    "pending_validation": ("open", "validasi", "cut-off belum dihitung selesai"),
    "default_weight": (3.5, "kategori", "3,5 bawaan"),
    "default_tiers": ([18, 28, 40], "kategori", "< 18 jam bawaan"),
}


@pytest.mark.parametrize("parameter", CHANGED)
def test_the_words_follow_the_rules(parameter):
    value, anchor, words = CHANGED[parameter]
    before, book = rulebook.load("tkd-2017"), switched(rulebook.load("tkd-2017"), {parameter: value})
    (section,) = (node for node in of_type(page_of(book), "Section") if node.id == anchor)
    (as_it_is,) = (node for node in of_type(page_of(before), "Section") if node.id == anchor)
    assert words in text(section)
    assert words not in text(as_it_is)


def test_the_limit_of_the_response_is_that_of_the_rules():
    book = switched(rulebook.load("tkd-2021-asumsi"), {"response_limit_hours": 9})
    assert "ditanggapi atau diselesaikan dalam 9 jam" in text(page_of(book))


def test_a_value_that_is_not_valid_yet_or_no_more_says_so():
    data, names = files("tkd-2017")
    decree = {"reference": "Kepgub", "last_verified_on": date(2027, 12, 1)}
    data["parameters"]["cutoff_day"][date(2028, 1, 1)] = decree | {"value": 9}
    data["categories"]["Sampah"]["weight"][date(2028, 1, 1)] = decree | {"value": 2.5}
    book = rulebook.build(data, names)
    for period, marks in ((NOW, ["belum berlaku", ""]), (Period(2028, 1), ["", "sudah diganti"])):
        page = page_of(book, period)
        for key, value in (("data-rule", "cutoff_day"), ("data-category", "Sampah")):
            assert [text(having(row, "not-now")) for row in rows(page, key, value)] == marks
    newest, first = rows(page, "data-category", "Sampah")
    assert ("2,5" in text(newest), "1,5" in text(first), "< 29 jam" in text(newest)) == (True, True, True)


def test_every_parameter_a_rulebook_may_have_has_a_name_on_the_page():
    assert PARAMETERS.keys() == KNOWN_PARAMETERS.keys()


def test_the_forecast_is_explained_with_the_limits_it_has(page):
    (section,) = (node for node in of_type(page, "Section") if node.id == "perkiraan")
    for words in ("Rentang 80%", "10% berakhir di bawah", "kurang dari 56 hari", "kurang dari 30 laporan", "Uji balik"):
        assert words in text(section)


def test_numbers_and_lists_are_written_as_people_write_them():
    assert [number(value) for value in (2, 1.5, 0.125, 1000)] == ["2", "1,5", "0,125", "1.000"]
    assert [listed(words) for words in (["A"], ["A", "B"], ["A", "B", "C"])] == ["A", "A dan B", "A, B, dan C"]


def test_nothing_is_styled_inline(page):
    assert [node for node in nodes(page) if getattr(node, "style", None)] == []
