"""The launcher, in a copy of its own with tiny processes: every start, stop, kill and refusal it must survive."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import psutil
import psycopg
import pytest

from demo.leftovers import MARK, end_marked, end_servers
from demo.postgres import free_port
from tests.conftest import PROJECT

pytestmark = pytest.mark.db
LAUNCHER = ("__init__", "up", "processes", "postgres", "leftovers", "unprivileged")
DEADLINE_SECONDS = 60

PROCFILE = """
web: python web.py
live: python -c "import time; time.sleep(600)"
scheduler: python -c "import time; time.sleep(600)"
"""
WEB = """
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["CRM_DSN"].encode())
    def log_message(self, *_):
        pass

HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
"""
DEMO_MAIN = """
import os, sys, time
from demo import up
if sys.argv[1] == "up":
    sys.exit(up.main(sys.argv[2:]))
import psycopg
if os.environ.get("CITY") == "fails":
    sys.exit("the database's disk is full; nothing was kept")
with psycopg.connect(os.environ["CRM_DSN"]) as connection:
    connection.execute("CREATE SCHEMA crm")
    connection.execute("CREATE TABLE crm.report AS SELECT 1 AS report_id")
    if os.environ.get("CITY") == "slow":
        print("half way", flush=True)
        time.sleep(600)
print("city made", flush=True)
"""
DATA_ACCESS_MAIN = "print('migrated', flush=True)\n"


class Room:
    """A copy of the launcher in `folder`, its lines, and ways to drive it."""

    def __init__(self, folder):
        self.folder, self.port, self.lines, self.process = folder, free_port(), [], None
        (folder / "demo").mkdir(parents=True)
        (folder / "data_access").mkdir()
        for name in LAUNCHER:
            shutil.copy(PROJECT / "demo" / f"{name}.py", folder / "demo")
        (folder / "demo" / "__main__.py").write_text(DEMO_MAIN)
        (folder / "data_access" / "__main__.py").write_text(DATA_ACCESS_MAIN)
        (folder / "Procfile").write_text(PROCFILE)
        (folder / "web.py").write_text(WEB)

    def start(self, **variables) -> None:
        """Start the launcher; its lines are collected as they come."""
        known = {name: value for name, value in os.environ.items() if name not in ("CRM_DSN", "STATE_DSN", MARK)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "demo", "up"], cwd=self.folder, text=True,
            env={**known, "PORT": str(self.port), **variables}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.lines = []
        self.reader = threading.Thread(target=self._read, args=(self.process.stdout, self.lines))
        self.reader.start()

    def _read(self, stream, lines) -> None:
        with stream:
            lines.extend(iter(stream.readline, ""))

    def up(self, **variables) -> "Room":
        """Start it and wait for its ready line."""
        self.start(**variables)
        self.wait_for("Ready: ")
        return self

    def wait_for(self, words: str) -> None:
        """Wait until a line holds `words`."""
        until(lambda: any(words in line for line in self.lines), f"no line with {words!r}", lambda: self.lines)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send the signal; the exit code."""
        self.process.send_signal(number)
        return self.exit_code()

    def exit_code(self) -> int:
        """Wait for the end."""
        code = self.process.wait(DEADLINE_SECONDS)
        self.reader.join(DEADLINE_SECONDS)
        return code

    def dsn(self) -> str:
        """The DSN the web process works with, asked from itself."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
            return answer.read().decode()

    def ask(self, question: str):
        """First value of the answer of the room's database."""
        with psycopg.connect(self.dsn(), connect_timeout=5) as connection:
            return connection.execute(question).fetchone()[0]

    def processes(self) -> list[psutil.Process]:
        """Everything alive that belongs to the folder."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    def web(self) -> psutil.Process | None:
        """The web process itself, not the shell or the middleman above it."""
        return next((each for each in self.processes() if each.cmdline()[1:] == ["web.py"]), None)

    def listens(self) -> bool:
        """True when somebody answers on the room's port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _owns(self, process) -> bool:
        try:
            return process.status() != psutil.STATUS_ZOMBIE and str(self.folder) in process.cwd()
        except (psutil.Error, OSError):
            return False

    def clean(self) -> None:
        """Leave nothing running."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.exit_code()
        end_marked(self.folder)
        end_servers(self.folder / "var" / "postgres")


def until(condition, complaint: str, detail=lambda: "") -> None:
    """Wait for the condition, or fail with the complaint."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"{complaint}: {detail()}"
        time.sleep(0.05)


@pytest.fixture
def room(tmp_path):
    made = Room(tmp_path / "room")
    yield made
    made.clean()


def test_the_first_start_makes_the_city_and_the_second_keeps_it(room):
    room.up()
    assert "city made\n" in room.lines
    assert room.ask("SELECT count(*) FROM crm.report") == 1
    assert room.end() == 0
    room.up()
    assert "city made\n" not in room.lines
    assert room.ask("SELECT count(*) FROM crm.report") == 1


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


def test_kill_9_of_the_launcher_leaves_nothing_and_the_next_start_is_clean(room):
    room.up()
    room.end(signal.SIGKILL)
    until(lambda: room.processes() == [], "still alive", room.processes)
    room.up()
    assert room.ask("SELECT count(*) FROM crm.report") == 1
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
    assert room.ask("SELECT 1") == 1


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
    assert room.ask("SELECT count(*) FROM crm.report") == 1


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


def answers(dsn: str) -> bool:
    """True when the database takes a connection."""
    try:
        psycopg.connect(dsn, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
