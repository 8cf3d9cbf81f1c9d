"""What of a frame a viewer may see and asked for."""

from collections.abc import Sequence

import numpy as np

from data_access.frame import Frame
from data_access.scope import Scope


def visible(scope: Scope, frame: Frame, unit_id: str | None = None) -> Frame:
    """Rows held by units in `scope`, and of these only the ones held by `unit_id` or a unit below it when given."""
    if not scope.everything:
        inside = [unit.unit_id in scope.unit_ids for unit in frame.names.units]
        frame = frame.only(_of(inside, frame))
    if unit_id is not None:
        frame = frame.only(_of(frame.names.subtree(unit_id), frame))
    return frame


def _of(inside_by_unit: Sequence[bool], frame: Frame) -> np.ndarray:
    return np.asarray(inside_by_unit, bool)[frame.unit]
