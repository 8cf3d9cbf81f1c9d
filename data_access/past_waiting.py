"""Who waited too long at an earlier instant, rebuilt from the events: for a check that nobody wrote down."""

from datetime import datetime

from data_access import checks, engine
from data_access.checks import Entry
from data_access.engine import DatabaseUnavailable
from data_access.frame import microseconds
from data_access.kept import Kept
from data_access.live import State
from data_access.past import CLOCKS_AHEAD, frame_then, histories_since
from data_access.settings import settings

KEPT_SECONDS = 600  # for what is recorded late
KEPT_COUNT = 4
DEADLINE_SECONDS = 5.0

_kept: Kept[list[Entry]] = Kept(KEPT_SECONDS, KEPT_COUNT)


def entries_at(state: State, at: datetime, limit_hours: float) -> list[Entry]:
    """Of all units, longest wait first. Raises DatabaseUnavailable, also where no event reaches back so far: the
    present rows would say that nobody was answered since."""
    crm = settings().crm_dsn
    return _kept.get((crm, at, limit_hours, state.frame.names), lambda: _read(crm, state, at, limit_hours))


def _read(crm: str, state: State, at: datetime, limit_hours: float) -> list[Entry]:
    with engine.connect(crm, deadline_seconds=DEADLINE_SECONDS) as connection:
        histories = histories_since(connection, state.frame, at, state.as_of + CLOCKS_AHEAD)
    if histories is None:
        raise DatabaseUnavailable(f"no history of events reaches back to {at.isoformat()}")
    frame = frame_then(state.frame, histories, microseconds(at), microseconds(state.as_of))
    return checks.entries(frame, microseconds(at), limit_hours)
