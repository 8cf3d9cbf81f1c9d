"""The child processes of the launcher: steps that must end well, and the Procfile's processes that run on."""

import signal
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from demo.leftovers import end_marked
from demo.unprivileged import dies_with_parent

HONCHO_DEADLINE_SECONDS = 15  # honcho itself kills what does not end in 5
SHORT_LIFE_SECONDS = 5


def stop_on_signals() -> threading.Event:
    """An event that SIGINT, SIGTERM or a closed terminal sets; a closed terminal means nothing after nohup."""
    stop = threading.Event()
    # SIGINT counts even where a shell made it ignored, as it does for what it starts in the background.
    numbers = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        numbers.remove(signal.SIGHUP)
    for number in numbers:
        signal.signal(number, lambda *_: stop.set())
    return stop


def run_step(arguments: list[str], root: Path, environment: dict[str, str], stop: threading.Event) -> int:
    """Run `python ARGUMENTS` to its end, its lines visible. Returns its exit code (negative: killed by a signal)."""
    step = _start(arguments, root, environment)
    while step.poll() is None and not stop.wait(0.05):
        pass
    if step.poll() is None:
        step.terminate()
    return step.wait()


@dataclass
class Procfile:
    """The named processes of the Procfile under honcho, kept running until `stop`."""

    root: Path
    names: list[str]
    environment: dict[str, str]
    honcho: subprocess.Popen | None = field(default=None, repr=False)
    started_at_seconds: float = 0.0

    def start(self) -> None:
        """Start all of them."""
        # The environment is complete: honcho must not read .env a second time over it.
        arguments = ["-m", "honcho", "--env", "/dev/null", "start", *self.names]
        self.honcho = _start(arguments, self.root, self.environment)
        self.started_at_seconds = time.monotonic()

    def running(self) -> bool:
        """False when one of them ended, for honcho then ends the others."""
        return self.honcho is not None and self.honcho.poll() is None

    def restart(self) -> None:
        """Start all of them again after one ended by itself; not faster than every few seconds."""
        if time.monotonic() - self.started_at_seconds < SHORT_LIFE_SECONDS:
            time.sleep(SHORT_LIFE_SECONDS)
        end_marked(self.root)
        self.start()

    def stop(self) -> None:
        """End all of them, and whatever they left."""
        if self.running():
            self.honcho.terminate()
            try:
                self.honcho.wait(HONCHO_DEADLINE_SECONDS)
            except subprocess.TimeoutExpired:
                self.honcho.kill()
                self.honcho.wait()
        end_marked(self.root)


def answers(url: str) -> bool:
    """True when `url` answers 200 within 2 s."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:  # refused, timed out, or an HTTP error
        return False


def _start(arguments: list[str], root: Path, environment: dict[str, str]) -> subprocess.Popen:
    command = [*dies_with_parent(), sys.executable, *arguments]
    # A session of its own: Ctrl-C reaches the launcher alone, which stops things in its order.
    return subprocess.Popen(command, cwd=root, env=environment, start_new_session=True)
