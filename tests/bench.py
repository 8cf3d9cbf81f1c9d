"""`make bench`: what quality.md asks, measured on this machine; printed, and kept in docs/bench/<date>.json.

Sizes come from the command line (reports in the CRM); the default runs in a few minutes. Everything is on loopback,
bounded in time, and ended at the end.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import psycopg

from data_access.state import migrate
from tests import bench_browser, bench_documents, bench_forecast, bench_outlook, bench_scoring, bench_scoring_questions
from tests.conftest import PROJECT

SIZES = (300_000, 3_000_000)
VIEWERS = (10, 300)
SCREENS = (
    *("tkd", "tkd-unit", "tkd-simulasi", "peta", "peringkat", "waktu", "kanal", "beban", "laporan"),
    *("waktu-tangan", "waktu-bulan", "kanal-bulan", "kanal-sunyi", "peta-hari"),
    *("peringatan", "serah-terima", "dokumen"),
)
ROUNDS = 30
COMMITS = 60


def main(arguments: list[str]) -> int:
    """Measure every size in turn and write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="reports in the CRM (300000 3000000)")
    sizes = parser.parse_args(arguments).sizes
    rows: list[dict] = bench_scoring.rows() + bench_scoring_questions.rows() + bench_forecast.rows()
    rows += bench_outlook.rows()
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="ruang-pantau-bench-") as folder:
            rows += in_own_process(size, Path(folder))
    rows += viewers()
    report = {"machine": machine(), "taken_at": datetime.now(UTC).isoformat(timespec="seconds"), "rows": rows}
    write(report)
    return 0


def in_own_process(size: int, folder: Path) -> list[dict]:
    """One size in a process of its own: memory and caches of another size must not show."""
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(measure, (size, str(folder)))


def viewers() -> list[dict]:
    """10 and 300 screens in front of the simulated city, on the app as it is served."""
    from demo.build import build
    from demo.postgres import EmbeddedPostgres
    from tests.bench_viewers import measure
    from tests.browser.conftest import served

    with tempfile.TemporaryDirectory(prefix="ruang-pantau-bench-") as folder:
        server = EmbeddedPostgres(Path(folder))
        server.start()
        try:
            build(server.dsn(), until=datetime.now(UTC))
            with served(server.dsn()) as url:
                port = int(url.rsplit(":", 1)[1])
                alone = bench_browser.rows(url, server.dsn(), row)
                together = [line for count in VIEWERS for line in measure(port, server.dsn(), count, row)]
                return alone + together + bench_browser.map_rows(url, server.dsn(), row)
        finally:
            server.stop()


def measure(size: int, folder: str) -> list[dict]:
    """Fill a CRM of `size` reports and measure the way from its rows to a page."""
    from demo.postgres import EmbeddedPostgres

    server = EmbeddedPostgres(Path(folder))
    server.start()
    try:
        started = time.perf_counter()
        command = [sys.executable, "-m", "demo", "load", str(size)]  # apart, as its memory is not the product's
        subprocess.run(command, env=os.environ | {"CRM_DSN": server.dsn()}, check=True, capture_output=True)
        rows = [row("load the CRM by COPY", size, time.perf_counter() - started, "s")]
        migrate.upgrade(server.dsn())
        os.environ |= {"CRM_DSN": server.dsn(), "SECRET_KEY": "only-for-benchmarks-0123456789abcdef0123"}
        return rows + measure_page(size, server.dsn())
    finally:
        server.stop()


def measure_page(size: int, dsn: str) -> list[dict]:
    """Load of the live frame, a page computed and from the cache, a closed month, commit to frame."""
    import app  # noqa: F401  registers the pages
    from data_access.cache import Answer, Answers, Kept, Request
    from data_access.live import Follower
    from data_access.months import frame_of
    from data_access.scope import EVERYTHING
    from pages._web import views
    from pages.ruang_pantau import build
    from scoring import periods

    started = time.perf_counter()
    following = Follower(dsn).start()
    wait_for(lambda: following.state is not None)
    rows = [row("restart to ready: open months loaded", size, time.perf_counter() - started, "s", "<= 5")]
    rows.append(row("rows in the live frame", size, len(following.state.frame), "reports"))
    wall = Request(EVERYTHING, "ruang-pantau", ())
    build(EVERYTHING, {}, following.state)
    rows.append(row("page data computed", size, median(lambda: build(EVERYTHING, {}, following.state)), "ms", "<= 15"))
    rows.append(row("... and encoded", size, median(lambda: views.encode(wall, following.state)), "ms"))
    answers = Answers(lambda asked: views.encode(asked, following.state), lambda: "one revision")
    body = views.encode(wall, following.state).body
    answers._kept[wall] = Kept(time.monotonic(), answer=Answer("one revision", body))
    rows.append(row("page data from the cache", size, median(lambda: answers.get(wall)), "ms", "<= 1"))
    rows += measure_screens(size, following.state)
    closed = periods.of(following.state.as_of).shifted(-3)
    started = time.perf_counter()
    frame_of(closed, following.state)
    rows.append(row("first viewer of a closed month", size, 1000 * (time.perf_counter() - started), "ms", "<= 500"))
    rows += measure_commits(size, dsn, following)
    rows.append(row("memory of the process, peak", size, peak_memory_mb(), "MB", "<= 600 at 10 M"))
    rows += bench_documents.rows(size, following.state, row)  # in a process of their own, and so after the memory
    following.stop()
    return rows


def measure_screens(size: int, state) -> list[dict]:
    """The data of the other screens, each for its busiest unit, anew for every revision of the data."""
    from pages._web import views

    codes = [code for code, unit in enumerate(state.frame.names.units) if unit.unit_type in ("sudin", "kelurahan")]
    busiest = max(codes, key=lambda code: int((state.frame.unit == code).sum()))
    unit = {"unit": state.frame.names.units[busiest].unit_id}
    rows = []
    asked = {"tkd-unit": unit, "tkd-simulasi": unit}
    for name in SCREENS:
        one = partial(build_anew, views.view(name).build, asked.get(name, {}), revisions(state))
        one()
        rows.append(row(f"screen {name}: data of a new revision", size, median(one), "ms", "<= 30"))
    return rows


def revisions(state):
    """The same rows again and again, as if each second had brought a change."""
    for seconds in count():
        yield replace(state, frame=replace(state.frame), as_of=state.as_of + timedelta(seconds=seconds))


def build_anew(build, query: dict[str, str], states) -> None:
    from data_access.scope import EVERYTHING

    build(EVERYTHING, query, next(states))


def peak_memory_mb() -> float:
    """Of this program alone: getrusage would also tell of the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measure_commits(size: int, dsn: str, following) -> list[dict]:
    """Milliseconds from the return of COMMIT to the published frame, by NOTIFY and by polling."""
    rows = []
    with psycopg.connect(dsn, autocommit=True) as connection:
        for name, goal in (("NOTIFY", "<= 5"), ("polling", "<= 1000")):
            if name == "polling":
                connection.execute("drop trigger report_changed on crm.report")
            count = COMMITS if name == "NOTIFY" else 8
            taken = sorted(commit_to_frame(connection, following, number) for number in range(count))
            p95 = taken[int(0.95 * (len(taken) - 1))]
            rows.append(row(f"commit to frame, {name}, median", size, statistics.median(taken), "ms"))
            rows.append(row(f"commit to frame, {name}, p95", size, p95, "ms", goal))
    return rows


def commit_to_frame(connection: psycopg.Connection, following, number: int) -> float:
    """One change of one open report."""
    changed = threading.Event()
    before = following.state.frame
    following.on_change.append(lambda state: changed.set() if state.frame is not before else None)
    number_of_report = before.number[-1 - number % 50]
    connection.execute("update crm.report set updated_at = clock_timestamp() where report_id = %s", (number_of_report,))
    started = time.perf_counter()
    assert changed.wait(10), "the change did not reach the frame"
    following.on_change.pop()
    return 1000 * (time.perf_counter() - started)


def median(work) -> float:
    """Median milliseconds of `work()`."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


def wait_for(condition, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not so within {seconds} s")
        time.sleep(0.005)


def row(what: str, size: int, measured: float, unit: str, goal: str = "") -> dict:
    return {"what": what, "reports": size, "measured": round(measured, 3), "unit": unit, "goal": goal}


def machine() -> str:
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    hardware = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory_gib:.0f} GiB"
    return f"{hardware}, Python {platform.python_version()}"


def write(report: dict) -> None:
    """Print the table and keep it."""
    print(f"\n{report['machine']}\n")
    for line in report["rows"]:
        size, measured = line["reports"] or "", f"{line['measured']:,.2f}"
        print(f"{line['what']:42} {size:>10} {measured:>12} {line['unit']:8} {line['goal']}")
    folder = PROJECT / "docs" / "bench"
    folder.mkdir(exist_ok=True)
    path = folder / f"{report['taken_at'][:10]}.json"
    path.write_text(json.dumps(report, indent=1) + "\n")
    print(f"\nkept in {path.relative_to(PROJECT)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
