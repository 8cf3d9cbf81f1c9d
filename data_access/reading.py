"""A state of the data for a command or a job: read once, known up to an instant of one's choice."""

import time
from datetime import datetime

from data_access import contract, dimensions, engine, reader, tickets
from data_access.live import State, window_start

DEADLINE_SECONDS = 60.0


def read_state(dsn: str, as_of: datetime | None = None) -> State:
    """What the CRM holds now, asked as of `as_of` (aware; None: the database's clock, to the minute before).

    What happens later than `as_of` has not happened yet; what was corrected since is as it is now. Raises
    DatabaseUnavailable, and ValueError for an instant in the future of the database.
    """
    with engine.connect(dsn, deadline_seconds=DEADLINE_SECONDS) as connection:
        now = connection.execute("select now()").fetchone()[0]
        if as_of is not None and as_of > now:
            raise ValueError(f"{as_of.isoformat()} is in the future: the database's clock says {now.isoformat()}")
        as_of = as_of or now.replace(second=0, microsecond=0)
        usable = contract.usable_columns(connection)
        names = dimensions.load(connection, usable)
        promised = tickets.since(connection, window_start(as_of), usable)
        rows = reader.live_rows(window_start(as_of), [ticket.report_id for ticket in promised])
        frame = reader.read(connection, rows, names, frozenset(usable["report"]))
        simulated = contract.simulated(connection)
    return State(
        frame=frame,
        hour=(),
        as_of=as_of,
        revision=f"{frame.stamp():x}-{len(frame):x}-{int(as_of.timestamp()):x}",
        simulated=simulated,
        findings=(),
        tickets=promised,
        read_at_seconds=time.monotonic(),
    )
