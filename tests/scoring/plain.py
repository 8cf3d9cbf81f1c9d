"""The score a second time, one row after the other, written from the rules' text and not from the engine.

Slow and plain on purpose: datetimes, fractions, dicts. Readings as in the text: the minute 23.59 counts, Doorr once,
pending validation counts, the clock of a ticket runs on, a report completed before it was entered is held.
"""

import csv
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import median

from scoring.periods import WIB

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
DEFAULT_TIERS, DEFAULT_WEIGHT = (17, 27, 39), Fraction(2)
SAME_THING = {"Pohon Tumbang": "Gangguan Pepohonan", "Kawasan Bebas Rokok": "Pelanggaran Merokok"}
PASSED_ON = ("rop", "koordinasi", "disposisi")


def tables() -> dict[str, tuple]:
    """Category -> (tiers or None, weight or None) of the slides."""
    path = SHARED / "data" / "categories.csv"
    assert path.exists(), f"the reference data of the project is missing: {path.name} in ../shared/data"
    found = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        if row["taxonomy"] == "v1-2017":
            bounds = ("full_score_below_h", "score80_up_to_h", "score60_up_to_h")
            below, second, third = (int(row[name]) if row[name] else None for name in bounds)
            tiers = (below, second + 1, third + 1) if below else None
            found[row["name"]] = (tiers, Fraction(row["bobot"]) if row["bobot"] else None)
    return found


def values_of(category: str | None, table: dict[str, tuple]) -> tuple[tuple, Fraction]:
    """(tiers, weight); Pohon Tumbang has the tiers of Gangguan Pepohonan, and so on; else the defaults."""
    names = [category, SAME_THING.get(category)] + [new for new, old in SAME_THING.items() if category == old]
    known = [table.get(name, (None, None)) for name in names]
    tiers = next((entry[0] for entry in known if entry[0]), DEFAULT_TIERS)
    return tiers, next((entry[1] for entry in known if entry[1]), DEFAULT_WEIGHT)


def month_of(instant: datetime) -> tuple[int, int]:
    local = instant.astimezone(WIB)
    return local.year, local.month


def following(month: tuple[int, int]) -> tuple[int, int]:
    return (month[0] + 1, 1) if month[1] == 12 else (month[0], month[1] + 1)


def cutoff(month: tuple[int, int]) -> datetime:
    """First instant that is too late for the month: the 9th of the next month, 0.00."""
    return datetime(*following(month), 9, tzinfo=WIB)


def complete_by(row: dict, instant: datetime, too_late: datetime) -> bool:
    """Followed up at `instant` at the latest, before `too_late`, not open again, and not held as dirty."""
    done = row.get("completed")
    if done is None or row["status"] not in ("selesai", "menunggu_validasi") or done < row["entered"]:
        return False
    return done <= instant and done < too_late


def home(row: dict, known_before: datetime, asked: datetime) -> tuple[int, int]:
    """The month of entry; with a ticket known by then, the first month whose cut-off covers its limit."""
    month = month_of(row["entered"])
    opened, limit = row.get("ticket_opened"), row.get("ticket_limit")
    if opened is not None and limit is not None and opened <= asked and opened < known_before:
        while not limit < cutoff(month):
            month = following(month)
    return month


def in_period(row: dict, month: tuple[int, int], asked: datetime) -> bool:
    """New, moved in by its ticket, or left over from month to month."""
    if row["unit"] is None or row["entered"] > asked:
        return False
    first = home(row, cutoff(month), asked)
    while first < month:
        if asked < cutoff(first) or complete_by(row, asked, cutoff(first)):
            return False
        first = following(first)
    return first == month


def is_doorr(row: dict, month: tuple[int, int], asked: datetime) -> bool:
    """Passed to the unit, waiting there at the cut-off, and for the first time in a total since it was passed on."""
    if asked < cutoff(month) or row.get("received_how") not in PASSED_ON or row["status"] != "menunggu":
        return False
    if row.get("completed") is not None and row["completed"] < row["entered"]:
        return False
    received = row.get("received") or row["entered"]
    totals, earlier = [], month_of(row["entered"])
    while earlier <= month:
        if received < cutoff(earlier) and in_period(row, earlier, asked):
            totals.append(earlier)
        earlier = following(earlier)
    return totals[:1] == [month]


def tier_value(row: dict, tiers: tuple) -> int:
    hours = (row["completed"] - row["entered"]) // timedelta(hours=1)
    return next((value for bound, value in zip(tiers, (100, 80, 60), strict=True) if hours < bound), 40)


def effort(x: int, group: list[int]) -> Fraction:
    low, middle, high = min(group), Fraction(median(map(Fraction, group))), max(group)
    if x == middle:
        return Fraction(60)
    if x < middle:
        return 40 + (x - low) / (middle - low) * 20
    return 60 + (x - middle) / (high - middle) * 40


def scores(rows: list[dict], types: dict[str, str], month: tuple[int, int], asked: datetime, table: dict) -> dict:
    """Unit -> figures (fractions), or None without reports."""
    counts = {unit: count(unit, rows, month, asked, table) for unit in types}
    found = {}
    for unit, (total, complete, doorr, tiers, weight) in counts.items():
        if total == 0:
            found[unit] = None
            continue
        group = [c[1] + c[2] for other, c in counts.items() if types[other] == types[unit] and c[0]]
        completion = Fraction(100 * (complete + doorr), total)
        time = Fraction(tiers, complete) if complete else Fraction(0)
        e = effort(complete + doorr, group)
        obtained = completion / 5 + time * 2 / 5 + weight / 5 + e / 5
        final = obtained / (80 + weight / 5) * 100
        grade = next((g for g, limit in (("A", 85), ("B", 75), ("C", 60), ("D", 50)) if final >= limit), "E")
        found[unit] = {
            "total": total,
            "complete": complete,
            "doorr": doorr,
            "completion": completion,
            "time": time,
            "weight": weight,
            "effort": e,
            "obtained": obtained,
            "maximum": 80 + weight / 5,
            "final": final,
            "grade": grade,
        }
    return found


def count(unit: str, rows: list[dict], month: tuple[int, int], asked: datetime, table: dict) -> tuple:
    """(total, complete, doorr, sum of tier values, sum of weights) of one unit."""
    total = complete = doorr = tiers_sum = 0
    weights = Fraction(0)
    for row in rows:
        if row["unit"] != unit or not in_period(row, month, asked):
            continue
        total += 1
        if complete_by(row, asked, cutoff(month)):
            tiers, weight = values_of(row["category"], table)
            complete, tiers_sum, weights = complete + 1, tiers_sum + tier_value(row, tiers), weights + weight
        elif is_doorr(row, month, asked):
            doorr += 1
    return total, complete, doorr, tiers_sum, weights
