"""What a rulebook must look like; each offence is one line that names the value and what it should be."""

from collections.abc import Callable, Iterator
from datetime import date

from scoring.reports import RECEIVED_HOW
from scoring.rules import letters

PARTS = ("completion", "time", "weight", "effort", "response")
ANY_RULE = ("use", "use_flagged", "hold")
NEVER_COMPLETE = ("use", "use_flagged")  # such a row cannot be complete, so there is nothing to hold
DIRTY_RULES = {
    "negative_duration": ANY_RULE,
    "completed_after_as_of": NEVER_COMPLETE,
    "entered_after_as_of": NEVER_COMPLETE,
    "completed_without_time": NEVER_COMPLETE,
    "reopened": NEVER_COMPLETE,
    "unknown_status": NEVER_COMPLETE,
    "unknown_category": ANY_RULE,
    "unknown_unit": ("hold",),  # it can be in nobody's total; the score card counts it
    "duplicate_id": ANY_RULE,
}


class RulebookError(ValueError):
    """The rulebook does not exist, or a value in it cannot be a rule; the message names it."""


def _whole(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _one_of(*allowed: str) -> Callable[[object], bool]:
    return lambda value: value in allowed


def _some_of(*allowed: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and set(value) <= set(allowed) and len(set(value)) == len(value)


def _switch(value: object) -> bool:
    return isinstance(value, bool)


def _points(value: object) -> bool:
    return type(value) in (int, float) and 0 < value <= 100


def _bounds(value: object) -> bool:
    return isinstance(value, list) and len(value) == 3 and all(map(_whole(1, 10_000), value)) and sorted(value) == value


def _tier_values(value: object) -> bool:
    return isinstance(value, list) and len(value) == 4 and all(map(_whole(0, 100), value))


def _shares(value: object) -> bool:
    if not isinstance(value, dict) or not {"completion", "time"} <= set(value) <= set(PARTS):
        return False
    return all(map(_whole(1, 100), value.values()))


def _effort(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"minimum", "median", "maximum"}:
        return False
    return all(map(_whole(0, 100), value.values()))


def _grades(value: object) -> bool:
    if not isinstance(value, dict) or len(value) < 2:
        return False
    *limits, last = value.values()
    falling = all(type(limit) in (int, float) for limit in limits) and limits == sorted(limits, reverse=True)
    return falling and last is None


def _dirty(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == DIRTY_RULES.keys()
        and all(rule in DIRTY_RULES[name] for name, rule in value.items())
    )


def _aggregates(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(entry, dict)
        and {"own", "below"} <= set(entry) <= {"own", "below", "only"}
        and _switch(entry["own"])
        and entry["below"] in ("children", "descendants")
        for entry in value.values()
    )


PARAMETERS: dict[str, tuple[Callable[[object], bool], str]] = {
    "cutoff_day": (_whole(1, 27), "a day of the month from 1 to 27"),
    "full_score": (_whole(1, 100), "a whole number up to 100"),
    "part_shares": (_shares, f"percent (whole numbers) for completion, time and others of {', '.join(PARTS)}"),
    "tier_values": (_tier_values, "four whole numbers from 0 to 100"),
    "time_when_nothing_complete": (_whole(0, 100), "a whole number from 0 to 100"),
    "effort_points": (_effort, "whole numbers from 0 to 100 for minimum, median and maximum"),
    "response_limit_hours": (_whole(1, 10_000), "whole hours"),
    "grades": (_grades, "lowest score per grade, falling, null for the last"),
    "default_tiers": (_bounds, "three rising whole hours"),
    "default_weight": (_points, "a number above 0"),
    "doorr_enabled": (_switch, "true or false"),
    "doorr_once": (_switch, "true or false"),
    "doorr_counts_in": (_some_of("completion", "effort"), "a list of completion, effort"),
    "doorr_received_how": (_some_of(*RECEIVED_HOW), f"a list of {', '.join(RECEIVED_HOW)}"),
    "ticket_pauses_clock": (_switch, "true or false"),
    "pending_validation": (_one_of("complete", "open"), "complete or open"),
    "dirty": (_dirty, "; ".join(f"{name}: {' | '.join(rules)}" for name, rules in DIRTY_RULES.items())),
    "aggregates": (_aggregates, "per unit type: own (true, false), below (children, descendants), only (a type)"),
}
NEEDED_BY_PART = {"effort_points": "effort", "response_limit_hours": "response", "default_weight": "weight"}
CATEGORY_VALUES = {"tiers": (_bounds, "three rising whole hours"), "weight": (_points, "a number above 0")}


def check(data: dict) -> None:
    """Raises RulebookError with the first offence."""
    for problem in _problems(data):
        raise RulebookError(f"rulebook {data.get('name')}: {problem}")


def check_names(names: dict, categories: dict) -> None:
    """Raises RulebookError when a name stands for two things or for a category without rules, or is stated for none."""
    stated = set(names.get("stated_by_source", []))
    for name in stated - {alias for aliases in names.get("aliases", {}).values() for alias in aliases}:
        raise RulebookError(f"category names: {name!r} is stated by the source but is no alias")
    seen: dict[str, str] = {letters(name): name for name in categories}
    for category, aliases in {**names.get("aliases", {}), None: names.get("without_values", [])}.items():
        if category is not None and category not in categories:
            raise RulebookError(f"category names: {category!r} has aliases but no rules")
        for alias in aliases:
            if letters(alias) in seen:
                raise RulebookError(f"category names: {alias!r} is the same as {seen[letters(alias)]!r}")
            seen[letters(alias)] = alias


def _problems(data: dict) -> Iterator[str]:
    for key, allowed in (("name", None), ("title", None), ("status", ("documented", "assumed"))):
        if not isinstance(data.get(key), str) or (allowed and data[key] not in allowed):
            yield f"{key}: must be {' or '.join(allowed) if allowed else 'a text'}"
    parameters, categories = data.get("parameters"), data.get("categories")
    if not isinstance(parameters, dict) or not isinstance(categories, dict):
        yield "must have `parameters` and `categories`"
        return
    for name in parameters.keys() - PARAMETERS.keys():
        yield f"{name}: no such parameter; there are {', '.join(PARAMETERS)}"
    for name, (fits, expected) in PARAMETERS.items():
        if name in parameters:
            yield from _dated_problems(name, parameters[name], fits, expected)
        elif name not in NEEDED_BY_PART or _has_part(parameters, NEEDED_BY_PART[name]):
            yield f"{name}: is missing; it is {expected}"
    for category, columns in categories.items():
        for column, dated in columns.items():
            if column not in CATEGORY_VALUES:
                yield f"{category}.{column}: must be tiers or weight"
            yield from _dated_problems(f"{category}.{column}", dated, *CATEGORY_VALUES[column], may_end=True)


def _has_part(parameters: dict, part: str) -> bool:
    dated = parameters.get("part_shares", {})
    return any(part in entry.get("value", {}) for entry in dated.values())


def _dated_problems(name: str, dated: object, fits: Callable, expected: str, may_end: bool = False) -> Iterator[str]:
    if not isinstance(dated, dict) or not dated:
        yield f"{name}: must hold values by date"
        return
    for day, entry in dated.items():
        if not isinstance(day, date) or day.day != 1:
            yield f"{name}: {day} must be the first day of a month (YYYY-MM-01)"
        elif not isinstance(entry, dict) or "value" not in entry:
            yield f"{name} {day}: must have a value"
        elif not isinstance(entry.get("reference"), str) or not isinstance(entry.get("last_verified_on"), date):
            yield f"{name} {day}: must have a reference and last_verified_on (a date)"
        elif entry.get("reading") and not isinstance(entry.get("note"), str):
            yield f"{name} {day}: is a reading and must say why in a note"
        elif not fits(entry["value"]) and not (may_end and entry["value"] is None):
            yield f"{name} {day}: is {entry['value']!r}, must be {expected}"
