"""The real Jakarta pulls, loaded where they lie into an empty database."""

import csv

import pytest

from tests.data_access.import_command import Commands, real_file

pytestmark = pytest.mark.db

SAMPLE, POINTS = "jakarta-crm-2023-sample.csv", "jakarta-crm-psbb-points.csv"


@pytest.fixture
def command(each_postgres, empty_database, tmp_path, capsys):
    return Commands(empty_database, tmp_path, capsys)


def test_every_report_of_the_2023_sample_arrives_in_its_kelurahan(command):
    file = real_file(SAMPLE)
    assert command.load(file, "jakarta-2023-sample") == 0
    assert "read 125 rows: loaded 125 reports (125 new, 0 changed), unchanged 0, rejected 0 rows" in command.out
    with file.open(encoding="utf-8", newline="") as pull:
        expected = {(row["report_id"], row["kelurahan_code"]) for row in csv.DictReader(pull)}
    assert set(command.rows("select report_id, kelurahan_code from crm.report")) == expected


def test_the_sample_is_cleaned_of_spaces_and_html_and_keeps_what_is_not_known_empty(command):
    command.load(real_file(SAMPLE), "jakarta-2023-sample")
    number = "JK2304120280"
    row = command.rows(
        "select c.name, r.status, r.entered_at::text, r.completed_at, r.channel_id, r.is_private,"
        " r.summary like '%besar & tinggi%' from crm.report r join crm.category c using (category_id)"
        f" where report_id = '{number}'"
    )
    assert row == [("Pohon", "proses", "2023-04-12 00:00:00+07", None, "JAKI", False, True)]
    assert command.rows("select count(*) from crm.category where name <> btrim(name)") == [(0,)]
    assert command.rows("select count(*) from crm.category where lower(name) = 'parkir liar'") == [(1,)]


def test_a_report_with_the_kelurahan_is_held_by_the_kelurahan_it_lies_in(command):
    command.load(real_file(SAMPLE), "jakarta-2023-sample")
    held = command.rows(
        "select count(*), bool_and(u.wilayah_code = r.kelurahan_code) from crm.report r join crm.unit u using (unit_id)"
        " where u.unit_type = 'kelurahan'"
    )
    assert held == [(17, True)]


def test_units_the_crm_knows_are_found_whatever_their_spelling(command):
    command.load_text("report_id,status,entered_at\n", "generic")  # creates the tables
    command.execute("insert into crm.unit values ('D-BM', 'Dinas Bina-Marga', 'BM', 'dinas', null, null)")
    command.load(real_file(SAMPLE), "jakarta-2023-sample")
    assert command.rows("select count(*) from crm.report where unit_id = 'D-BM'") == [(29,)]


def test_every_point_stands_for_as_many_reports_as_it_says(command):
    assert command.load(real_file(POINTS), "jakarta-psbb-points") == 0
    assert "read 11287 rows: loaded 21493 reports" in command.out
    assert "warnings in 24 rows" in command.out
    counted = command.rows("select count(*), count(distinct report_id), count(kelurahan_code) from crm.report")
    outside = sum(int(row["no__laporan"]) for row in command.rejects())
    assert counted == [(21493, 21493, 21493 - outside)]
    assert {row["outcome"] for row in command.rejects()} == {"warning"}


def test_the_serial_reporter_of_bukit_duri_is_where_he_was(command):
    command.load(real_file(POINTS), "jakarta-psbb-points")
    code, count = command.rows("select kelurahan_code, count(*) from crm.report group by 1 order by 2 desc limit 1")[0]
    assert code == "31.74.01.1005"  # Bukit Duri
    assert count >= 9715


@pytest.mark.parametrize(
    ("name", "mapping", "reports"), [(SAMPLE, "jakarta-2023-sample", 125), (POINTS, "jakarta-psbb-points", 21493)]
)
def test_a_second_run_adds_and_touches_nothing(command, name, mapping, reports):
    command.load(real_file(name), mapping)
    before = command.rows("select report_id, updated_at from crm.report order by 1")
    assert command.load(real_file(name), mapping) == 0
    assert f"loaded 0 reports (0 new, 0 changed), unchanged {reports}" in command.out
    assert command.rows("select report_id, updated_at from crm.report order by 1") == before


def test_a_loaded_pull_keeps_the_contract(command):
    command.load(real_file(SAMPLE), "jakarta-2023-sample")
    assert command("check") == 0
    assert command.out == "OK: the CRM keeps the contract\n"


def test_what_the_pull_does_not_say_is_said_at_every_import(command):
    command.load(real_file(SAMPLE), "jakarta-2023-sample")
    assert "assumed: The file has no status." in command.err


def test_the_wrong_mapping_names_the_columns_the_file_has(command):
    assert command.load(real_file(POINTS), "jakarta-2023-sample") == 2
    assert "does not have: report_id" in command.err
    assert "the file has: lat, long, no__laporan" in command.err
    assert command.rows("select to_regnamespace('crm')") == [(None,)]
