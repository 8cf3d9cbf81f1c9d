"""What of a frame a viewer may see and asked for."""

from collections.abc import Sequence

import numpy as np

from data_access.events import Event
from data_access.frame import MICROSECONDS_PER_HOUR, Frame
from data_access.scope import Scope

# Events of the last hour belong to rows touched since: a little more, as the CRM stamps row and event one by one.
HOUR_AND_A_BIT = MICROSECONDS_PER_HOUR + MICROSECONDS_PER_HOUR // 12


def visible(scope: Scope, frame: Frame, unit_id: str | None = None) -> Frame:
    """Rows held by units in `scope`, and of these only the ones held by `unit_id` or a unit below it when given."""
    if not scope.everything:
        inside = [unit.unit_id in scope.unit_ids for unit in frame.names.units]
        frame = frame.only(_of(inside, frame))
    if unit_id is not None:
        frame = frame.only(_of(frame.names.subtree(unit_id), frame))
    return frame


def of_frame(hour: tuple[Event, ...], frame: Frame, as_of_us: int) -> tuple[Event, ...]:
    """The changes of the last hour that belong to reports of `frame`."""
    reports = frame.touched_since(as_of_us - HOUR_AND_A_BIT)
    return tuple(event for event in hour if event.report_id in reports)


def _of(inside_by_unit: Sequence[bool], frame: Frame) -> np.ndarray:
    return np.asarray(inside_by_unit, bool)[frame.unit]
