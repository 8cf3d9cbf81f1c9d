"""Put the simulated city into a database: all of it in one transaction, or nothing."""

from datetime import datetime

from sqlalchemy import text

from data_access.tables import CRM_SCHEMA
from demo.city import generate
from demo.copy import Progress, load, reset_event_number
from demo.dirt import DIRTY_COUNTS
from demo.schema import create_indexes, create_tables, drop_tables, transaction


def build(
    dsn: str, *, until: datetime, months: int = 14, seed: int = 2026, progress: Progress | None = None
) -> dict[str, int]:
    """Replace schema `crm` of `dsn` by a city with `months` whole months and the running one up to `until` (aware).

    Decided by (seed, until, months) alone. `progress(share, what)` is called as it goes. Returns rows per table and
    `dirty_<class>` counts. Raises demo.schema.NotSimulated when `crm` holds data that are not simulated.
    """
    tell = progress or (lambda share, what: None)
    tell(0.0, "generate")
    frames = generate(until, months, seed)
    with transaction(dsn) as connection:
        drop_tables(connection)
        create_tables(connection)
        raw = connection.connection.driver_connection
        counts = load(raw, frames, lambda share, what: tell(0.10 + 0.75 * share, what))
        reset_event_number(raw)
        tell(0.85, "indexes")
        create_indexes(connection)
        connection.execute(text(f"ANALYZE {CRM_SCHEMA}.report, {CRM_SCHEMA}.report_event, {CRM_SCHEMA}.ticket"))
        tell(0.98, "commit")
    tell(1.0, "done")
    return counts | {f"dirty_{name}": count for name, count in DIRTY_COUNTS.items()}
