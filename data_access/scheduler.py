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

from data_access import backtests, brief_job, contract, document_job, forecasting, limits, rollup
from data_access.commands import open_for_work
from data_access.engine import DatabaseUnavailable, connect, first_line
from data_access.settings import Settings, settings

WIB = ZoneInfo("Asia/Jakarta")
REDO_DAYS_COUNT = 62  # a report whose day of entry was corrected leaves its old day within two months
ROLLUP_AT = time(0, 20)  # WIB: after midnight's last entries, before the freeze at 02.00
BACKTEST_AT = time(3, 0)  # WIB: after the freeze, so that a month that was closed this night is in it
LONG_WORK_AFTER = timedelta(seconds=10)  # the screens of a room that starts need the machine first
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
    jobs = Jobs(settings())
    scheduler = _scheduler(jobs)
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite kill and Ctrl-C end it the same way
        log.info("scheduler started")
        scheduler.start()
    except KeyboardInterrupt:
        log.info("scheduler ended")
    jobs.stop()
    logging.shutdown()
    # A job may hang on a frozen server. Its transaction is rolled back there, and it must not keep us from ending.
    os._exit(0)


def last_due(now: datetime, at: time = ROLLUP_AT) -> datetime:
    """The newest instant at or before `now` (aware) when a nightly job was due that runs `at` (WIB)."""
    today = datetime.combine(now.astimezone(WIB).date(), at, WIB)
    return today if today <= now else today - timedelta(days=1)


class Jobs:
    """The jobs, and the last line of each: a line is logged only when it differs from the one before."""

    def __init__(self, where: Settings):
        """Connects to nothing yet."""
        self._where = where
        self._said: dict[str, str] = {}
        self._documents = document_job.Documents(where)

    def roll_up(self) -> None:
        """Recompute the changed days, once a night, or as soon as possible after a night that was missed."""
        self._attempt(rollup.JOB, self._roll_up)

    def check_contract(self) -> None:
        """Compare the CRM with the contract every five minutes."""
        self._attempt(CHECK_JOB, self._check_contract)

    def back_test(self) -> None:
        """Look back at past forecasts, once a night, or as soon as possible where it never was done."""
        self._attempt(backtests.JOB, self._back_test)

    def brief(self) -> None:
        """Write down the desks at each check, or as soon as possible after one that was missed."""
        self._attempt(brief_job.JOB, self._brief)

    def documents(self) -> None:
        """See that the documents of the weeks, months and years that are over are made."""
        self._attempt(document_job.JOB, self._documents.tick)

    def stop(self) -> None:
        """End what was started beside us."""
        self._documents.stop()

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

    def _back_test(self) -> str | None:
        with open_for_work(self._where.state_dsn) as state:
            state.autocommit = True  # the work takes long, and an open transaction would last as long
            # Held until the connection ends, however it ends.
            if not state.execute("select pg_try_advisory_lock(%s)", [backtests.BACKTEST_LOCK]).fetchone()[0]:
                return None
            ran_at, now = _last_run(state, backtests.JOB)
            if ran_at and ran_at >= last_due(now, BACKTEST_AT):
                return None
            months, rules = forecasting.back_test_recent(self._where.crm_dsn, forecasting.MONTHS)
            with state.transaction():
                kept = backtests.keep(state, months, rules)
                outcome = f"{len(months)} closed months looked back at" if kept else "no closed month to look back at"
                rollup.record(state, backtests.JOB, outcome)
        return f"{outcome} at {now.astimezone(WIB):%d %b %H.%M} WIB"

    def _brief(self) -> str | None:
        with open_for_work(self._where.state_dsn) as state:
            if not _takes(state, brief_job.BRIEF_LOCK):
                return None
            _, now = _last_run(state, brief_job.JOB)
            made_count = brief_job.make_due(self._where.crm_dsn, state, now)
            if not made_count:
                return None
            outcome = f"{made_count} briefs at {now.astimezone(WIB):%d %b %H.%M} WIB"
            rollup.record(state, brief_job.JOB, outcome)
        return outcome

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
    """Every job at once (what was missed while down; the longest a little later) and at every tick, nightly ones also
    on their minute."""
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = BlockingScheduler(timezone=WIB, job_defaults=defaults)
    for work in (jobs.roll_up, jobs.check_contract, jobs.brief):
        scheduler.add_job(work, "interval", minutes=TICK_MINUTES, next_run_time=datetime.now(WIB))
    later = datetime.now(WIB) + LONG_WORK_AFTER
    for work in (jobs.back_test, jobs.documents):
        scheduler.add_job(work, "interval", minutes=TICK_MINUTES, next_run_time=later)
    on_the_minute = [(jobs.roll_up, ROLLUP_AT), (jobs.back_test, BACKTEST_AT)]
    on_the_minute += [(jobs.brief, at) for at in limits.at(datetime.now(WIB).date()).check_times.values()]
    for work, at in on_the_minute:
        scheduler.add_job(work, "cron", hour=at.hour, minute=at.minute)
    return scheduler
