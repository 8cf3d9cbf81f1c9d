"""`scheduler`: the process that does the product's regular work. One is enough; several do no job twice.

Every job asks the state schema whether it is due, under an advisory lock: that makes a second scheduler, a restart and
a night without power all the same case. A job that fails is tried again at the next tick.
"""

import argparse
import logging
import os
import signal
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg
from apscheduler.schedulers.blocking import BlockingScheduler

from data_access import contract, rollup
from data_access.commands import open_for_work
from data_access.engine import DatabaseUnavailable, connect, first_line
from data_access.settings import Settings, settings

WIB = ZoneInfo("Asia/Jakarta")
REDO_DAYS_COUNT = 62  # a report whose day of entry was corrected leaves its old day within two months
ROLLUP_AT = time(0, 20)  # WIB: after midnight's last entries, before the freeze at 02.00
TICK_MINUTES = 5
# A little under one tick, so that a check a second early is not put off to the next tick.
CHECK_EVERY = timedelta(minutes=TICK_MINUTES) - timedelta(seconds=10)
CHECK_JOB = "contract"
CHECK_LOCK = 7_220_004
CHECK_DEADLINE_SECONDS = 10
log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`scheduler` takes no arguments."""


def run(_arguments: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = _scheduler(Jobs(settings()))
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite kill and Ctrl-C end it the same way
        log.info("scheduler started")
        scheduler.start()
    except KeyboardInterrupt:
        log.info("scheduler ended")
    logging.shutdown()
    # A job may hang on a frozen server. Its transaction is rolled back there, and it must not keep us from ending.
    os._exit(0)


def last_due(now: datetime) -> datetime:
    """The newest instant at or before `now` (aware) when the nightly roll-up was due."""
    today = datetime.combine(now.astimezone(WIB).date(), ROLLUP_AT, WIB)
    return today if today <= now else today - timedelta(days=1)


class Jobs:
    """The jobs, and the last line of each: a line is logged only when it differs from the one before."""

    def __init__(self, where: Settings):
        """Connects to nothing yet."""
        self._where = where
        self._said: dict[str, str] = {}

    def roll_up(self) -> None:
        """Recompute the changed days, once a night, or as soon as possible after a night that was missed."""
        self._attempt(rollup.JOB, self._roll_up)

    def check_contract(self) -> None:
        """Compare the CRM with the contract every five minutes."""
        self._attempt(CHECK_JOB, self._check_contract)

    def _attempt(self, job: str, work) -> None:
        try:
            outcome = work()
        except DatabaseUnavailable as error:
            outcome = str(error)
        except psycopg.errors.UndefinedTable as error:
            outcome = f"{first_line(error)}: run python -m data_access migrate"
        except psycopg.Error as error:
            outcome = first_line(error)
        if outcome is not None and self._said.get(job) != outcome:
            self._said[job] = outcome
            log.info("%s: %s", job, outcome)

    def _roll_up(self) -> str | None:
        with open_for_work(self._where.state_dsn) as state:
            if not _takes(state, rollup.ROLLUP_LOCK):
                return None
            ran_at, now = _last_run(state, rollup.JOB)
            if ran_at and ran_at >= last_due(now):
                return None
            with open_for_work(self._where.crm_dsn) as crm:
                done = rollup.recompute(crm, state, REDO_DAYS_COUNT)
        return f"{done.days_count} days rolled up at {now.astimezone(WIB):%d %b %H.%M} WIB"

    def _check_contract(self) -> str | None:
        with open_for_work(self._where.state_dsn) as state:
            if not _takes(state, CHECK_LOCK):
                return None
            ran_at, now = _last_run(state, CHECK_JOB)
            if ran_at and now - ran_at < CHECK_EVERY:
                return None
            outcome = self._findings()
            rollup.record(state, CHECK_JOB, outcome)
        return outcome

    def _findings(self) -> str:
        with connect(self._where.crm_dsn, deadline_seconds=CHECK_DEADLINE_SECONDS) as crm:
            found = contract.check(crm)
        return "; ".join(f"{finding.severity}: {finding.message}" for finding in found) or "the CRM keeps the contract"


def _takes(state: psycopg.Connection, number: int) -> bool:
    """Take a job's lock for this transaction; False when another scheduler has it."""
    return state.execute("select pg_try_advisory_xact_lock(%s)", [number]).fetchone()[0]


def _last_run(state: psycopg.Connection, job: str) -> tuple[datetime | None, datetime]:
    """(when the job ran last, the state database's clock)."""
    query = "select (select ran_at from pantau.job_run where job = %s), clock_timestamp()"
    return state.execute(query, [job]).fetchone()


def _scheduler(jobs: Jobs) -> BlockingScheduler:
    """Both jobs at once (what was missed while down) and at every tick; the roll-up also on its minute."""
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = BlockingScheduler(timezone=WIB, job_defaults=defaults)
    for work in (jobs.roll_up, jobs.check_contract):
        scheduler.add_job(work, "interval", minutes=TICK_MINUTES, next_run_time=datetime.now(WIB))
    scheduler.add_job(jobs.roll_up, "cron", hour=ROLLUP_AT.hour, minute=ROLLUP_AT.minute)
    return scheduler
