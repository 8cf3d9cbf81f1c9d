"""The command line: help, exit codes, and one clear line for what cannot be helped."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from data_access.__main__ import COMMANDS
from tests.crm import add_names, add_report
from tests.data_access.import_command import Commands

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def nowhere(tmp_path, capsys):
    """Commands without a database behind them."""
    return Commands("postgresql://petugas:rahasia@127.0.0.1:1/crm", tmp_path, capsys)


@pytest.fixture
def command(crm_dsn, tmp_path, capsys):
    return Commands(crm_dsn, tmp_path, capsys)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_prints_help(nowhere, capsys, name):
    with pytest.raises(SystemExit) as ended:
        nowhere(name, "--help")
    assert ended.value.code == 0
    assert f"usage: python -m data_access {name}" in nowhere.out


@pytest.mark.parametrize("name", ["check", "migrate", "rollup"])
def test_an_unreachable_database_is_one_line_with_its_place_and_without_the_password(nowhere, name):
    assert nowhere(name) == 2
    assert nowhere.err.startswith("error: cannot reach 127.0.0.1:1/crm: ")
    assert nowhere.err.count("\n") == 1
    assert "rahasia" not in nowhere.err and "petugas" not in nowhere.err


def test_a_dsn_that_is_none_is_named_and_not_repeated(nowhere):
    nowhere.dsn = "postgresql//petugas:rahasia@127.0.0.1/crm"
    assert nowhere("check") == 2
    assert nowhere.err == ("error: CRM_DSN is not a PostgreSQL URL; write postgresql://user@host:5432/database\n")


def test_without_a_dsn_the_missing_setting_is_named():
    ended = subprocess.run(
        [sys.executable, "-m", "data_access", "check"], cwd=PROJECT, env={}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("error: CRM_DSN is not set")


def test_an_unknown_command_lists_those_there_are(nowhere):
    with pytest.raises(SystemExit) as ended:
        nowhere("hapus")
    assert ended.value.code == 2
    assert "'check'" in nowhere.err and "'import'" in nowhere.err


@pytest.mark.db
def test_check_says_ok_and_ends_with_0(command):
    with psycopg.connect(command.dsn, autocommit=True) as connection:
        add_names(connection)
        add_report(connection, "SATU")
    assert command("check") == 0
    assert command.out == "OK: the CRM keeps the contract\n"


@pytest.mark.db
def test_check_ends_with_0_when_there_are_hints_alone(command):
    assert command("check") == 0
    assert command.out.count("warning: ") == 3


@pytest.mark.db
def test_check_ends_with_1_when_something_must_be_mended(command):
    command.execute("alter table crm.report drop column status cascade")
    assert command("check") == 1
    assert "error: crm.report.status is missing" in command.out


@pytest.mark.db
def test_check_names_the_lines_of_the_contacts_that_cannot_be_used(command, tmp_path, monkeypatch):
    file = tmp_path / "contacts.csv"
    file.write_text("unit_id,email,whatsapp\nK-GAMBIR,nobody,\nK-CIDENG,,0812345678\n")
    monkeypatch.setenv("CONTACTS", str(file))
    assert command("check") == 0
    assert f"warning: CONTACTS={file}, line 2: 'nobody' is no e-mail address\n" in command.out
    assert "line 3" not in command.out


@pytest.mark.db
def test_rollup_without_the_state_schema_says_what_to_run(command):
    assert command("rollup") == 2
    assert "run python -m data_access migrate" in command.err


@pytest.mark.db
def test_rollup_of_a_crm_without_times_of_entry_names_the_column(command):
    command("migrate")
    command.execute("alter table crm.report drop column entered_at cascade")
    assert command("rollup") == 2
    assert "crm.report lacks entered_at: see python -m data_access check" in command.err


def test_a_number_of_days_that_is_none_is_refused(nowhere):
    with pytest.raises(SystemExit) as ended:
        nowhere("rollup", "--days", "-1")
    assert ended.value.code == 2
