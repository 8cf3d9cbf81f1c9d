"""`python -m scoring`: the slides' figures from a file, and a clear refusal of every file that cannot be scored."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

GOLDEN = PROJECT.parent / "shared" / "data" / "golden-tkd-2017.csv"
TIME_ZONES = ("UTC", "America/New_York", "Asia/Jakarta", "Asia/Jayapura")
FIELDS = ["rulebook", "version", "period", "as_of", "units", "aggregates"]
COLUMNS = ("unit_id", "total", "complete", "doorr", "completion", "time", "weight", "effort", "obtained", "maximum")
FINALS = {"A": 3270 / 80.7, "B": 6190 / 81.9, "C": 15500 / 243, "D": 4560 / 81.6, "E": 6300 / 82.2}
HEADER = "report_id,unit_id,unit_type,category,status,entered_at,completed_at"
ROW = "G1,A,kelurahan,Sampah,selesai,2017-07-10T08:57:00+07:00,2017-07-15T16:24:00+07:00"
LATER = "2017-09-01T00:00:00+07:00"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "scoring", *map(str, arguments)]
    return subprocess.run(
        command, cwd=PROJECT, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def golden() -> Path:
    assert GOLDEN.exists(), f"the reference data of the project is missing: {GOLDEN.name} in ../shared/data"
    return GOLDEN


@pytest.fixture
def file(tmp_path):
    def write(*rows: str, header: str = HEADER, name: str = "reports.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("zone", TIME_ZONES)
def test_the_slides_come_out_under_every_time_zone_of_the_host(golden, zone):
    done = run("score", "--reports", golden, "--period", "2017-07", "--as-of", LATER, "--json", TZ=zone)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert {unit["unit_id"]: unit["grade"] for unit in answer["units"]} == dict(zip("ABCDE", "EBCDB", strict=True))
    for unit in answer["units"]:
        assert unit["final"] == pytest.approx(FINALS[unit["unit_id"]], abs=1e-9, rel=0)
    assert answer["as_of"] == LATER


def test_the_json_has_exactly_the_fields_of_the_interface(golden):
    answer = json.loads(run("score", "--reports", golden, "--period", "2017-07", "--json").stdout)
    assert list(answer) == FIELDS
    assert list(answer["units"][0]) == [*COLUMNS, "final", "grade", "flags"]


def test_the_order_of_rows_changes_nothing(golden, file):
    rows = golden.read_text(encoding="utf-8").splitlines()
    options = ("--period", "2017-07", "--as-of", LATER, "--json")
    turned = file(*reversed(rows[1:]), header=rows[0])
    assert run("score", "--reports", turned, *options).stdout == run("score", "--reports", golden, *options).stdout


def test_a_table_to_read_names_rulebook_period_and_every_unit(golden):
    text = run("score", "--reports", golden, "--period", "2017-07", "--as-of", LATER).stdout
    assert text.startswith("rulebook tkd-2017 ")
    assert "period 2017-07" in text
    assert [line.split()[0] for line in text.splitlines()[2:]] == list("ABCDE")


def test_a_units_file_brings_units_without_reports_and_aggregates(golden, file):
    table = ["KEC,kecamatan,", *(f"{name},kelurahan,KEC" for name in "ABCDEF")]
    units = file(*table, header="unit_id,unit_type,parent_id", name="units.csv")
    options = ("--period", "2017-07", "--as-of", LATER, "--units", units, "--json")
    answer = json.loads(run("score", "--reports", golden, *options).stdout)
    found = {unit["unit_id"]: unit for unit in answer["units"]}
    assert found["F"]["final"] is None
    assert found["F"]["total"] == 0
    assert answer["aggregates"][0]["final"] == pytest.approx(sum(FINALS.values()) / 5, abs=1e-9, rel=0)
    assert answer["aggregates"][0]["units_below"] == 5


def test_a_tickets_file_moves_a_report_to_the_period_of_its_limit(file):
    reports = file(ROW.replace("2017-07", "2017-05"))
    header = "report_id,opened_at,commitment_at,limit_at"
    times = "2017-05-11T08:00:00+07:00,2017-07-01T08:00:00+07:00,2017-07-10T08:00:00+07:00"
    tickets = file(f"G1,{times}", header=header, name="tickets.csv")
    totals = {}
    for period in ("2017-05", "2017-06", "2017-07"):
        done = run("score", "--reports", reports, "--tickets", tickets, "--period", period, "--as-of", LATER, "--json")
        totals[period] = json.loads(done.stdout)["units"][0]["total"]
    assert totals == {"2017-05": 0, "2017-06": 0, "2017-07": 1}


def test_the_assumed_formula_says_so_in_both_outputs(file):
    reports = file(ROW.replace("2017-07", "2022-07"))
    options = ("--reports", reports, "--period", "2022-07", "--rulebook", "tkd-2021-asumsi")
    assert json.loads(run("score", *options, "--json").stdout)["status"] == "assumed"
    assert run("score", *options).stdout.startswith("ASUMSI: ")


def test_explain_names_every_report_of_the_unit(golden):
    options = ("--unit", "B", "--reports", golden, "--period", "2017-07", "--as-of", LATER)
    answer = json.loads(run("explain", *options, "--json").stdout)
    assert [report["report_id"] for report in answer["reports"]] == ["G006", "G007", "G008", "G009", "G010"]
    assert sum(part["points"] for part in answer["parts"]) == pytest.approx(answer["obtained"], abs=1e-12)
    assert "G009" in run("explain", *options).stdout


def test_plan_answers_with_the_fields_of_the_interface(golden):
    options = ("--unit", "A", "--reports", golden, "--period", "2017-07", "--at", "2017-08-01T00:00:00+07:00")
    answer = json.loads(run("plan", *options, "--target", "D", "--json").stdout)
    assert list(answer) == ["unit_id", "target", "now", "reachable", "best", "complete", "final"]
    assert (answer["unit_id"], answer["target"], answer["reachable"]) == ("A", "D", True)
    assert answer["now"] == pytest.approx(FINALS["A"], abs=1e-9, rel=0)
    for target in ("E", "101", "-1", "nan", "good"):
        assert_refused(run("plan", *options, "--target", target), f"--target '{target}' must be A, B, C, D or a number")


BAD_ROWS = {
    "G1,A,kelurahan,Sampah,selesai,2017-07-99T08:57:00+07:00,": "row 3: entered_at '2017-07-99T08:57:00+07:00' is not",
    "G2,A,kelurahan,Sampah,selesai,2017-07-10T08:57:00,": "row 3: entered_at '2017-07-10T08:57:00' has no offset",
    "G2,A,kelurahan,Sampah,selesai,,": "row 3: entered_at '' is not a time",
    "G2,A,kelurahan,Sampahh,selesai,2017-07-10T08:57:00+07:00,": "row 3: category 'Sampahh' is in no list",
    "G2,A,kelurahan,,selesai,2017-07-10T08:57:00+07:00,": "row 3: category '' is in no list",
    "G2,A,kelurahan,Sampah,beres,2017-07-10T08:57:00+07:00,": "row 3: status 'beres' must be one of menunggu",
    "G1,A,kelurahan,Sampah,selesai,2017-07-10T08:57:00+07:00,": "row 3: report_id 'G1' stands already in row 2",
    ",A,kelurahan,Sampah,selesai,2017-07-10T08:57:00+07:00,": "row 3: report_id is empty",
    "G2,A,kota,Sampah,selesai,2017-07-10T08:57:00+07:00,": "row 3: unit_type 'kota' of unit 'A'; it was 'kelurahan'",
    "G2,,kelurahan,Sampah,selesai,2017-07-10T08:57:00+07:00,": "row 3: unit_id '' is not in the units",
    "G2,A,kelurahan,Sampah": "row 3: has 4 fields, the header has 7",
    "G2,A,kelurahan,Sampah,selesai,2017-07-10T08:57:00+07:00,,": "row 3: has 8 fields, the header has 7",
}


@pytest.mark.parametrize(("row", "reason"), BAD_ROWS.items(), ids=[reason[7:45] for reason in BAD_ROWS.values()])
def test_a_bad_row_is_refused_with_its_number_and_the_reason(file, row, reason):
    done = run("score", "--reports", file(ROW, row), "--period", "2017-07")
    assert_refused(done, f"reports.csv {reason}")


def test_all_bad_rows_are_told_at_once(file):
    reports = file(ROW.replace("+07:00", ""), ROW.replace("G1", "G2"), ROW)
    done = run("score", "--reports", reports, "--period", "2017-07")
    assert_refused(done, "row 2: entered_at")
    assert "row 2: completed_at" in done.stderr
    assert "row 4: report_id" in done.stderr


def test_files_that_are_no_table_of_reports_are_refused(file, tmp_path):
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)))
    (tmp_path / "nothing.csv").write_bytes(b"")
    kategori = HEADER.replace("category", "kategori")
    for path, reason in (
        (file(ROW, header=kategori, name="other.csv"), "row 1: column category is missing"),
        (file(name="head.csv"), "has no rows after the header"),
        (tmp_path / "nothing.csv", "is empty; row 1 must name"),
        (tmp_path / "binary.csv", "cannot be read as CSV in UTF-8"),
        (tmp_path / "absent.csv", "cannot be read as CSV in UTF-8: No such file"),
        (tmp_path, "cannot be read as CSV in UTF-8: Is a directory"),
    ):
        assert_refused(run("score", "--reports", path, "--period", "2017-07"), reason)


def test_options_that_make_no_sense_are_refused(file):
    reports = file(ROW)
    for options, reason in (
        (("--period", "2017-13"), "'2017-13' is not a period"),
        (("--period", "1999-12"), "'1999-12' is not a period"),
        (("--period", "2016-12"), "rulebook tkd-2017 has no value"),
        (("--period", "2017-07", "--rulebook", "tkd-1999"), "no rulebook 'tkd-1999'; there are: tkd-2017"),
        (("--period", "2017-07", "--rulebook", "../../secrets"), "no rulebook '../../secrets'"),
        (("--period", "2017-07", "--as-of", "2017-08-01"), "--as-of '2017-08-01' has no offset"),
        (("--period", "2017-07", "--as-of", "soon"), "--as-of 'soon' is not a time"),
    ):
        assert_refused(run("score", "--reports", reports, *options), reason)
    done = run("explain", "--unit", "Z", "--reports", reports, "--period", "2017-07")
    assert_refused(done, "--unit 'Z' is not among the units")


def test_a_units_file_refuses_strangers_and_broken_trees(file):
    header = "unit_id,unit_type,parent_id"
    for rows, reason in (
        (("B,kelurahan,",), "reports.csv row 2: unit_id 'A' is not in the units"),
        (("A,kelurahan,", "A,kelurahan,"), "units.csv row 3: unit_id 'A' stands already in row 2"),
        (("A,kelurahan,KEC",), "units.csv row 2: parent_id 'KEC' is no unit_id of this file"),
        (("A,,",), "units.csv row 2: unit_type is empty"),
    ):
        units = file(*rows, header=header, name="units.csv")
        assert_refused(run("score", "--reports", file(ROW), "--units", units, "--period", "2017-07"), reason)


def test_a_second_ticket_for_a_report_is_refused(file):
    times = "2017-07-11T08:00:00+07:00,2017-07-12T08:00:00+07:00,2017-07-20T08:00:00+07:00"
    header = "report_id,opened_at,commitment_at,limit_at"
    tickets = file(f"G1,{times}", f"G1,{times}", header=header, name="tickets.csv")
    done = run("score", "--reports", file(ROW), "--tickets", tickets, "--period", "2017-07")
    assert_refused(done, "tickets.csv row 3: report_id 'G1' stands already in row 2")


def test_the_spreadsheet_habits_of_real_files_are_read(file, tmp_path):
    rows = list(csv.reader([HEADER, ROW]))
    text = "\r\n".join(";".join(row).replace(";", ",") for row in rows) + "\r\n\r\n"
    path = tmp_path / "excel.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("selesai", " Selesai ").encode())
    done = run("score", "--reports", path, "--period", "2017-07", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["units"][0]["complete"] == 1


def assert_refused(done: subprocess.CompletedProcess, reason: str) -> None:
    """Exit code 2, the reason on standard error, no traceback and no answer."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", [["explain", "--unit", "A"], ["plan", "--unit", "A", "--target", "C"]])
def test_an_answer_by_the_assumed_formula_says_so(golden, tmp_path, command):
    later = tmp_path / "later.csv"
    later.write_text(golden.read_text(encoding="utf-8").replace("2017-", "2021-"), encoding="utf-8")
    head = [command[0], "--reports", str(later), "--period", "2021-07", *command[1:]]
    assumed = [*head, "--rulebook", "tkd-2021-asumsi"]
    assert run(*assumed).stdout.startswith("ASUMSI: tkd-2021-asumsi")
    assert json.loads(run(*assumed, "--json").stdout)["status"] == "assumed"
    assert "ASUMSI" not in run(*head).stdout


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-07:00"])
def test_an_instant_out_of_range_is_refused_in_one_line(golden, instant):
    refused = run("score", "--reports", str(golden), "--period", "2017-07", "--as-of", instant)
    assert_refused(refused, "out of range")


def test_a_type_of_unit_that_is_none_would_split_the_peers_and_is_refused(golden, tmp_path):
    text = golden.read_text(encoding="utf-8")
    (tmp_path / "typo.csv").write_text(text.replace("G006,B,kelurahan", "G006,B,kelurhan"), encoding="utf-8")
    refused = run("score", "--reports", str(tmp_path / "typo.csv"), "--period", "2017-07")
    assert_refused(refused, "typo.csv row 7: unit_type 'kelurhan' is none of kelurahan")
    (tmp_path / "big.csv").write_text(text.replace("G006,B,kelurahan", "G006,B,Kelurahan"), encoding="utf-8")
    same = run("score", "--reports", str(tmp_path / "big.csv"), "--period", "2017-07", "--json")
    assert same.returncode == 0
