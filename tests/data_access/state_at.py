"""A state of the data as a follower publishes it, with an as_of of one's own: the server's clock goes on."""

from datetime import datetime

from data_access import contract, dimensions, engine, reader, tickets
from data_access.live import State, window_start

READ_SECONDS = 30.0


def state_at(dsn: str, as_of: datetime) -> State:
    """What the CRM holds now, known up to `as_of`; what happens later in it has not happened yet."""
    with engine.connect(dsn, deadline_seconds=READ_SECONDS) as connection:
        usable = contract.usable_columns(connection)
        promised = tickets.since(connection, window_start(as_of), usable)
        rows = reader.live_rows(window_start(as_of), [ticket.report_id for ticket in promised])
        names = dimensions.load(connection, usable)
        frame = reader.read(connection, rows, names, frozenset(usable["report"]))
    return State(frame, (), as_of, f"{as_of}", True, (), promised, 0.0)
