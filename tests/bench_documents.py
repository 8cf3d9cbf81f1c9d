"""How long documents and pulls take, from the state of the data to the last byte."""

import time
from collections.abc import Callable

UNIT = "W-31.71"  # a kota: the monthly report its secretariat types by hand


def rows(size: int, state, row: Callable[..., dict]) -> list[dict]:
    """The monthly report of a closed month in each format, and the pull of that month in each."""
    from data_access import pull_files
    from data_access.filters import Filters
    from data_access.pull_command import asked
    from data_access.scope import EVERYTHING
    from pages._documents.files import DRAW
    from pages._documents.make import make
    from scoring import periods

    closed = periods.of(state.as_of).shifted(-2)
    made, seconds = timed(lambda: make("bulanan", UNIT, str(closed), state))
    measured = [row("monthly report of a kota: twelve months read", size, seconds, "s")]
    made, seconds = timed(lambda: make("bulanan", UNIT, str(closed), state))
    measured.append(row("... with its months kept", size, seconds, "s", "<= 5"))
    for form, draw in DRAW.items():
        measured.append(row(f"... drawn as {form}", size, timed(lambda draw=draw: draw(made))[1], "s"))
    for form, (content, _) in pull_files.FORMATS.items():
        pull = asked("laporan", None, closed, Filters(), EVERYTHING, state)
        _, seconds = timed(lambda content=content, pull=pull: sum(map(len, content(pull))))
        measured.append(row(f"pull of a month as {form}", size, seconds, "s"))
    return measured


def timed(work: Callable) -> tuple[object, float]:
    """What `work` gives, and its seconds."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started
