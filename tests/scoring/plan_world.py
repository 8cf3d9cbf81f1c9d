"""Small random months with every trouble the rules know, for the engine's questions."""

from dataclasses import replace

import numpy as np

from scoring import rulebook
from scoring.periods import Period
from scoring.reports import COLUMNS, NEVER, RECEIVED_HOW, STATUS_CODES, Reports, Units
from scoring.rules import Rules
from tests.scoring.build import us

PERIOD = Period(2026, 11)
HOUR = 3_600_000_000
CATEGORIES = ("Sampah", "Transjakarta", "Parkir Liar", "Kriminal", "KTP-el", "Jalan Rusak")
UNITS = Units(
    ("K1", "K2", "K3", "K4", "KEC", "KOTA", "D1", "D2", "S1"),
    ("kelurahan", "kelurahan", "kelurahan", "kelurahan", "kecamatan", "kota", "dinas", "dinas", "sudin"),
    np.array([4, 4, 4, 5, 5, -1, -1, -1, 6], np.int32),
)
OPEN = ("menunggu", "disposisi", "koordinasi", "proses", "tl_ditolak")


def rules_of(rng: np.random.Generator) -> Rules:
    """One of the rulebooks, with its switches turned at random."""
    rules = rulebook.load(str(rng.choice(["tkd-2017", "tkd-2017", "tkd-2017", "tkd-2021-asumsi"]))).at(PERIOD)
    held = ("negative_duration", "unknown_category", "duplicate_id")
    effort = [{"minimum": 40, "median": 60, "maximum": 100}, {"minimum": 0, "median": 50, "maximum": 51}]
    return replace(
        rules,
        pending_validation=str(rng.choice(["complete", "open"])),
        ticket_pauses_clock=bool(rng.integers(2)),
        doorr_once=bool(rng.integers(2)),
        tier_values=tuple([(100, 80, 60, 40), (100, 80, 60, 40), (100, 100, 30, 0)][rng.integers(3)]),
        time_when_nothing_complete=int(rng.choice([0, 0, 100])),
        dirty=rules.dirty | {name: str(rng.choice(["hold", "use_flagged", "use"])) for name in held},
        effort_points=None if rules.effort_points is None else effort[rng.integers(2)],
    )


def instant(rng: np.random.Generator, as_of_us: int) -> int:
    """The end of the month's last minute, the very cut-off less 1 us, or any minute since the 6th; never before now."""
    last = us("2026-12-09 00:00") - 1
    return max(as_of_us, int(rng.choice([last, us("2026-11-30 23:59"), rng.integers(us("2026-11-06 08:00"), last)])))


def reports_of(rng: np.random.Generator, count: int, until_us: int, open_share: float = 0.5) -> Reports:
    """Reports with no time later than `until_us`; some left over, ticketed, dirty, passed on, twice."""
    entered = us("2026-10-25 00:00") + rng.integers(0, (until_us - us("2026-10-25 00:00")) // HOUR + 1, count) * HOUR
    entered = np.where(
        rng.random(count) < 0.5, np.maximum(entered, until_us - rng.integers(0, 4, count) * 9 * HOUR), entered
    )
    followed = entered + rng.integers(0, 60, count) * HOUR - (rng.random(count) < 0.5)
    closed = (rng.random(count) > open_share) & (followed <= until_us)
    ticketed = rng.random(count) < 0.1
    statuses = np.where(closed, "selesai", rng.choice(OPEN, count))
    opened = np.minimum(entered + rng.integers(1, 40, count) * HOUR, until_us)
    rows = {
        "number": np.array([f"JK{position:04d}" for position in rng.permutation(count)], dtype=object),
        "unit": rng.choice([0, 0, 0, 0, 1, 1, 2, 3, 4, 6, 7, 8], count).astype(np.int32),
        "category": rng.integers(0, len(CATEGORIES), count).astype(np.int32),
        "status": np.array([STATUS_CODES[status] for status in statuses], np.int8),
        "received_how": rng.integers(0, len(RECEIVED_HOW) + 1, count).astype(np.int8),
        "entered": entered,
        "completed": np.where(closed, followed, NEVER),
        "validated": np.where(closed, np.minimum(followed + HOUR, until_us), NEVER),
        "received": np.where(rng.random(count) < 0.5, entered, NEVER),
        "ticket_opened": np.where(ticketed, opened, NEVER),
        "ticket_commitment": np.where(ticketed, opened + rng.integers(1, 90, count) * HOUR, NEVER),
        "ticket_limit": np.where(ticketed, opened + rng.integers(1, 1000, count) * HOUR, NEVER),
        "first_response": np.where(
            rng.random(count) < 0.5, np.minimum(entered + rng.integers(1, 9, count) * HOUR, until_us), NEVER
        ),
    }
    made = Reports(units=UNITS, category_names=CATEGORIES, **{name: rows[name] for name in COLUMNS})
    return _dirty(rng, made, until_us)


def _dirty(rng: np.random.Generator, reports: Reports, until_us: int) -> Reports:
    """A few rows waiting for validation, closed without a time or before entry, of unknown category, and twice."""
    some = [np.flatnonzero(rng.random(len(reports)) < 0.05) for _ in range(5)]
    pending, selesai = STATUS_CODES["menunggu_validasi"], STATUS_CODES["selesai"]
    follow_up = np.minimum(reports.entered[some[0]] + 3 * HOUR, until_us)
    reports = reports.with_changes(some[0], status=pending, completed=follow_up, validated=NEVER)
    reports = reports.with_changes(some[1], status=selesai, completed=NEVER)
    reports = reports.with_changes(some[2], completed=reports.entered[some[2]] - HOUR)
    reports = reports.with_changes(some[3], category=-1)
    if len(reports) > 1 and len(some[4]):
        reports = reports.with_changes(some[4], number=reports.number[some[4] - 1])
    return reports
