"""Many screens at once on one host: how long an answer takes, and whether the database notices. Loopback, bounded."""

import asyncio
import json
import statistics
import time
from dataclasses import dataclass, field

import psycopg

ASK_EVERY_SECONDS = 1.2  # as assets/15-live.js
CHANGE_EVERY_SECONDS = 1.0
SECONDS = 20


@dataclass
class Seen:
    """What all viewers of one run met; times in milliseconds."""

    revision_ms: list[float] = field(default_factory=list)
    view_ms: list[float] = field(default_factory=list)
    errors_count: int = 0


def measure(port: int, dsn: str, viewers_count: int, row) -> list[dict]:
    """Rows of the bench table for `viewers_count` screens asking for `SECONDS` seconds while the CRM changes."""
    before = _transactions(dsn)
    seen = asyncio.run(_run(port, dsn, viewers_count))
    queries_per_second = (_transactions(dsn) - before) / SECONDS
    name = f"{viewers_count} screens"
    answers = len(seen.revision_ms) + len(seen.view_ms)
    return [
        row(f"{name}: answers a second", 0, answers / SECONDS, "1/s"),
        row(f"{name}: revision, p95", 0, _p95(seen.revision_ms), "ms", "<= 100"),
        row(f"{name}: view, median", 0, statistics.median(seen.view_ms), "ms"),
        row(f"{name}: view, p95", 0, _p95(seen.view_ms), "ms", "<= 300"),
        row(f"{name}: failed answers", 0, seen.errors_count, "", "0"),
        row(f"{name}: database transactions", 0, queries_per_second, "1/s", "no growth"),
    ]


async def _run(port: int, dsn: str, viewers_count: int) -> Seen:
    seen = Seen()
    until = time.monotonic() + SECONDS
    cookie = await _cookie(port)
    viewers = [_viewer(port, cookie, number / viewers_count, until, seen) for number in range(viewers_count)]
    await asyncio.gather(_change(dsn, until), *viewers)
    return seen


async def _viewer(port: int, cookie: str, share: float, until: float, seen: Seen) -> None:
    """One screen: asks for the revision, fetches the view when it moved, over one kept connection."""
    await asyncio.sleep(share * ASK_EVERY_SECONDS)
    streams = await asyncio.open_connection("127.0.0.1", port)
    shown = None
    while time.monotonic() < until:
        started = time.perf_counter()
        status, body = await _get(streams, "/api/rev", cookie)
        seen.revision_ms.append(1000 * (time.perf_counter() - started))
        revision = json.loads(body).get("rev") if status == 200 else shown
        if revision != shown:
            started = time.perf_counter()
            status, _ = await _get(streams, "/api/layar/ruang-pantau", cookie)
            seen.view_ms.append(1000 * (time.perf_counter() - started))
            shown = revision
        seen.errors_count += status != 200
        await asyncio.sleep(ASK_EVERY_SECONDS)
    streams[1].close()


async def _get(streams, path: str, cookie: str) -> tuple[int, bytes]:
    reader, writer = streams
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nAccept-Encoding: br\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.split("content-length:")[1].split("\r\n")[0])
    return int(head.split()[1]), await reader.readexactly(length)


async def _cookie(port: int) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    head = (await reader.read()).split(b"\r\n\r\n")[0].decode()
    writer.close()
    line = next(line for line in head.split("\r\n") if line.lower().startswith("set-cookie:"))
    return line.split(":", 1)[1].split(";")[0].strip()


async def _change(dsn: str, until: float) -> None:
    """One change of one report at a time, as a CRM makes them."""
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        while time.monotonic() < until:
            await connection.execute(
                "update crm.report set updated_at = clock_timestamp() where report_id ="
                " (select report_id from crm.report where status <> 'selesai' order by random() limit 1)"
            )
            await asyncio.sleep(CHANGE_EVERY_SECONDS)


def _transactions(dsn: str) -> int:
    with psycopg.connect(dsn, autocommit=True) as connection:
        query = "select xact_commit from pg_stat_database where datname = current_database()"
        return connection.execute(query).fetchone()[0]


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]
