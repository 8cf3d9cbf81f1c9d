"""The forecast of all units for documents: computed once per state, from the rows of the CRM alone.

The outlook of the screens lags some minutes behind; a document says the same each time it is made for an as-of.
"""

import threading

import psycopg

from data_access import engine
from data_access.engine import DatabaseUnavailable
from data_access.live import State
from data_access.outlook_figures import PeriodOutlook
from data_access.outlook_months import history, learn
from data_access.outlook_periods import compute
from data_access.reading import DEADLINE_SECONDS
from data_access.settings import settings
from scoring.periods import Period

_newest: tuple[tuple, dict[Period, PeriodOutlook]] = ((), {})
_lock = threading.Lock()


def forecasts(state: State) -> dict[Period, PeriodOutlook]:
    """The outlook of each open period as of the state. Raises DatabaseUnavailable when the past cannot be read."""
    global _newest
    key = (settings().crm_dsn, state.revision)
    with _lock:  # one at a time: it takes seconds, and is the same for all units
        if _newest[0] != key:
            _newest = (key, _computed(state))
        return _newest[1]


def _computed(state: State) -> dict[Period, PeriodOutlook]:
    names = state.frame.names
    try:
        with engine.connect(settings().crm_dsn, deadline_seconds=DEADLINE_SECONDS) as connection:
            reports = history(connection, names, state.as_of)
    except psycopg.Error as error:
        raise DatabaseUnavailable(f"the past year cannot be read: {engine.first_line(error)}") from error
    learnt = learn(reports, names, state.as_of)
    return {found.period: found for found in compute(state, learnt.model, learnt.months).periods}
