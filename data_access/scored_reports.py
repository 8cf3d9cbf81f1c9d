"""The rows of a frame as the engine takes them, and the formula they are scored by."""

from functools import lru_cache

import numpy as np

from data_access.dimensions import Dimensions
from data_access.frame import NEVER, Frame, microseconds
from data_access.tickets import Ticket
from scoring.reports import Reports, Units

RULEBOOK = "tkd-2017"


def reports_of(frame: Frame, tickets: tuple[Ticket, ...]) -> Reports:
    """The frame in the engine's columns: its codes begin at 0 where the frame's begin at 1."""
    opened, commitment, limit = _ticket_columns(frame, tickets)
    return Reports(
        number=frame.number,
        unit=frame.unit.astype(np.int32) - 1,
        category=frame.category.astype(np.int32) - 1,
        status=frame.status,
        received_how=frame.received_how,
        entered=frame.entered,
        completed=frame.completed,
        validated=frame.validated,
        received=frame.received,
        first_response=frame.first_response,
        ticket_opened=opened,
        ticket_commitment=commitment,
        ticket_limit=limit,
        units=_tree(frame.names),
        category_names=tuple(name for _, name in frame.names.categories[1:]),
    )


@lru_cache(maxsize=4)  # what is found out about a tree is kept by its identity
def _tree(names: Dimensions) -> Units:
    units = names.units[1:]
    code = {unit.unit_id: position for position, unit in enumerate(units)}
    parent = np.array([code.get(unit.parent_id, -1) for unit in units], np.int32)
    return Units(tuple(unit.unit_id for unit in units), tuple(unit.unit_type for unit in units), parent)


def _ticket_columns(frame: Frame, tickets: tuple[Ticket, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = tuple(np.full(len(frame), NEVER, np.int64) for _ in range(3))
    by_report = {ticket.report_id: ticket for ticket in tickets}
    numbers = frame.number.tolist()  # a list is walked much faster than an array of objects
    for row in [row for row, number in enumerate(numbers) if number in by_report]:
        ticket = by_report[numbers[row]]
        instants = (ticket.opened_at, ticket.commitment_at, ticket.limit_at)
        for column, instant in zip(columns, instants, strict=True):
            column[row] = microseconds(instant)
    return columns
