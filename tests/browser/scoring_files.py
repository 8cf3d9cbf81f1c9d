"""A CRM as the files `python -m scoring` reads, and its answer: the figures of a screen are compared with it."""

import csv
import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import psycopg

from data_access.tables import STATUSES
from scoring import rulebook
from tests.conftest import PROJECT

RUN_SECONDS = 60
# Of two rows of one report the one changed last speaks; a report of no known unit belongs to nobody's score. The
# command refuses what the contract does not know: a status outside it counts as open, and is given as such; a category
# outside it has the default rules, and is given as one that the rulebook names without values of its own.
REPORTS = """
select distinct on (r.report_id) r.report_id, r.unit_id, coalesce(btrim(c.name), %(plain)s) as category,
    case when r.status = any(%(statuses)s) then r.status else 'proses' end as status, {times}, r.received_how
from crm.report r join crm.unit using (unit_id) left join crm.category c using (category_id)
order by r.report_id, r.updated_at desc nulls last
"""
TIMES = ("entered_at", "completed_at", "validated_at", "received_at", "first_response_at")
ISO = """
case when isfinite(r.{name}) and not ('{name}' = 'completed_at' and r.status <> all(%(statuses)s))
    then to_char(r.{name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00') end as {name}
"""
PLAIN_CATEGORY = rulebook.load("tkd-2017").names["without_values"][0]
UNITS = "select unit_id, unit_type, parent_id from crm.unit order by unit_id"
TICKETS = """
select distinct on (report_id) report_id, opened_at, commitment_at, limit_at from crm.ticket
join crm.report using (report_id) order by report_id, opened_at
"""


def score_json(dsn: str, period: str, as_of: datetime) -> dict:
    """What `python -m scoring score --json` says of the rows of a CRM in `period` ('2026-11') as of an aware instant.

    The rows are those of now: as_of is meant to be the one a screen shows, a moment ago. The screens of an open period
    say the same as long as the CRM is not older than the months the live frame holds.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = export(dsn, Path(folder))
        options = [word for name, path in files.items() for word in (f"--{name}", str(path))]
        command = [sys.executable, "-m", "scoring", "score", *options, "--period", period, "--json"]
        command += ["--as-of", as_of.isoformat()]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=RUN_SECONDS, check=False)
    assert done.returncode == 0, done.stderr[:2000]
    return json.loads(done.stdout)


def export(dsn: str, folder: Path) -> dict[str, Path]:
    """The CSV files of a CRM by the name of the option that takes them: reports, units, tickets."""
    reports = REPORTS.format(times=", ".join(ISO.format(name=name) for name in TIMES))
    queries = {"reports": reports, "units": UNITS, "tickets": TICKETS}
    with psycopg.connect(dsn) as connection:
        return {name: _written(connection, query, folder / f"{name}.csv") for name, query in queries.items()}


def _written(connection: psycopg.Connection, query: str, path: Path) -> Path:
    rows = connection.execute(query, {"statuses": list(STATUSES), "plain": PLAIN_CATEGORY})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in rows.description])
        writer.writerows([_text(value) for value in row] for row in rows)
    return path


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def standings(answer: dict) -> dict[str, tuple[float, str]]:
    """unit_id -> (score, grade) as Monitor TKD shows it: the aggregate of a unit that has units below, else its own.

    Units without a score are left out.
    """
    own = {unit["unit_id"]: unit for unit in answer["units"]}
    upper = {unit["unit_id"]: unit for unit in answer["aggregates"] if unit["units_below_count"]}
    shown = own | upper
    return {unit_id: (unit["final"], unit["grade"]) for unit_id, unit in shown.items() if unit["final"] is not None}
