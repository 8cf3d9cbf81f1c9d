"""Random months with everything that can go wrong or lie on an edge, as rows of build.reports."""

import random
from datetime import datetime, timedelta

from scoring.periods import WIB
from scoring.reports import RECEIVED_HOW, STATUSES

CATEGORIES = ("Sampah", "Parkir Liar", "Pohon Tumbang", "Gangguan Pepohonan", "Kawasan Bebas Rokok", "Transjakarta")
MORE_CATEGORIES = ("Jalan Rusak", "Kemacetan", "Kriminal", "Banjir", "Narkoba", "Fasilitas Umum", None)
TYPES = ("kelurahan", "kelurahan", "kelurahan", "kelurahan", "sudin", "sudin", "dinas")
MONTHS = (datetime(2017, 11, 1, tzinfo=WIB), datetime(2017, 12, 1, tzinfo=WIB), datetime(2018, 1, 1, tzinfo=WIB))
EDGES = (timedelta(0), timedelta(microseconds=1), timedelta(microseconds=-1))
PERIODS = ((2017, 11), (2017, 12), (2018, 1), (2018, 2))


def edges() -> list[datetime]:
    """Month edges and cut-offs, and the microseconds around them."""
    days = [datetime(2017 + m // 12, m % 12 + 1, day, tzinfo=WIB) for m in range(10, 15) for day in (1, 9)]
    return [day + edge for day in days for edge in EDGES]


def month(seed: int) -> tuple[list[dict], dict[str, str], tuple[int, int], datetime]:
    """(rows, unit types, period, as_of) of one random month."""
    rng = random.Random(seed)
    types = {f"U{code}": unit_type for code, unit_type in enumerate(TYPES[: rng.randint(1, len(TYPES))])}
    rows = [row(rng, number, list(types)) for number in range(rng.randint(0, 24))]
    as_of = rng.choice(edges()) if rng.random() < 0.5 else MONTHS[2] + timedelta(hours=rng.uniform(-1500, 3000))
    return rows, types, rng.choice(PERIODS), as_of


def row(rng: random.Random, number: int, units: list[str]) -> dict:
    """One report; about one in twelve is completed before it was entered."""
    entered = rng.choice(edges()) if rng.random() < 0.2 else rng.choice(MONTHS) + timedelta(hours=rng.uniform(0, 720))
    status = rng.choices((*STATUSES, "gone"), (4, 1, 1, 2, 2, 1, 12, 0.5))[0]
    found = {
        "number": f"R{number}",
        "unit": None if rng.random() < 0.02 else rng.choice(units),
        "category": rng.choice(CATEGORIES + MORE_CATEGORIES),
        "status": status,
        "entered": entered,
        "received_how": rng.choice((*RECEIVED_HOW, None)),
    }
    if status in ("menunggu_validasi", "tl_ditolak", "selesai") or rng.random() < 0.1:
        found["completed"] = completed(rng, entered)
    if rng.random() < 0.5:
        found["received"] = entered + timedelta(hours=rng.uniform(0, 900))
    if rng.random() < 0.25:
        found |= ticket(rng, entered)
    return found


def completed(rng: random.Random, entered: datetime) -> datetime:
    """Around the bounds of the tiers, the cut-offs, or anywhere; sometimes before the entry."""
    kind = rng.random()
    if kind < 0.25:
        return entered + timedelta(hours=rng.choice((5, 9, 12, 15, 17, 19, 24, 29, 30, 44, 45, 67))) + rng.choice(EDGES)
    if kind < 0.45:
        return rng.choice(edges())
    return entered + timedelta(hours=rng.uniform(-60, 1500))


def ticket(rng: random.Random, entered: datetime) -> dict:
    """A ticket opened after the entry, with its limit anywhere in the months after, or at an edge."""
    opened = entered + timedelta(hours=rng.uniform(0, 1200))
    limit = rng.choice(edges()) if rng.random() < 0.5 else opened + timedelta(hours=rng.uniform(0, 1500))
    return {"ticket_opened": opened, "ticket_commitment": opened + (limit - opened) / 2, "ticket_limit": limit}
