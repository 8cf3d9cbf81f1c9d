"""Mappings are checked before any row is read: each mistake is one line that names the column and what is allowed."""

import re
from pathlib import Path

import pytest
import yaml

from data_access.importing import mapping
from data_access.importing.problems import CellError, ImportRefused
from data_access.importing.registers import kelurahan_code, unit_kind
from data_access.importing.transforms import TRANSFORMS, aware_time, label, number_id, yes_no

PROJECT = Path(__file__).resolve().parents[2]
NEEDED = {
    "report_id": {"from": "nomor"},
    "status": {"constant": "proses"},
    "entered_at": {"from": "masuk", "as": [{"wib_datetime": ["iso"]}]},
    "is_private": {"constant": False},
}


def load(tmp_path, columns: dict, **more) -> mapping.Mapping:
    path = tmp_path / "m.yaml"
    path.write_text(yaml.safe_dump({"columns": NEEDED | columns, **more}), encoding="utf-8")
    return mapping.load(str(path))


@pytest.mark.parametrize("file", sorted(mapping.MAPPINGS.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_shipped_mapping_is_valid_and_says_what_it_assumes(file):
    assert mapping.load(file.stem).assumed


def test_the_example_of_the_manual_is_valid(tmp_path):
    manual = (PROJECT / "docs" / "importing.md").read_text(encoding="utf-8")
    path = tmp_path / "manual.yaml"
    path.write_text(re.search(r"```yaml\n(.*?)```", manual, re.DOTALL).group(1), encoding="utf-8")
    assert [rule.column for rule in mapping.load(str(path)).rules][:2] == ["report_id", "status"]


def test_the_manual_names_every_step_and_every_shipped_mapping():
    manual = (PROJECT / "docs" / "importing.md").read_text(encoding="utf-8")
    named = [*TRANSFORMS, *(file.stem for file in mapping.MAPPINGS.glob("*.yaml"))]
    assert [name for name in named if f"`{name}" not in manual] == []


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        ({"nama_pelapor": {"from": "x"}}, "unknown contract column 'nama_pelapor'"),
        ({"updated_at": {"from": "x"}}, "unknown contract column 'updated_at'"),
        ({"summary": {"frm": "x"}}, "summary: unknown key frm"),
        ({"summary": "x"}, "summary must be a table of names and values"),
        ({"summary": {"from": "x", "constant": "y"}}, "summary: give exactly one of from, constant, numbered"),
        ({"summary": {"from": "x", "as": ["shout"]}}, "summary: unknown step 'shout'; steps: strip"),
        ({"summary": {"from": "x", "as": "strip"}}, "summary: as must be a list of steps"),
        ({"rating": {"from": "x"}}, "rating: holds a number but the steps give a text"),
        ({"completed_at": {"from": "x", "as": ["strip"]}}, "completed_at: holds a time but the steps give a text"),
        (
            {"completed_at": {"from": "x", "as": ["datetime"]}},
            "step datetime has the wrong argument, it takes: formats",
        ),
        ({"status": {"from": "x", "as": [{"words": {"a": 1}}]}}, "step words has the wrong argument"),
        ({"rating": {"from": "x", "as": ["number"], "when_empty": "a"}}, "rating: when_empty must be a number"),
        ({"report_id": {"numbered": "A{row}"}}, "report_id: numbered must hold both {row} and {copy}"),
        ({"report_id": {"numbered": "A{ro}"}}, "report_id: numbered may hold {row} and {copy} only"),
        ({"unit_id": {"from": ["a", 1]}}, "unit_id: from must be a column name or a list of them"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(tmp_path, columns, line):
    with pytest.raises(ImportRefused, match=r"^mapping ") as refused:
        load(tmp_path, columns)
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_mapping_must_fill_every_required_column(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text("columns: {report_id: {from: a}}")
    with pytest.raises(ImportRefused, match="not filled: status, entered_at, is_private"):
        mapping.load(str(path))


@pytest.mark.parametrize("text", ["", "- a", "columns: 1", "columns: {a: [", "columns: {}\nrepeat: [a]"])
def test_a_file_that_is_no_mapping_is_refused_in_one_line(tmp_path, text):
    path = tmp_path / "m.yaml"
    path.write_text(text)
    with pytest.raises(ImportRefused) as refused:
        mapping.load(str(path))
    assert "\n" not in str(refused.value)


def test_absent_columns_are_named_beside_those_the_file_has(tmp_path):
    with pytest.raises(ImportRefused, match="does not have: masuk; the file has: nomor, tanggal"):
        load(tmp_path, {}).for_columns(("nomor", "tanggal"))


def test_a_nested_name_is_there_when_its_object_is(tmp_path):
    found = load(tmp_path, {"unit_id": {"from": "zone.name"}}).for_columns(("nomor", "masuk", "zone"))
    assert "unit_id" in [rule.column for rule in found.rules]


def test_an_optional_column_the_file_lacks_is_left_out(tmp_path):
    found = load(tmp_path, {"summary": {"from": "isi", "optional": True}}).for_columns(("nomor", "masuk"))
    assert "summary" not in [rule.column for rule in found.rules]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KELURAHAN KALI BARU", "31.72.04.1004"),
        ("Kelurahan Pal Meriam", "31.75.01.1004"),
        ("HARAPAN MULYA", "31.71.03.1003"),
        ("pinang ranti", "31.75.08.1002"),
        ("Setiabudi", "31.74.02.1001"),
        ("31.71.01.1001", "31.71.01.1001"),
    ],
)
def test_a_kelurahan_is_known_under_the_spellings_met_elsewhere(name, code):
    assert kelurahan_code(name) == code


def test_a_kecamatan_is_not_taken_for_a_kelurahan():
    with pytest.raises(CellError):
        kelurahan_code("Kecamatan Cengkareng")


@pytest.mark.parametrize(
    ("text", "value"), [("1.234,5", 1234.5), ("-6,2", -6.2), ("12", 12.0), ("1.000.000", 1e6), (2.5, 2.5)]
)
def test_numbers_written_the_indonesian_way_are_read(text, value):
    assert number_id(text) == value


def test_a_time_without_zone_is_refused_where_the_mapping_does_not_call_it_wib():
    with pytest.raises(CellError, match="has no time zone"):
        aware_time(["iso"], naive_is_wib=False)("2026-11-01 08:00")
    assert aware_time(["iso"], naive_is_wib=True)("2026-11-01 08:00").utcoffset().total_seconds() == 7 * 3600


@pytest.mark.parametrize(("word", "value"), [("Ya", True), (" TIDAK ", False), (1, True), (0.0, False), (True, True)])
def test_yes_and_no_are_read_in_their_common_forms(word, value):
    assert yes_no(word) is value


def test_a_label_that_is_missing_among_others_is_an_error_and_plain_text_stays_whole():
    take = label({"take": "Permasalahan", "of": ["Permasalahan", "Lokasi"]})
    assert take("Lokasi: X\nPERMASALAHAN : Jalan: rusak\n") == "Jalan: rusak"
    assert take("jalan rusak") == "jalan rusak"
    with pytest.raises(CellError, match="'Permasalahan' is not in the text"):
        take("Lokasi: X")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SUKU DINAS BINA MARGA", ("sudin", None)),
        ("Dinas Bina Marga", ("dinas", None)),
        ("KELURAHAN GAMBIR", ("kelurahan", "31.71.01.1001")),
        ("PT TRANSPORTASI", ("bumd", None)),
        ("Badan Pendapatan Daerah", ("badan", None)),
        ("Ptolemaeus", ("lain", None)),
    ],
)
def test_the_kind_of_a_new_unit_is_read_from_its_name(name, kind):
    assert unit_kind(name) == kind
