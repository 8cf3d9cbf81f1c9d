"""Rows as real pulls have them: what is loaded, what is set aside, and that no row is lost."""

import json
from datetime import datetime

import openpyxl
import pytest

from tests.data_access.import_command import Commands

pytestmark = pytest.mark.db

HEAD = "report_id,status,entered_at,is_private,summary,rating,latitude\n"
GOOD = "JK1,menunggu,2026-11-01 08:00,tidak,jalan rusak,4,-6.2\n"


@pytest.fixture
def command(empty_database, tmp_path, capsys):
    return Commands(empty_database, tmp_path, capsys)


def reasons(command: Commands) -> list[tuple[str, str, str]]:
    return [(row["row"], row["outcome"], row["reason"]) for row in command.rejects()]


def test_a_row_without_its_number_is_rejected_with_row_reason_and_cells_and_the_others_are_loaded(command):
    assert command.load_text(HEAD + GOOD + ",proses,2026-11-01 09:00,tidak,hilang nomornya,5,-6.1\n") == 1
    assert command.rows("select report_id from crm.report") == [("JK1",)]
    assert reasons(command) == [("3", "rejected", "report_id: is empty")]
    assert command.rejects()[0]["summary"] == "hilang nomornya"
    assert "loaded 1 reports" in command.out and "rejected 1 rows" in command.out


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("JK2,dibatalkan,2026-11-01 08:00,tidak,,,", "status: unknown word 'dibatalkan'"),
        ("JK2,proses,kemarin,tidak,,,", "entered_at: 'kemarin' is not a time"),
        ("JK2,proses,0026-11-01 08:00,tidak,,,", "entered_at: year 26 is outside 2000-2100"),
        ("JK2,proses,,tidak,,,", "entered_at: is empty"),
        ("JK2,proses,2026-11-01 08:00,mungkin,,,", "is_private: 'mungkin' is neither ya nor tidak"),
        ("JK2,proses,2026-11-01 08:00", "row has 3 cells, the header has 7"),
        ("JK2,proses,2026-11-01 08:00,tidak,a,4,-6.2,lebih", "row has 8 cells, the header has 7"),
        ("J\0K2,proses,2026-11-01 08:00,tidak,,,", "report_id: unprintable signs"),
        ('JK2,proses,2026-11-01 08:00,tidak,"a"b,4,-6', "row is not readable as CSV"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_in_plain_words(command, row, reason):
    assert command.load_text(HEAD + GOOD + row + "\n") == 1
    assert [(number, outcome) for number, outcome, _ in reasons(command)] == [("3", "rejected")]
    assert reason in reasons(command)[0][2]
    assert command.rows("select count(*) from crm.report") == [(1,)]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("x,11,-6.2", "rating", "rating: 11 is not between 1 and 5"),
        ("x,4.5,-6.2", "rating", "rating: 4.5 is not a whole number"),
        ("x,baik,-6.2", "rating", "rating: 'baik' is not a number"),
        ("x,4,-620", "latitude", "latitude: -620 is not between -90 and 90"),
        ("x,4,nan", "latitude", "latitude: 'nan' is not a finite number"),
    ],
)
def test_a_bad_cell_of_an_optional_column_leaves_it_empty_and_keeps_the_row_with_a_warning(
    command, cells, column, reason
):
    assert command.load_text(HEAD + f"JK1,menunggu,2026-11-01 08:00,tidak,{cells}\n") == 0
    assert reasons(command) == [("2", "warning", reason)]
    assert command.rows(f"select count(*), count({column}) from crm.report") == [(1, 0)]
    assert "warnings in 1 rows" in command.out


def test_unprintable_signs_in_a_text_are_taken_out_with_a_warning_and_direction_marks_stay(command):
    text = HEAD + "JK1,menunggu,2026-11-01 08:00,tidak,a\0b\ud800c\u202ed,4,-6.2\n"
    assert command.load_text(text, errors="surrogatepass") == 0
    assert command.rows("select summary from crm.report") == [("ab\ufffdc\u202ed",)]
    assert reasons(command)[0][1] == "warning"


def test_text_that_looks_like_a_formula_is_kept_as_it_is(command):
    formula = "=HYPERLINK(1)"
    command.load_text(HEAD + f"JK1,menunggu,2026-11-01 08:00,tidak,{formula},4,-6.2\n")
    assert command.rows("select summary from crm.report") == [(formula,)]


def test_a_text_of_a_megabyte_with_line_breaks_and_quotes_arrives_whole(command):
    text = 'ada "lubang"\n' * 80_000
    quoted = text.replace('"', '""')
    command.load_text(HEAD + f'JK1,menunggu,2026-11-01 08:00,tidak,"{quoted}",4,-6.2\n')
    assert command.rows("select summary from crm.report") == [(text.strip(),)]


def test_a_time_without_zone_is_wib_and_a_time_with_zone_is_what_it_says(command):
    command.load_text(
        "report_id,status,entered_at\nA,proses,2026-11-01 08:00\nB,proses,2026-11-01T01:00:00Z\n"
        "C,proses,01/11/2026 08:00\n"
    )
    assert command.rows("select distinct entered_at::text from crm.report") == [("2026-11-01 08:00:00+07",)]


def test_a_report_that_does_not_say_whether_it_is_private_is_private(command):
    command.load_text("report_id,status,entered_at\nA,proses,2026-11-01 08:00\n")
    assert command.rows("select is_private from crm.report") == [(True,)]


def test_a_changed_row_is_updated_alone_and_moves_its_change_time(command):
    command.load_text(HEAD + GOOD + GOOD.replace("JK1", "JK2"))
    before = dict(command.rows("select report_id, updated_at from crm.report"))
    assert command.load_text(HEAD + GOOD.replace("menunggu", "selesai") + GOOD.replace("JK1", "JK2")) == 0
    assert "loaded 1 reports (0 new, 1 changed), unchanged 1" in command.out
    after = dict(command.rows("select report_id, updated_at from crm.report"))
    assert after["JK1"] > before["JK1"]
    assert after["JK2"] == before["JK2"]


def test_columns_the_pull_lacks_are_not_emptied_in_reports_the_crm_has(command):
    command.load_text(HEAD + GOOD)
    command.load_text("report_id,status,entered_at,is_private\nJK1,selesai,2026-11-01 08:00,tidak\n")
    assert command.rows("select status, summary, rating from crm.report") == [("selesai", "jalan rusak", 4)]


def test_of_a_report_that_comes_twice_the_last_row_is_loaded_and_the_other_is_in_the_rejects(command):
    again = GOOD.replace("menunggu", "selesai")
    assert command.load_text(HEAD + GOOD + GOOD.replace("JK1", "JK2") + again) == 1
    assert command.rows("select report_id, status from crm.report order by 1") == [
        ("JK1", "selesai"),
        ("JK2", "menunggu"),
    ]
    reason = "report_id JK1 comes again in row 4 with other values, which was loaded"
    assert reasons(command) == [("2", "rejected", reason)]
    assert command.rejects()[0]["summary"] == "jalan rusak"


def test_a_row_that_comes_twice_with_equal_values_counts_as_unchanged(command):
    assert command.load_text(HEAD + GOOD + GOOD) == 0
    assert "loaded 1 reports (1 new, 0 changed), unchanged 1, rejected 0 rows" in command.out


def test_the_newest_of_two_equal_numbers_in_the_crm_is_the_one_that_changes(command):
    command.load_text(HEAD + GOOD)
    command.execute(
        "insert into crm.report (report_id, status, entered_at, is_private, updated_at)"
        " values ('JK1', 'proses', now(), false, '2020-01-01')"
    )
    command.load_text(HEAD + GOOD.replace("menunggu", "selesai"))
    assert command.rows("select status from crm.report order by updated_at") == [("proses",), ("selesai",)]


def test_semicolons_and_tabs_are_recognised(command):
    for number, delimiter in (("A", ";"), ("B", "\t")):
        text = f"report_id,status,entered_at\n{number},proses,2026-11-01 08:00\n".replace(",", delimiter)
        assert command.load_text(text) == 0
    assert command.rows("select report_id from crm.report order by 1") == [("A",), ("B",)]


def test_a_byte_order_mark_is_not_part_of_the_first_column(command):
    assert command.load_text(HEAD + GOOD, encoding="utf-8-sig") == 0


def test_windows_1252_is_read_with_a_warning(command):
    assert command.load_text(HEAD + GOOD.replace("jalan rusak", "café –"), encoding="cp1252") == 0
    assert "was read as Windows-1252" in command.err
    assert command.rows("select summary from crm.report") == [("café –",)]


def test_empty_lines_are_passed_over_and_row_numbers_stay_those_of_the_spreadsheet(command):
    command.load_text(HEAD + "\n,,,,,,\n" + GOOD + ",proses,,,,,\n")
    assert [number for number, _, _ in reasons(command)] == ["5"]


def test_a_workbook_is_read_with_its_own_dates_and_numbers(command):
    book = openpyxl.Workbook()
    book.active.append(["report_id", "status", "entered_at", "rating", "summary"])
    book.active.append([2304120280, "proses", datetime(2026, 11, 1, 8, 0), 4.0, "=1+1 bukan rumus"])
    book.active.append(["JK2", "proses", "besok", 4, "x"])
    book.active["E2"].data_type = "s"
    book.create_sheet("Catatan")
    file = command.folder / "pull.xlsx"
    book.save(file)
    assert command.load(file) == 1
    assert "left out: Catatan" in command.err
    assert command.rows("select report_id, entered_at::text, rating, summary from crm.report") == [
        ("2304120280", "2026-11-01 08:00:00+07", 4, "=1+1 bukan rumus")
    ]
    assert [number for number, _, _ in reasons(command)] == ["3"]


def test_cells_beside_the_header_of_a_workbook_are_not_lost(command):
    book = openpyxl.Workbook()
    book.active.append(["report_id", "status", "entered_at"])
    book.active.append(["JK1", "proses", "2026-11-01", "catatan", 5])
    file = command.folder / "pull.xlsx"
    book.save(file)
    assert command.load(file) == 1
    assert reasons(command)[0][2] == "row has 5 cells, the header has 3: check quotes and delimiters"
    assert command.rejects()[0]["entered_at"] == "2026-11-01 | catatan | 5"


def test_the_list_of_the_public_api_is_read(command):
    record = {
        "id": 7,
        "code": "JK2611010001",
        "content": "Permasalahan: Lampu mati &amp; gelap\nKategori: Jaringan Listrik\nLokasi: Jl. A\n"
        "Detail Alamat Laporan: depan toko",
        "lat": -6.1754,
        "lng": 106.8272,
        "zone": {"name": "DINAS BINA MARGA"},
        "tstatus": {"name": "Menunggu Validasi"},
        "complaintCategory": {"name": "Jaringan Listrik "},
        "createdAt": "2026-11-01T01:00:00.000Z",
    }
    nowhere = record | {"code": "JK2611010002", "zone": None, "lat": None, "lng": None, "content": "tanpa label"}
    file = command.folder / "pull.json"
    file.write_text(json.dumps([record, nowhere, "bukan laporan"]), encoding="utf-8")
    assert command.load(file, "crm-public-api") == 1
    assert command.rows("select report_id, status, kelurahan_code, summary, unit_id from crm.report order by 1") == [
        ("JK2611010001", "menunggu_validasi", "31.71.01.1001", "Lampu mati & gelap", "DINAS-BINA-MARGA"),
        ("JK2611010002", "menunggu_validasi", None, "tanpa label", None),
    ]
    assert reasons(command) == [("3", "rejected", "record is not an object")]


def test_an_unknown_kelurahan_and_an_ambiguous_unit_are_warnings(command):
    head = "report_id,status,entered_at,unit,kelurahan\n"
    command.load_text(head)
    command.execute(
        "insert into crm.unit values ('S1', 'Suku Dinas X', null, 'sudin', null, null),"
        " ('S2', 'SUKU DINAS X', null, 'sudin', null, null)"
    )
    assert command.load_text(head + "A,proses,2026-11-01 08:00,suku dinas x,Entah\n") == 0
    assert "fits several rows of crm.unit" in reasons(command)[0][2]
    assert "unknown kelurahan 'Entah'" in reasons(command)[0][2]


def test_a_rejected_row_adds_no_category(command):
    command.load_text("report_id,status,entered_at,category\nA,proses,besok,Baru Sekali\n")
    assert command.rows("select count(*) from crm.category") == [(0,)]


def test_a_clean_run_after_a_bad_one_leaves_no_old_rejects(command):
    command.load_text(HEAD + GOOD + ",proses,,,,,\n")
    assert command.load_text(HEAD + GOOD) == 0
    assert command.rejects() == []


def test_a_clean_import_writes_no_rejects_file(command):
    command.load_text(HEAD + GOOD)
    assert not command.rejects_path.exists()
