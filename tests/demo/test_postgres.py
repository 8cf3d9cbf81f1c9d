"""The embedded PostgreSQL: starts, stops and comes back, whoever runs it and wherever."""

import os
import signal
import subprocess
import sys
import time

import psutil
import psycopg
import pytest

from demo.postgres import EmbeddedPostgres, PostgresError
from demo.unprivileged import NOBODY
from tests.conftest import PROJECT

pytestmark = pytest.mark.db

# A child that starts a server, says where, and waits to be killed.
LAUNCHER = """
import sys, time
from pathlib import Path
from demo.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
print(server.process.pid, server.dsn(), flush=True)
time.sleep(60)
"""

# A normal user who may pass private folders: this Python and the test's folder may lie below one.
AS_NOBODY = (
    *("setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups", "--securebits=+no_setuid_fixup"),
    *("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"),
)


@pytest.fixture
def server(tmp_path):
    """A server object whose files are gone after the test, and whose process too."""
    made = EmbeddedPostgres(tmp_path / "var")
    yield made
    made.stop()


def ask(dsn: str, question: str):
    """The first value of the answer."""
    with psycopg.connect(dsn, connect_timeout=5) as connection:
        return connection.execute(question).fetchone()[0]


def launch(home, prefix=()) -> tuple[subprocess.Popen, int, str]:
    """Start a server from a launcher process of its own: (launcher, pid of the server, DSN)."""
    command = [*prefix, sys.executable, "-c", LAUNCHER, str(home)]
    launcher = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    pid, dsn = launcher.stdout.readline().split()
    return launcher, int(pid), dsn


def kill(launcher: subprocess.Popen) -> None:
    """End the launcher the hard way."""
    launcher.kill()
    launcher.wait(10)
    launcher.stdout.close()


def assert_ends(pid: int, within_seconds: float) -> None:
    """The process is gone, or a zombie nobody has reaped, in time."""
    deadline = time.monotonic() + within_seconds
    while is_alive(pid):
        assert time.monotonic() < deadline, f"process {pid} is alive after {within_seconds} s"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """True while the process runs."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_both_servers_speak_utf8_sort_by_code_point_and_know_jakarta(each_postgres):
    assert ask(each_postgres, "SHOW server_encoding") == "UTF8"
    assert ask(each_postgres, "SELECT string_agg(x, '' ORDER BY x) FROM unnest(ARRAY['b','a','B']) x") == "Bab"
    assert (
        ask(each_postgres, "SELECT extract(hour FROM timestamptz '2026-01-01 00:00Z' AT TIME ZONE 'Asia/Jakarta')") == 7
    )
    assert int(ask(each_postgres, "SHOW server_version_num")) >= 150000


def test_it_listens_on_loopback_alone_and_refuses_a_wrong_password(server):
    server.start()
    assert ask(server.dsn(), "SHOW listen_addresses") == "127.0.0.1"
    assert ask(server.dsn(), "SHOW unix_socket_directories") == ""
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(server.dsn().replace("@", "x@"), "SELECT 1")


def test_the_password_is_readable_by_its_owner_alone(server):
    server.start()
    assert (server.home / "postgres.password").stat().st_mode & 0o777 == 0o600
    assert server.data.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in server.home.iterdir()) == ["postgres", "postgres.log", "postgres.password"]


def test_committed_rows_survive_kill_9_of_the_server_and_it_keeps_its_port(server):
    server.start()
    port = server.port
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    os.kill(server.process.pid, signal.SIGKILL)
    server.start()
    assert server.port == port
    assert ask(server.dsn(), "SELECT count(*) FROM kept") == 1000


def test_stop_ends_every_process_even_with_an_open_transaction(server):
    server.start()
    pid = server.process.pid
    children = [child.pid for child in psutil.Process(pid).children()]
    connection = psycopg.connect(server.dsn())
    connection.execute("CREATE TABLE half_written (n int)")
    server.stop()
    connection.close()
    assert not server.alive()
    assert [p for p in [pid, *children] if psutil.pid_exists(p)] == []


def test_a_killed_launcher_leaves_no_server(tmp_path):
    launcher, pid, _ = launch(tmp_path / "var")
    kill(launcher)
    assert_ends(pid, within_seconds=10)


def test_a_server_somebody_left_running_is_stopped_before_the_next_start(server):
    server.start()
    first = server.process.pid
    second = EmbeddedPostgres(server.home)
    second.start()
    assert ask(second.dsn(), "SELECT 1") == 1
    server.process.wait(10)
    assert second.process.pid != first
    second.stop()


def test_a_pid_file_that_names_a_strange_living_process_does_not_stop_the_start(server):
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n1\n1\n\n\n\n")
    server.start()
    assert ask(server.dsn(), "SELECT 1") == 1
    assert psutil.pid_exists(os.getpid())


def test_a_path_longer_than_a_socket_name_works(tmp_path):
    home = tmp_path / ("d" * 60) / ("e" * 60) / "var"
    deep = EmbeddedPostgres(home)
    deep.start()
    assert len(str(home)) > 107
    assert ask(deep.dsn(), "SELECT 1") == 1
    deep.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder that others cannot pass and leave it so")
def test_as_root_a_folder_below_a_private_parent_works_and_the_parent_stays_private(tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    below = EmbeddedPostgres(private / "var")
    below.start()
    assert ask(below.dsn(), "SELECT 1") == 1
    assert private.stat().st_mode & 0o777 == 0o700
    assert private.stat().st_uid == 0
    assert psutil.Process(below.process.pid).uids().real != 0
    below.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_normal_user_runs_it_as_that_user(tmp_path):
    home = tmp_path / "var"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    launcher, pid, dsn = launch(home, prefix=AS_NOBODY)
    assert ask(dsn, "SELECT 1") == 1
    assert psutil.Process(pid).uids().real == NOBODY
    kill(launcher)
    assert_ends(pid, within_seconds=10)


def test_a_data_directory_of_another_version_is_refused_in_one_line(server):
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(PostgresError, match=r"was made by PostgreSQL 13, not 18: remove .* to make it anew") as caught:
        server.start()
    assert "\n" not in str(caught.value)


def test_a_damaged_data_directory_is_named_with_the_last_line_of_the_log(server):
    server.start()
    server.stop()
    (server.data / "global" / "pg_control").unlink()
    with pytest.raises(PostgresError, match=r"ended at start: .*pg_control.*postgres\.log") as caught:
        server.start()
    assert "\n" not in str(caught.value)
    assert not server.alive()
