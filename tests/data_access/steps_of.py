"""Events of reports written by hand, in the shape `data_access.report_steps` reads them."""

import numpy as np

from data_access.dimensions import STATUS_CODES
from data_access.report_steps import Steps
from tests.builders import NAMES, at, wib

NOW_TEXT = "2026-11-23 12:00"


def steps_of(*events: tuple) -> Steps:
    """(number, time, status, from, to) rows, already in order."""
    numbers = list(dict.fromkeys(event[0] for event in events))
    unit = NAMES.code_of["unit"]
    return Steps(
        numbers=np.array(numbers, object),
        report=np.array([numbers.index(event[0]) for event in events], np.int32),
        at=np.array([at(event[1]) for event in events], np.int64),
        status=np.array([STATUS_CODES[event[2]] for event in events], np.int8),
        source=np.array([unit[event[3]] if event[3] else 0 for event in events], np.int16),
        target=np.array([unit[event[4]] if event[4] else 0 for event in events], np.int16),
        as_of=wib(NOW_TEXT),
    )
