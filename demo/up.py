"""`python -m demo up`: the whole monitoring room from one command; `make run` calls it.

Without CRM_DSN: an embedded PostgreSQL and a simulated city, both in `var/`. With CRM_DSN: that database, nothing else.
"""

import argparse
import fcntl
import os
import secrets
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import honcho.environ
import psycopg
from psycopg import sql

from demo.leftovers import MARK, end_marked
from demo.postgres import EmbeddedPostgres, PostgresError
from demo.processes import Procfile, answers, run_step, stop_on_signals

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "ruang_pantau"
READY_DEADLINE_SECONDS = 120
CITY_SPACE_BYTES = 2 << 30
INTERRUPTED = 130  # what a shell reports after Ctrl-C


class Refused(Exception):
    """The room cannot be opened; the message is one line that says how to mend it."""


class StepFailed(Exception):
    """A step ended with this exit code and has said why itself."""


def main(arguments: list[str]) -> int:
    """Open the room and keep it open until SIGINT or SIGTERM. Returns 0 then, otherwise 1 after one line on stderr."""
    argparse.ArgumentParser(prog="python -m demo up", description=__doc__).parse_args(arguments)
    try:
        _open_room(ROOT, stop_on_signals())
    except (Refused, PostgresError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except StepFailed as step:
        return step.args[0]
    return 0


def _open_room(root: Path, stop: threading.Event) -> None:
    began_at_seconds = time.monotonic()
    environment = _environment(root)
    url = f"http://127.0.0.1:{environment['PORT']}"
    with _only_one(root / "var", url):
        end_marked(root)
        _check_port(environment)
        with _database(root, environment, stop) as server:
            _step(["-m", "data_access", "migrate"], root, environment, stop)
            names = ["web", "scheduler"] if server is None else ["web", "live", "scheduler"]
            with closing_room(Procfile(root, names, environment)) as room:
                room.start()
                _wait_until_ready(room, url, stop)
                if not stop.is_set():
                    _say(f"Ready: {url} ({time.monotonic() - began_at_seconds:.1f} s). Ctrl-C stops it.")
                _keep_running(room, server, stop)


def _environment(root: Path) -> dict[str, str]:
    """What the processes see: the caller's variables, below them those of `.env`, and what is missing in both."""
    file = root / ".env"
    written = honcho.environ.parse(file.read_text()) if file.is_file() else {}
    environment = {**written, **os.environ, MARK: str(root), "PYTHONUNBUFFERED": "1"}
    environment["PORT"] = _port(environment.get("PORT") or "8050")
    environment["SECRET_KEY"] = environment.get("SECRET_KEY") or _secret_key(root / "var")
    # The console scripts the Procfile names are those of this Python.
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", os.defpath)])
    return environment


def _port(value: str) -> str:
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise Refused(f"PORT={value} is not a port: use a number from 1 to 65535")
    return value


def _secret_key(var: Path) -> str:
    """The key that signs sessions, made once for this folder."""
    var.mkdir(exist_ok=True)
    file = var / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


@contextmanager
def _only_one(var: Path, url: str) -> Iterator[None]:
    """Hold the folder's lock; the kernel gives it back however this process ends. Raises Refused with the URL."""
    with (var / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refused(f"Ruang Pantau is already running from this folder at {lock.read().strip()}") from None
        lock.truncate(0)
        lock.write(url)
        lock.flush()
        yield


def _check_port(environment: dict[str, str]) -> None:
    host, port = environment.get("HOST") or "127.0.0.1", int(environment["PORT"])
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            what = f"Port {port} of {host} cannot be used ({problem.strerror})"
            raise Refused(f"{what}: stop the program that has it, or choose another: PORT=8060 make run") from None


@contextmanager
def _database(root: Path, environment: dict[str, str], stop: threading.Event) -> Iterator[EmbeddedPostgres | None]:
    """The database of CRM_DSN as it is, or else an embedded server with a city, stopped at the end."""
    if environment.get("CRM_DSN"):
        yield None
        return
    server = EmbeddedPostgres(root / "var")
    _say("Starting PostgreSQL ...")
    try:
        server.start()
        _create_database(server)
        environment["CRM_DSN"] = server.dsn(DATABASE)
        _ensure_city(server, root, environment, stop)
        yield server
    finally:
        server.stop()


def _create_database(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _ensure_city(
    server: EmbeddedPostgres, root: Path, environment: dict[str, str], stop: threading.Event
) -> None:  # fmt: skip
    with psycopg.connect(server.dsn(DATABASE)) as connection:
        if connection.execute("SELECT to_regclass('crm.report')").fetchone()[0]:
            return  # the city is made in one transaction: it is there completely or not at all
    free_bytes = shutil.disk_usage(root).free
    if free_bytes < CITY_SPACE_BYTES:
        server.remove()
        raise Refused(f"Only {free_bytes >> 20} MB are free in {root}: the simulated city needs 2 GB. Free some space.")
    _say("Building the simulated city, once; it is kept in var/ ...")
    try:
        _step(["-m", "demo", "city"], root, environment, stop)
    except (StepFailed, Refused):
        server.remove()  # what an interrupted load wrote is of no use, and takes space
        raise
    # The screen reads the reports at once; rows nobody has read since the load make that its slowest reading of all.
    with psycopg.connect(server.dsn(DATABASE), autocommit=True) as connection:
        connection.execute("VACUUM crm.report")


def _step(arguments: list[str], root: Path, environment: dict[str, str], stop: threading.Event) -> None:
    """Run one step to its end. Raises StepFailed, or Refused when it could not say itself what happened."""
    code = run_step(arguments, root, environment, stop)
    if stop.is_set():
        raise StepFailed(INTERRUPTED)
    if code < 0:
        raise Refused(f"python {' '.join(arguments)} was killed by signal {-code}; is there enough memory? Run again.")
    if code > 0:
        raise StepFailed(code)


@contextmanager
def closing_room(room: Procfile) -> Iterator[Procfile]:
    """Stop the processes of `room` before anything below them is stopped."""
    try:
        yield room
    finally:
        room.stop()


def _wait_until_ready(room: Procfile, url: str, stop: threading.Event) -> None:
    deadline = time.monotonic() + READY_DEADLINE_SECONDS
    while not answers(f"{url}/healthz/ready") and not stop.is_set():
        if not room.running():
            raise Refused("A process ended before the screen was ready; its own lines above say why.")
        if time.monotonic() > deadline:
            raise Refused(f"{url} does not answer after {READY_DEADLINE_SECONDS} s; the lines above say why.")
        stop.wait(0.1)


def _keep_running(room: Procfile, server: EmbeddedPostgres | None, stop: threading.Event) -> None:
    """Until told to stop: start again what ends by itself. The wall keeps its last figures meanwhile."""
    while not stop.wait(0.2):
        if server is not None and not server.alive():
            _revive(server, stop)
        if not room.running():
            _say("A process ended by itself; starting all again ...")
            room.restart()


def _revive(server: EmbeddedPostgres, stop: threading.Event) -> None:
    _say("PostgreSQL ended by itself; starting it again ...")
    try:
        server.start()
    except PostgresError as problem:
        _say(f"{problem} Trying again in 5 s.")
        stop.wait(5)


def _say(line: str) -> None:
    print(line, flush=True)
