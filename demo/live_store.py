"""The live run's reading and writing: open reports out of the CRM, steps and new reports into it."""

from datetime import datetime

import numpy as np
import pandas as pd
import psycopg
from psycopg.rows import namedtuple_row

from data_access.tables import STATUSES
from demo.city import City, followed
from demo.clock import HOUR, to_datetime, to_microseconds
from demo.copy import load
from demo.journeys import DONE, NOBODY, NOTES, REFUSED, VALIDATING, WORKING
from demo.rows import OFFICERS, OFFICERS_ELSEWHERE, TICKET_REASONS
from demo.steps import OpenReport, Step

# A number that stands in the CRM twice is left alone: it is one of the known dirty rows.
_OPEN = """
SELECT r.*, w.started_at, t.commitment_at, t.limit_at
FROM crm.report r
LEFT JOIN LATERAL (SELECT min(occurred_at) AS started_at FROM crm.report_event e
                   WHERE e.report_id = r.report_id AND e.status = 'proses') w ON r.status = 'proses'
LEFT JOIN LATERAL (SELECT * FROM crm.ticket t WHERE t.report_id = r.report_id LIMIT 1) t ON true
WHERE r.status <> 'selesai' AND r.entered_at <= %(now)s
  AND (%(only)s::text[] IS NULL OR r.report_id = ANY (%(only)s))
  AND (SELECT count(*) FROM crm.report d WHERE d.report_id = r.report_id) = 1
"""
_NEWEST = """
SELECT greatest((SELECT max(occurred_at) FROM crm.report_event WHERE occurred_at <= %(now)s),
                (SELECT max(entered_at) FROM crm.report WHERE entered_at <= %(now)s))
"""
_UPDATE = """
UPDATE crm.report SET status = %(status)s, updated_at = clock_timestamp(),
  unit_id = coalesce(%(target)s, unit_id),
  received_how = CASE WHEN %(target)s::text IS NULL THEN received_how ELSE %(status)s END,
  received_at = CASE WHEN %(target)s::text IS NULL THEN received_at ELSE %(moment)s END,
  officer_id = coalesce(%(officer)s, officer_id),
  first_response_at = CASE WHEN %(status)s = 'menunggu' THEN first_response_at
                           ELSE coalesce(first_response_at, %(moment)s) END,
  completed_at = CASE WHEN %(kind)s = 'end' THEN %(moment)s WHEN %(kind)s = 'open' THEN NULL ELSE completed_at END,
  validated_at = CASE WHEN %(kind)s = 'accept' THEN %(moment)s ELSE NULL END,
  photo_after = CASE WHEN %(kind)s = 'end' AND photo_before IS NOT NULL
                     THEN replace(photo_before, '-sebelum', '-sesudah') ELSE photo_after END
WHERE report_id = %(report)s
"""
_EVENT = """
INSERT INTO crm.report_event (report_id, occurred_at, recorded_at, status, from_unit_id, to_unit_id, officer_id, note)
SELECT %(report)s, %(moment)s, clock_timestamp(), %(status)s, %(source)s, %(target)s,
       (SELECT officer_id FROM crm.report WHERE report_id = %(report)s), %(note)s
"""
_TICKET = "INSERT INTO crm.ticket VALUES (%s, %s, %s, %s, %s)"


def newest_change(connection: psycopg.Connection, now: int) -> datetime | None:
    """When the city last moved before `now`; None without a single report."""
    return connection.execute(_NEWEST, {"now": to_datetime(now)}).fetchone()[0]


def open_reports(
    connection: psycopg.Connection, city: City, now: int, rng: np.random.Generator, only: list[str] | None = None
) -> list[OpenReport]:
    """Every report that is still on its way at `now`, or those of the numbers `only`.

    Rows with unknown units, places or states stay as they are.
    """
    known = _Known(city)
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        found = [known.report(row, rng) for row in cursor.execute(_OPEN, {"now": to_datetime(now), "only": only})]
    return [report for report in found if report]


def write_steps(connection: psycopg.Connection, city: City, steps: list[Step], rng: np.random.Generator) -> None:
    """Report rows and events of these steps, in their order, in the caller's transaction."""
    values = [_values(city, step, rng) for step in steps]
    with connection.cursor() as cursor:
        for value in values:
            cursor.execute(_UPDATE, value)
            cursor.execute(_EVENT, value)
        for step in steps:
            if step.ticket:
                times = [to_datetime(moment) for moment in (step.moment, *step.ticket)]
                cursor.execute(_TICKET, (step.report.report_id, *times, rng.choice(TICKET_REASONS).item()))


def write_new(
    connection: psycopg.Connection, city: City, entered: np.ndarray, now: int, rng: np.random.Generator
) -> pd.Series:
    """New reports at the given times (int64 microseconds) with their course up to `now`. Returns their numbers."""
    frames = followed(rng, city, entered, now, _taken(connection, entered))
    frames["report_event"] = frames["report_event"].assign(event_id=_numbers(connection, len(frames["report_event"])))
    # The row is new to every reader now, however long ago the report came in.
    stamp = connection.execute("SELECT clock_timestamp()").fetchone()[0]
    frames["report"] = frames["report"].assign(updated_at=pd.Timestamp(stamp).as_unit("us"))
    load(connection, frames)
    return frames["report"]["report_id"]


def write_note(connection: psycopg.Connection, report: OpenReport, moment: int, note: str) -> None:
    """A remark on a report that stays as it is."""
    value = {"report": report.report_id, "moment": to_datetime(moment), "status": STATUSES[report.status]}
    value |= {"source": None, "target": None, "note": note}
    connection.execute("UPDATE crm.report SET updated_at = clock_timestamp() WHERE report_id = %(report)s", value)
    connection.execute(_EVENT, value)


def write_rating(connection: psycopg.Connection, report: OpenReport, moment: int, rating: int) -> None:
    """The reporter's stars for a finished report."""
    write_note(connection, report, moment, "Pelapor memberi penilaian")
    connection.execute("UPDATE crm.report SET rating = %s WHERE report_id = %s", (rating, report.report_id))


def _numbers(connection: psycopg.Connection, count: int) -> list[int]:
    """Event numbers from the sequence, as any other writer gets them."""
    query = """SELECT nextval(pg_get_serial_sequence('crm.report_event', 'event_id'))
        FROM generate_series(1, %s)"""
    return [number for (number,) in connection.execute(query, (count,))]


def _taken(connection: psycopg.Connection, entered: np.ndarray) -> dict[str, int]:
    """Highest running number by head ('JK261122') over the days of `entered`. Numbers from 9000 on are not counted."""
    query = """SELECT left(report_id, 8), max(substr(report_id, 9)::int) FROM crm.report
        WHERE entered_at >= %s AND report_id ~ '^[A-Z]{2}[0-9]{10,}$' AND substr(report_id, 9, 1) <> '9' GROUP BY 1"""
    return dict(connection.execute(query, (to_datetime(int(entered.min()) - 25 * HOUR),)).fetchall())


def _values(city: City, step: Step, rng: np.random.Generator) -> dict:
    kinds = {VALIDATING: "end", DONE: "accept", REFUSED: "open", WORKING: "open"}
    unit_ids = city.book.units["unit_id"]
    return {
        "report": step.report.report_id,
        "moment": to_datetime(step.moment),
        "status": STATUSES[step.status],
        "kind": kinds.get(step.status, "same"),
        "source": None if step.source == NOBODY else unit_ids[step.source],
        "target": None if step.target == NOBODY else unit_ids[step.target],
        "officer": _officer(city, step.report.unit, rng) if step.status == WORKING else None,
        "note": NOTES[step.note],
    }


def _officer(city: City, unit: int, rng: np.random.Generator) -> str:
    row = city.book.units.iloc[unit]
    return f"{row['unit_id']}-{rng.integers(OFFICERS.get(row['unit_type'], OFFICERS_ELSEWHERE)) + 1:02d}"


class _Known:
    """Translates rows of the CRM into row numbers of the catalogue."""

    def __init__(self, city: City):
        self.book = city.book
        self.unit = {unit_id: row for row, unit_id in enumerate(city.book.units["unit_id"])}
        self.category = {category_id: row for row, category_id in enumerate(city.book.categories["category_id"])}
        self.keeps_share = city.book.categories["kelurahan_share"].to_numpy()

    def report(self, row, rng: np.random.Generator) -> OpenReport | None:
        unit, category = self.unit.get(row.unit_id), self.category.get(row.category_id)
        place = self.book.kelurahan.get_indexer([row.kelurahan_code])[0]
        if unit is None or category is None or place < 0 or row.status not in STATUSES:
            return None
        status = STATUSES.index(row.status)
        home = int(self.book.home_unit[place])
        return OpenReport(
            report_id=row.report_id,
            status=status,
            since=_since(row, status),
            unit=unit,
            home=home,
            office=int(self.book.office[category]),
            branch=int(self.book.branch[category, self.book.kelurahan_kota[place]]),
            category=category,
            keeps=unit == home and (status == WORKING or bool(rng.random() < self.keeps_share[category])),
            passed=row.received_how in ("koordinasi", "disposisi"),
            ticket=(to_microseconds(row.commitment_at), to_microseconds(row.limit_at)) if row.limit_at else None,
        )


def _since(row, status: int) -> int:
    """When the present step began."""
    began = {WORKING: row.started_at, VALIDATING: row.completed_at, REFUSED: row.updated_at}
    moment = began.get(status) or row.received_at or row.entered_at
    return to_microseconds(moment)
