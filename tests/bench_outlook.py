"""The outlook of the simulated city, timed: what one round costs the processor, and what stays in memory."""

import multiprocessing
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from scoring import periods

PERIOD = periods.parse("2026-11")
UNTIL = PERIOD.start + timedelta(days=22, hours=10)
BOTH_OPEN = PERIOD.start + timedelta(days=4, hours=12)
MONTHS = 14
ROUNDS = 3


def rows() -> list[dict]:
    """Rows of the bench table: what, reports, measured, unit, goal."""
    from demo.build import build
    from demo.postgres import EmbeddedPostgres

    with tempfile.TemporaryDirectory(prefix="ruang-pantau-bench-") as folder:
        server = EmbeddedPostgres(Path(folder))
        server.start()
        try:
            build(server.dsn(), until=UNTIL, months=MONTHS)
            return of_crm(server.dsn(), UNTIL, BOTH_OPEN)
        finally:
            server.stop()


def of_crm(dsn: str, *instants) -> list[dict]:
    """Rows of a CRM as of each instant, in a process of its own: the memory of the city's maker must not show."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (dsn, *instants))


def _measure(dsn: str, *instants) -> list[dict]:
    from data_access import engine
    from data_access.outlook_months import history, learn
    from data_access.outlook_periods import compute
    from tests.data_access.state_at import state_at

    state = state_at(dsn, instants[0])
    before_mb = memory_mb("VmRSS")
    with engine.connect(dsn, deadline_seconds=60) as connection:
        reports, read_s = spent(partial(history, connection, state.frame.names, state.as_of))
    count = len(reports)
    learnt, learn_s = spent(partial(learn, reports, state.frame.names, state.as_of))
    del reports
    timed = [("read fourteen months", read_s, "s"), ("learn, score the closed months", learn_s, "s")]
    for instant in instants:
        state = state_at(dsn, instant)
        taken = min(spent(partial(compute, state, learnt.model, learnt.months))[1] for _ in range(ROUNDS))
        timed.append((f"a round, {len(periods.open_at(instant))} open", taken, "s"))
    timed += [("memory kept", memory_mb("VmRSS") - before_mb, "MB"), ("memory, peak", memory_mb("VmHWM"), "MB")]
    return [
        {"what": f"outlook: {what}", "reports": count, "measured": round(value, 3), "unit": unit, "goal": ""}
        for what, value, unit in timed
    ]


def spent(work: Callable[[], object]) -> tuple[object, float]:
    """(answer, seconds of processor time): how long others held the processor does not count."""
    started = time.process_time()
    answer = work()
    return answer, time.process_time() - started


def memory_mb(what: str) -> float:
    """VmRSS (now) or VmHWM (peak) of this process."""
    return int(Path("/proc/self/status").read_text().split(f"{what}:")[1].split()[0]) / 1024


if __name__ == "__main__":
    for line in rows():
        print(f"{line['what']:42} {line['reports']:>10,} {line['measured']:>8.3f} {line['unit']}")
