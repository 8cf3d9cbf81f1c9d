"""What the command line prints: the JSON of a score, and tables to read."""

import math
from datetime import timedelta

from scoring.aggregates import Aggregate, aggregates
from scoring.periods import WIB
from scoring.reports import EPOCH
from scoring.score import Scorecard

PARTS = ("completion", "time", "weight", "effort")
RESULTS = ("obtained", "maximum", "final")
COUNTS = ("total", "complete", "doorr")


def iso(instant_us: int) -> str:
    """Microseconds UTC as ISO 8601 in WIB."""
    return (EPOCH + timedelta(microseconds=instant_us)).astimezone(WIB).isoformat()


def number(value: float) -> float | None:
    """A float for JSON: None instead of NaN, which JSON does not have."""
    return None if math.isnan(value) else float(value)


def as_json(card: Scorecard) -> dict:
    """The score card as in the interface of the command line: unrounded, None where there is no score."""
    rules, units = card.rules, card.reports.units
    found = aggregates(card.scores.final, units, rules)
    return {
        "rulebook": rules.rulebook,
        "version": rules.version,
        "period": str(card.period),
        "as_of": iso(card.as_of_us),
        "units": [unit_json(card, unit) for unit in range(len(units))],
        "aggregates": [_aggregate_json(card, entry) for entry in found],
    } | ({"status": "assumed"} if rules.status == "assumed" else {})


def unit_json(card: Scorecard, unit: int) -> dict:
    """One unit of `as_json`; `flags`: class of dirt or default -> reports of the unit it touched."""
    parts = (*PARTS, "response") if "response" in card.rules.part_shares else PARTS
    return {
        "unit_id": card.reports.units.ids[unit],
        **{name: int(getattr(card.tally, name)[unit]) for name in COUNTS},
        **{name: number(getattr(card.scores, name)[unit]) for name in (*parts, *RESULTS)},
        "grade": card.grade(unit),
        "flags": flags_of(card, unit),
    }


def flags_of(card: Scorecard, unit: int) -> dict[str, int]:
    """Class -> reports of the unit it touched; classes that touched none are left out."""
    return {name: int(counts[unit]) for name, counts in sorted(card.flags.items()) if counts[unit]}


def _aggregate_json(card: Scorecard, entry: Aggregate) -> dict:
    units = card.reports.units
    return {
        "unit_id": units.ids[entry.unit],
        "unit_type": units.types[entry.unit],
        "own": entry.own,
        "below": entry.below,
        "units_below": entry.units_below,
        "units_below_count": entry.units_below_count,
        "final": entry.final,
        "grade": entry.grade,
    }


def as_table(card: Scorecard) -> str:
    """The score card as text; four decimals, so that no rounding contradicts a grade unseen."""
    answer = as_json(card)
    names = [name for name in answer["units"][0] if name != "flags"]
    rows = [[_cell(unit[name]) for name in names] + [_flag_text(unit["flags"])] for unit in answer["units"]]
    lines = [_title(answer), *_aligned([[*names, "flags"], *rows])]
    if answer["aggregates"]:
        lines += ["", *_aligned(_aggregate_rows(answer["aggregates"]))]
    lines += [f"left out, of no unit: {_flag_text(card.unattributed)}"] if card.unattributed else []
    return "\n".join(lines)


def _title(answer: dict) -> str:
    assumed = "ASUMSI: " if "status" in answer else ""
    rulebook = f"{assumed}rulebook {answer['rulebook']} {answer['version']}"
    return f"{rulebook}, period {answer['period']}, as of {answer['as_of']}"


def _aggregate_rows(entries: list[dict]) -> list[list[str]]:
    rows = [["aggregate", "type", "own", "below", "rests on", "final", "grade"]]
    for entry in entries:
        rests_on = f"{entry['units_below']} of {entry['units_below_count']}"
        figures = [_cell(entry["own"]), _cell(entry["below"]), rests_on, _cell(entry["final"]), _cell(entry["grade"])]
        rows.append([entry["unit_id"], entry["unit_type"], *figures])
    return rows


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _flag_text(flags: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in flags.items()) or "-"


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
