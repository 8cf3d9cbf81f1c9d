"""How a server that refuses to run as root is started from this process, whoever that is.

PostgreSQL refuses effective uid 0. As root the server runs as an unprivileged uid that needs no account, and only its
data directory is given to that uid. Parents with mode 0700 (such as /root) stay as they are: the server keeps the one
capability that lets it pass them. The ways are tried from the least to the most privileged; the first that works is
used.
"""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534


class NoUnprivilegedWay(Exception):
    """Root can start no unprivileged process here; the message is one line that says how to mend it."""


@dataclass(frozen=True)
class Way:
    """Words to put before a command, and who must own the files it writes (None: leave them as they are)."""

    prefix: tuple[str, ...]
    owner: int | None


def find_way(binaries: Path, home: Path) -> Way:
    """The way to run PostgreSQL's `binaries` on a data directory inside `home`. Raises NoUnprivilegedWay."""
    if os.geteuid() != 0:
        return Way(dies_with_parent(), None)
    for way in _ways_of_root():
        if _works(way, binaries, home):
            return way
    raise NoUnprivilegedWay(
        "PostgreSQL does not run as root and this container allows neither setpriv nor user namespaces: "
        "run as a normal user, or set CRM_DSN to a PostgreSQL >= 15."
    )


def give(directory: Path, way: Way) -> None:
    """Make `directory` and all in it belong to the uid of `way`; nothing outside it is touched."""
    if way.owner is None or directory.stat().st_uid == way.owner:
        return
    for path in (directory, *directory.rglob("*")):
        os.chown(path, way.owner, way.owner, follow_symlinks=False)


def _ways_of_root() -> list[Way]:
    drop = ("setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups", *_death_signal())
    # no_setuid_fixup: without it access(2), which PostgreSQL asks about its own binary, ignores capabilities.
    keep = ("--securebits=+no_setuid_fixup",)
    capabilities = ("dac_read_search", "dac_override")
    kept = [(*drop, *keep, f"--inh-caps=+{name}", f"--ambient-caps=+{name}") for name in capabilities]
    ways = [Way(prefix, NOBODY) for prefix in (drop, *kept)]
    # In a user namespace of its own the process is `nobody` inside and still this user outside.
    namespace = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", *dies_with_parent())
    return [*ways, Way(namespace, 0)]


def _works(way: Way, binaries: Path, home: Path) -> bool:
    """True when initdb finds everything it needs and may write, seen from inside the way."""
    trial = Path(tempfile.mkdtemp(prefix="trial-", dir=home))
    question = 'test -w "$1" && exec "$2" --show -D "$1"'
    command = [*way.prefix, "sh", "-c", question, "sh", str(trial), str(binaries / "initdb")]
    try:
        give(trial, way)
        return subprocess.run(command, capture_output=True, timeout=20, check=False, cwd="/").returncode == 0
    except (OSError, subprocess.TimeoutExpired):  # the tool or the right to change owners is missing: not this way
        return False
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def dies_with_parent() -> tuple[str, ...]:
    """The prefix that ends a process when its parent dies; empty where the system has none (macOS)."""
    return ("setpriv", *_death_signal()) if shutil.which("setpriv") else ()


def _death_signal() -> tuple[str, str]:
    return "--pdeathsig", "INT"  # SIGINT is PostgreSQL's fast shutdown
