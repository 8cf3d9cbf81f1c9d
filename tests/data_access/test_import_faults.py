"""Imports that cannot be done: one clear line, exit code 2, nothing half-written."""

import os
import resource
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import psycopg
import pytest

from tests.data_access.import_command import Commands

pytestmark = pytest.mark.db

PROJECT = Path(__file__).resolve().parents[2]
HEAD = "report_id,status,entered_at\n"


@pytest.fixture
def command(empty_database, tmp_path, capsys):
    return Commands(empty_database, tmp_path, capsys)


def refusal(command: Commands) -> str:
    """The one line of a refused import; fails when there is more, or when anything was written."""
    errors = [line for line in command.err.splitlines() if not line.startswith(("assumed:", "warning:", "read "))]
    assert len(errors) == 1, command.err
    assert command.out == ""
    assert not list(command.folder.glob("*rejects*"))
    assert errors[0].endswith("nothing was written")
    return errors[0]


def nothing_was_written(dsn: str) -> bool:
    with psycopg.connect(dsn) as connection:
        return connection.execute("select to_regnamespace('crm') is null").fetchone()[0]


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("pull.csv", b"", "pull.csv is empty"),
        ("pull.csv", HEAD.encode("utf-16"), "is UTF-16: save it as CSV UTF-8"),
        ("pull.csv", HEAD.encode() + b"A\x81\xff,proses,2026-11-01\n", "neither UTF-8 nor Windows-1252"),
        (
            "pull.csv",
            b'report_id,status,entered_at\nA,"proses,2026\nB,proses,2026\n',
            "opened in row 2 is never closed",
        ),
        ("pull.csv", b"report_id,status,status,entered_at\n", "column name used twice: 'status'"),
        ("pull.csv", b"\n", "the first row is empty"),
        ("pull.xlsx", b"not a zip", "not a readable XLSX workbook"),
        ("pull.json", b"{", "is not readable JSON"),
        ("pull.json", b'{"a": 1}', "must hold a JSON list"),
        ("pull.pdf", b"%PDF", "unknown kind of file; give .csv, .xlsx or .json"),
        ("pull.csv", b"nomor,status\n", "does not have: report_id, entered_at; the file has: nomor, status"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(command, name, content, line):
    file = command.folder / name
    file.write_bytes(content)
    assert command.load(file) == 2
    assert line in refusal(command)
    assert nothing_was_written(command.dsn)


def test_a_workbook_damaged_inside_is_refused_and_nothing_of_it_stays(command):
    book = openpyxl.Workbook()
    book.active.append(["report_id", "status", "entered_at"])
    for number in range(2_000):
        book.active.append([f"JK{number}", "proses", "2026-11-01"])
    whole, damaged = command.folder / "utuh.xlsx", command.folder / "pull.xlsx"
    book.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    assert command.load(damaged) == 2
    assert "pull.xlsx is not a readable XLSX workbook" in refusal(command)
    assert nothing_was_written(command.dsn)


def test_a_file_that_is_not_there_is_named(command):
    assert command.load(command.folder / "tidak-ada.csv") == 2
    assert "tidak-ada.csv: No such file" in refusal(command)


def test_an_unknown_mapping_lists_those_there_are(command):
    assert command.load_text(HEAD, "tidak-ada") == 2
    assert "there are: crm-public-api, generic, jakarta-2023-sample, jakarta-psbb-points" in refusal(command)


def test_an_unreachable_database_is_named_without_the_password(command):
    command.dsn = "postgresql://petugas:rahasia@127.0.0.1:1/crm"
    assert command.load_text(HEAD) == 2
    assert "cannot reach 127.0.0.1:1/crm" in refusal(command)
    assert "rahasia" not in command.err


def test_a_role_that_may_not_write_is_told_so(command, empty_database):
    role = f"baca_{os.getpid()}"
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(f"create role {role} login password '{role}'")
        try:
            command.dsn = psycopg.conninfo.make_conninfo(empty_database, user=role, password=role)
            assert command.load_text(HEAD) == 2
        finally:
            connection.execute(f"drop role {role}")
    assert "role may write" in refusal(command)


def test_a_read_only_connection_is_told_so(command):
    command.dsn = psycopg.conninfo.make_conninfo(command.dsn, options="-c default_transaction_read_only=on")
    assert command.load_text(HEAD) == 2
    assert "role may write" in refusal(command)


def test_a_crm_made_of_views_is_not_written_to(command):
    with psycopg.connect(command.dsn, autocommit=True) as connection:
        connection.execute("create schema crm; create view crm.report as select 'A'::text as report_id")
    assert command.load_text(HEAD) == 2
    assert "is a view of another CRM" in refusal(command)


def test_a_rejects_path_that_holds_something_else_is_left_alone(command):
    precious = command.folder / "laporan.csv"
    precious.write_text("isi penting\n")
    file = command.folder / "pull.csv"
    file.write_text(HEAD)
    assert command("import", file, "--mapping", "generic", "--rejects", precious) == 2
    assert "is no rejects file: name another with --rejects" in command.err
    assert precious.read_text() == "isi penting\n"


def test_a_simulated_crm_is_loaded_with_a_warning(crm_dsn, tmp_path, capsys):
    command = Commands(crm_dsn, tmp_path, capsys)
    assert command.load_text(HEAD + "A,proses,2026-11-01\n") == 0
    assert "DATA SIMULASI" in command.err


def test_listeners_hear_of_an_import(crm_dsn, tmp_path, capsys):
    command = Commands(crm_dsn, tmp_path, capsys)
    with psycopg.connect(crm_dsn, autocommit=True) as listener:
        listener.execute("alter table crm.report disable trigger user; listen crm_changed")
        command.load_text(HEAD + "A,proses,2026-11-01\n")
        assert [heard.channel for heard in listener.notifies(timeout=5, stop_after=1)] == ["crm_changed"]


def started(command: Commands, body: str, *, largest_file_bytes: int | None = None) -> subprocess.Popen:
    """The import as a process of its own, on a pull of this text."""
    file = command.folder / "pull.csv"
    file.write_text(body)

    def limit() -> None:
        if largest_file_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file_bytes, largest_file_bytes))

    return subprocess.Popen(
        [sys.executable, "-m", "data_access", "import", str(file), "--mapping", "generic"],
        cwd=PROJECT,
        env=os.environ | {"CRM_DSN": command.dsn},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
    )


def half_way(process: subprocess.Popen) -> None:
    """Returns when the import has told that it has read some rows."""
    for line in process.stderr:
        if line.startswith("read "):
            return
    pytest.fail("the import ended before it told of any row")


LONG = HEAD + "".join(f"JK{number},proses,2026-11-01\n" for number in range(400_000)) + ",,\n"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 2), (signal.SIGINT, 2), (signal.SIGKILL, -9)])
def test_an_import_killed_half_way_leaves_nothing(command, number, code):
    process = started(command, LONG)
    half_way(process)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert errors.endswith("error: stopped; nothing was written\n") or number == signal.SIGKILL
    assert nothing_was_written(command.dsn)
    assert not (command.folder / "pull.rejects.csv").exists()


def test_a_lost_database_half_way_leaves_nothing(command):
    process = started(command, LONG)
    half_way(process)
    with psycopg.connect(command.dsn, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'copy staging%'")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors.splitlines()[-1].startswith("error: ")
    assert errors.splitlines()[-1].endswith("nothing was written")
    assert "Traceback" not in errors
    assert nothing_was_written(command.dsn)


def test_a_disk_too_full_for_the_rejects_takes_the_load_back(command):
    bad_rows = "".join(f"JK{number},entah,2026-11-01\n" for number in range(2_000))
    process = started(command, HEAD + "A,proses,2026-11-01\n" + bad_rows, largest_file_bytes=20_000)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "pull.rejects.csv cannot be written (File too large): free space or use --rejects" in errors
    assert nothing_was_written(command.dsn)
    assert [path.name for path in command.folder.iterdir()] == ["pull.csv"]
