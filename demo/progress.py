"""A progress bar on stderr: one line redrawn on a terminal, a line per tenth elsewhere."""

import sys
import time

WIDTH = 30


class Bar:
    """Use as a context manager and call with (share done 0..1, what is being done)."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._started = time.monotonic()
        self._tenth = -1

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *failure: object) -> None:
        if self._terminal:
            print(file=sys.stderr)

    def __call__(self, share: float, what: str) -> None:
        tenth = int(share * 10)
        if not self._terminal and tenth == self._tenth:
            return
        self._tenth = tenth
        full = int(share * WIDTH)
        line = (
            f"[{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%} {time.monotonic() - self._started:5.1f} s  {what:<22}"
        )
        print(f"\r{line}" if self._terminal else line, end="" if self._terminal else "\n", file=sys.stderr, flush=True)
