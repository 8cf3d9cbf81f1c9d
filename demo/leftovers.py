"""What an earlier run that was killed left behind: PostgreSQL on a data directory, and processes with our mark.

Only processes of the present user that provably belong to this folder are ended, each by its own pid.
"""

import contextlib
import os
import signal
from pathlib import Path

import psutil

MARK = "RUANG_PANTAU_HOME"  # set in every child's environment to the folder it runs from
STOP_DEADLINE_SECONDS = 20


def end_servers(data: Path) -> None:
    """Stop every PostgreSQL process that works on the data directory `data`, whoever started it."""
    postmaster = _postmaster(data)
    servers = _servers(data)
    if postmaster in {process.pid for process in servers}:
        os.kill(postmaster, signal.SIGINT)  # fast shutdown: the postmaster ends its children
        psutil.wait_procs(servers, STOP_DEADLINE_SECONDS)
    _kill(_servers(data))  # orphans of a killed postmaster, or one that does not listen
    # A pid that belongs to a stranger by now would make PostgreSQL refuse to start; a dead one it sorts out itself.
    if postmaster is not None and psutil.pid_exists(postmaster):
        (data / "postmaster.pid").unlink(missing_ok=True)


def end_marked(home: Path) -> None:
    """End the processes an earlier launcher of the folder `home` started and did not live to stop."""
    marked = [process for process in psutil.process_iter() if _is_marked(process, str(home))]
    for process in marked:
        _signal(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(marked, timeout=5)
    _kill(stubborn)


def _postmaster(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _servers(data: Path) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if _serves(process, str(data.resolve()))]


def _serves(process: psutil.Process, folder: str) -> bool:
    """True for a living PostgreSQL process of the data directory, which it keeps as its working directory."""
    try:
        if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
            return False
        # In a container root may not look into another uid's process, but everyone may read its command line.
        return folder in process.cmdline() or process.cwd() == folder
    except (psutil.Error, OSError):  # ended meanwhile, or a stranger's
        return False


def _is_marked(process: psutil.Process, home: str) -> bool:
    try:
        own = process.uids().real == os.getuid() and process.pid != os.getpid()
        return own and process.environ().get(MARK) == home
    except (psutil.Error, OSError):
        return False


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(processes, timeout=5)


def _signal(process: psutil.Process, number: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)
