"""The launcher, in a copy of its own with tiny processes: every start, stop, kill and refusal it must survive."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from tests.demo.room import Room, answers, until

pytestmark = pytest.mark.db


@pytest.fixture
def room(tmp_path):
    made = Room(tmp_path / "room")
    yield made
    made.clean()


def test_the_first_start_makes_the_city_and_the_second_keeps_it(room):
    room.up()
    assert "city made\n" in room.lines
    assert room.ask("SELECT count(*) FROM crm.report") == (1,)
    assert room.end() == 0
    room.up()
    assert "city made\n" not in room.lines
    assert room.ask("SELECT count(*) FROM crm.report") == (1,)


def test_one_ready_line_names_the_url_and_the_seconds(room):
    room.up()
    ready = [line for line in room.lines if "Ready: " in line]
    assert len(ready) == 1
    assert f"http://127.0.0.1:{room.port} (" in ready[0]
    assert ready[0].rstrip().endswith("s). Ctrl-C stops it.")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_way_to_say_stop_ends_everything_cleanly(room, number):
    room.up()
    assert len(room.processes()) > 4
    assert room.end(number) == 0
    assert room.processes() == []
    assert "database system is shut down" in (room.folder / "var" / "postgres.log").read_text()


def test_sigint_stops_what_a_shell_started_in_the_background(room):
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # children inherit it, as from `make run &` in a script
    try:
        room.up()
    finally:
        signal.signal(signal.SIGINT, before)
    assert room.end(signal.SIGINT) == 0
    assert room.processes() == []


def test_kill_9_of_the_launcher_leaves_nothing_and_the_next_start_is_clean(room):
    room.up()
    room.end(signal.SIGKILL)
    until(lambda: room.processes() == [], "still alive", room.processes)
    room.up()
    assert room.ask("SELECT count(*) FROM crm.report") == (1,)
    assert room.end() == 0


def test_kill_9_of_launcher_and_its_middleman_is_cleared_by_the_next_start(room):
    room.up()
    orphan = room.web()
    middlemen = [process for process in room.processes() if "honcho" in " ".join(process.cmdline())]
    room.process.kill()
    for process in middlemen:
        process.kill()
    room.exit_code()
    room.up()
    assert orphan is not None
    assert not orphan.is_running()


def test_kill_9_of_postgresql_is_repaired_on_the_same_port_while_the_rest_runs_on(room):
    room.up()
    before = room.dsn()
    web = room.web()
    os.kill(int((room.folder / "var/postgres/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    room.wait_for("PostgreSQL ended by itself")
    until(lambda: (room.folder / "var/postgres/postmaster.pid").exists() and answers(before), "no answer")
    assert room.dsn() == before
    assert room.web() == web


def test_a_process_that_ends_by_itself_is_started_again(room):
    room.up()
    first = room.web()
    first.kill()
    room.wait_for("A process ended by itself")
    until(lambda: room.web() not in (None, first), "not started again", lambda: room.lines)
    until(lambda: answers(room.dsn()) if room.listens() else False, "does not answer", lambda: room.lines)
    assert room.end() == 0
    assert room.processes() == []


def test_a_second_start_from_the_same_folder_is_refused_with_the_url(room):
    room.up()
    done = subprocess.run(
        [sys.executable, "-m", "demo", "up"], cwd=room.folder, text=True, capture_output=True, timeout=30
    )
    assert done.returncode == 1
    assert done.stderr == f"error: Ruang Pantau is already running from this folder at http://127.0.0.1:{room.port}\n"
    assert room.ask("SELECT 1") == (1,)


def test_a_port_in_use_is_refused_in_one_line_before_anything_is_made(room):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", room.port))
        taken.listen()
        room.start()
        assert room.exit_code() == 1
    assert len(room.lines) == 1
    assert f"Port {room.port} of 127.0.0.1 cannot be used (Address already in use)" in room.lines[0]
    assert "PORT=8060 make run" in room.lines[0]
    assert not (room.folder / "var" / "postgres").exists()


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused_in_one_line(room, port):
    room.start(PORT=port)
    assert room.exit_code() == 1
    assert room.lines == [f"error: PORT={port} is not a port: use a number from 1 to 65535\n"]


def test_a_city_that_cannot_be_made_says_its_line_and_leaves_nothing(room):
    room.start(CITY="fails")
    assert room.exit_code() == 1
    assert room.lines[-1] == "the database's disk is full; nothing was kept\n"
    assert not (room.folder / "var" / "postgres").exists()
    assert room.processes() == []


def test_stop_while_the_city_is_made_leaves_nothing_half_made(room):
    room.start(CITY="slow")
    room.wait_for("half way")
    assert room.end(signal.SIGINT) == 130
    assert not (room.folder / "var" / "postgres").exists()
    assert room.processes() == []


def test_kill_9_while_the_city_is_made_is_followed_by_a_whole_one(room):
    room.start(CITY="slow")
    room.wait_for("half way")
    room.end(signal.SIGKILL)
    room.up()
    assert "city made\n" in room.lines
    assert room.ask("SELECT count(*) FROM crm.report") == (1,)


def test_with_a_crm_of_its_own_neither_server_nor_city_nor_simulator_is_started(room, empty_database):
    room.up(CRM_DSN=empty_database)
    assert room.dsn() == empty_database
    assert not (room.folder / "var" / "postgres").exists()
    assert not any("live" in line or "city" in line for line in room.lines)


def test_settings_written_in_the_env_file_count_and_the_environment_counts_more(room, empty_database):
    (room.folder / ".env").write_text(f"CRM_DSN={empty_database}\nPORT=1\n")
    room.up()
    assert room.dsn() == empty_database


def test_the_secret_key_is_made_once_and_is_private(room):
    room.up()
    file = room.folder / "var" / "secret_key"
    first = file.read_text()
    room.end()
    room.up()
    assert file.read_text() == first
    assert len(first) >= 32
    assert file.stat().st_mode & 0o777 == 0o600
