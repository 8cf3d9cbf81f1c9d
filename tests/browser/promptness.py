"""How soon the screen follows the CRM, on a machine that may be busy with something else for a moment."""

from collections.abc import Callable

TRIES = 3


def at_best(attempt: Callable[[], float], seconds: float) -> list[float]:
    """Seconds of each try, ended by the first within `seconds`: a slow product is slow every time."""
    taken = [attempt()]
    while taken[-1] > seconds and len(taken) < TRIES:
        taken.append(attempt())
    return taken
