"""A copy of the launcher in a folder of its own, with tiny processes instead of the real ones, and ways to drive it."""

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

from demo.leftovers import MARK, end_marked, end_servers
from demo.postgres import free_port
from tests.conftest import PROJECT

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

    def __init__(self, folder, deadline_seconds=DEADLINE_SECONDS):
        self.folder, self.port, self.lines, self.process = folder, free_port(), [], None
        self.deadline_seconds = deadline_seconds
        self._fill()

    def _fill(self) -> None:
        (self.folder / "demo").mkdir(parents=True)
        (self.folder / "data_access").mkdir()
        for name in LAUNCHER:
            shutil.copy(PROJECT / "demo" / f"{name}.py", self.folder / "demo")
        (self.folder / "demo" / "__main__.py").write_text(DEMO_MAIN)
        (self.folder / "data_access" / "__main__.py").write_text(DATA_ACCESS_MAIN)
        (self.folder / "Procfile").write_text(PROCFILE)
        (self.folder / "web.py").write_text(WEB)

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

        def heard() -> bool:
            return any(words in line for line in self.lines)

        until(heard, f"no line with {words!r}", lambda: self.lines, self.deadline_seconds)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send the signal; the exit code."""
        self.process.send_signal(number)
        return self.exit_code()

    def exit_code(self) -> int:
        """Wait for the end."""
        code = self.process.wait(DEADLINE_SECONDS)
        self.reader.join(DEADLINE_SECONDS)
        return code

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of the room's answer to `path`."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status, answer.read()

    def dsn(self) -> str:
        """The DSN the tiny web process works with, asked from itself."""
        return self.get("/")[1].decode()

    def database(self) -> str:
        """The DSN of the embedded database, from its own files."""
        password = (self.folder / "var" / "postgres.password").read_text().strip()
        port = (self.folder / "var" / "postgres" / "postmaster.pid").read_text().split("\n")[3]
        return f"postgresql://pantau:{password}@127.0.0.1:{port}/ruang_pantau"

    def ask(self, question: str, dsn: str | None = None) -> tuple:
        """First row of the answer of the room's database."""
        with psycopg.connect(dsn or self.dsn(), connect_timeout=5) as connection:
            return connection.execute(question).fetchone()

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


def until(condition, complaint: str, detail=lambda: "", within_seconds=DEADLINE_SECONDS) -> None:
    """Wait for the condition, or fail with the complaint."""
    deadline = time.monotonic() + within_seconds
    while not condition():
        assert time.monotonic() < deadline, f"{complaint}: {detail()}"
        time.sleep(0.05)


def answers(dsn: str) -> bool:
    """True when the database takes a connection."""
    try:
        psycopg.connect(dsn, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
