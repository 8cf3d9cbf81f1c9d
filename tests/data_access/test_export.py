"""Downloads: every row, formula-safe, real numbers and times, and a workbook that spreadsheets open."""

import csv
import io
from datetime import datetime

import openpyxl
import psycopg
import pytest

from data_access import export, export_files
from data_access.export import HEAD, safe
from data_access.filters import Filters
from data_access.listing import Listing
from data_access.scope import EVERYTHING, Scope
from tests.conftest import CITY_UNTIL
from tests.crm import add_report
from tests.data_access.listing_crm import change, point_at, state_of
from tests.data_access.state_at import state_at

ROW = ("JK1", datetime(2026, 11, 10, 8, 0, 5), *["x"] * 10, 12.5, "ya", "tidak", 'Isi <&> "kutip"\nbaris kedua')


def read_csv(parts) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(parts).decode("utf-8-sig"), newline="")))


def read_xlsx(parts) -> list[list[tuple]]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(parts)))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_becomes_text(start):
    assert safe(f"{start}SUM(A1)") == f"'{start}SUM(A1)"
    assert safe(f"a{start}b") == f"a{start}b"


HIDDEN = [" =", "\u00a0 =", "\n=", '"=', "'=", "＝", "＋", "－", "＠", "\u200b=", "\ufeff\u202e@"]


@pytest.mark.parametrize("start", HIDDEN)
def test_nothing_before_a_formula_and_no_other_form_of_its_sign_hides_it(start):
    assert safe(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


def test_a_formula_after_what_parts_columns_in_indonesia_becomes_text():
    assert safe("aman;=1+1") == "aman;'=1+1"
    assert safe("aman; ＠x;-2") == "aman;' ＠x;'-2"
    assert safe("lampu mati; RT 05-06") == "lampu mati; RT 05-06"


def test_signs_no_spreadsheet_can_hold_are_left_out():
    assert safe("a\x00b\x0bc\nd") == "abc\nd"
    assert safe("a\ufffeb\uffffc") == "abc"  # no characters, and no XML can hold them
    assert safe("\x00=1") == "'=1"
    assert safe(None) is None


def test_a_csv_reads_back_as_it_was_written():
    assert read_csv(export_files.csv_bytes([[ROW], [ROW]])) == [list(HEAD), *[[str(cell) for cell in ROW]] * 2]


def test_a_workbook_reads_back_with_numbers_and_times_as_such():
    assert read_xlsx(export_files.xlsx_bytes([[ROW], [], [ROW]])) == [[HEAD, ROW, ROW]]
    assert read_xlsx(export_files.xlsx_bytes([])) == [[HEAD]]


def test_rows_beyond_the_last_of_a_sheet_go_into_the_next():
    sheets = read_xlsx(export_files.xlsx_bytes([[ROW] * 5], rows_per_sheet=2))
    assert [len(sheet) for sheet in sheets] == [3, 3, 2]
    assert all(sheet[0] == HEAD for sheet in sheets)
    assert [len(sheet) for sheet in read_xlsx(export_files.xlsx_bytes([[ROW] * 4], rows_per_sheet=2))] == [3, 3]


def test_a_file_is_sent_while_it_is_read():
    taken = []

    def batches():
        for number in range(3):
            taken.append(number)
            yield [ROW] * 1000

    for content in (export_files.csv_bytes, export_files.xlsx_bytes):
        taken.clear()
        parts = content(batches())
        next(parts), next(parts)
        assert len(taken) < 3
        assert sum(map(len, parts)) > 0


@pytest.mark.db
def test_a_download_holds_every_report_of_the_list_once(city_dsn, monkeypatch):
    point_at(monkeypatch, city_dsn)
    monkeypatch.setattr(export, "BATCH_ROWS", 37)
    what = Listing(Filters(period="semua"), open_only=True)
    batches = list(export.batches(EVERYTHING, what, state_at(city_dsn, CITY_UNTIL), "nomor"))
    numbers = [row[0] for batch in batches for row in batch]
    assert numbers == sorted(set(numbers))
    assert len(batches) > 3
    with psycopg.connect(city_dsn) as connection:
        query = "select report_id, status from crm.report order by updated_at"
        newest = dict(connection.execute(query).fetchall())
    assert set(numbers) == {number for number, status in newest.items() if status != "selesai"}


@pytest.mark.db
def test_a_private_report_is_a_row_without_text_and_a_scope_holds(crm, crm_dsn, monkeypatch):
    point_at(monkeypatch, crm_dsn)
    crm.execute("delete from crm.report")
    add_report(crm, "JK1", entered_at="2026-11-10 08:00+07")
    add_report(crm, "JK2", entered_at="2026-11-11 08:00+07", unit_id="K-GAMBIR")
    change(crm, "JK1", summary="rahasia", is_private=True)
    change(crm, "JK2", summary="=cmd|' /C calc'!A0", status="selesai", completed_at="2026-11-11 20:30+07")
    change(crm, "JK2", updated_at="2026-11-11 20:30+07")

    def rows(scope):
        return [row for batch in export.batches(scope, Listing(), state_of(crm_dsn), "nomor") for row in batch]

    private, public = rows(EVERYTHING)
    assert private[HEAD.index("Isi")] is None
    assert private[HEAD.index("Privat")] == "ya"
    assert public[HEAD.index("Isi")] == "'=cmd|' /C calc'!A0"
    assert public[HEAD.index("Jam sampai selesai")] == 12.5
    assert public[HEAD.index("Masuk")] == datetime(2026, 11, 11, 8, 0)
    assert [row[0] for row in rows(Scope(everything=False, unit_ids=frozenset({"D-BM"})))] == ["JK1"]
