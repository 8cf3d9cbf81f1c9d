"""The reports, categories and units one can tick, each with what the scenario says of it."""

from collections import Counter

import numpy as np

from components.formats import integer
from components.what_if import Row
from pages._tkd.scenario import Group, Item, minute, token, written
from pages._tkd.scenario_changes import Chosen, short_time
from pages._tkd.scenario_reports import Desk
from scoring.simulate import Change

DONE_SHOWN = 50
VALUES = {"moved": "pindah", "ticketed": "tiket", "reopened": "buka"}


def open_rows(desk: Desk, items: list[Item], chosen: Chosen, first: int, end: int, beyond: bool = False) -> list[Row]:
    """Rows of the open reports at places [first, end) in the order of the tier clock; `beyond`: and of those after
    `end` that the scenario names, as what is in an address can be changed and taken out, too.
    """
    places = _places(desk, desk.open_rows, items, first, end, beyond)
    rows = desk.open_rows[places]
    told, changes = _items_of(items), {change.number: change for change in chosen.changes}
    numbers = desk.reports(rows).number.tolist()
    values = _values(desk, rows, numbers, changes)
    ticks = desk.tick_us[places].tolist()
    return [
        _row(desk, row, tick_us, "terbuka", told.get(number, ()), changes.get(number), value, number in chosen.left_out)
        for row, number, tick_us, value in zip(rows.tolist(), numbers, ticks, values, strict=True)
    ]


def done_rows(desk: Desk, items: list[Item], chosen: Chosen) -> list[Row]:
    """Rows of the reports completed last, and of older ones that the scenario names, to be reopened."""
    rows = desk.done_rows[_places(desk, desk.done_rows, items, 0, DONE_SHOWN, True)]
    told, changes = _items_of(items), {change.number: change for change in chosen.changes}
    numbers = desk.reports(rows).number.tolist()
    found = zip(rows.tolist(), numbers, strict=True)
    return [
        _row(desk, row, desk.soon_us, "selesai", told.get(number, ()), changes.get(number), "", False)
        for row, number in found
    ]


def group_rows(desk: Desk, items: list[Item]) -> list[Row]:
    """Rows of the categories and of the units below that have open reports, those with most first.

    One report alone is ticked in the list; a group of one is there only while the scenario names it.
    """
    reports, names = desk.reports(desk.open_rows), desk.reading.state.frame.names
    categories = Counter(reports.category[reports.category >= 0].tolist())
    units = Counter(reports.unit.tolist()) if len(desk.units) > 1 else Counter()
    counted = [
        *(("kategori", *names.categories[code + 1], count) for code, count in categories.most_common()),
        *(("unit", names.units[code + 1].unit_id, names.holder(code + 1), n) for code, n in units.most_common()),
    ]
    named = {(item.group, item.key): item for item in items if item.group}
    return [_group(desk, named.get(one[:2]), *one) for one in counted if one[3] > 1 or one[:2] in named]


def _places(desk: Desk, rows: np.ndarray, items: list[Item], first: int, end: int, beyond: bool) -> np.ndarray:
    """Places [first, end) among `rows`, and with `beyond` the later ones whose reports the items name."""
    end = min(end, len(rows))
    named = {item.key for item in items if not item.group}
    if not (beyond and named):
        return np.arange(first, end)
    later = [end + place for place, number in enumerate(desk.reports(rows[end:]).number.tolist()) if number in named]
    return np.append(np.arange(first, end), later).astype(np.int64)


def _items_of(items: list[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        if not item.group:
            found.setdefault(item.key, []).append(item)
    return found


def _values(desk: Desk, rows: np.ndarray, numbers: list[str], changes: dict[str, Change]) -> list[str]:
    """What is written in the last column: the time value of a completion, else what happens."""
    at_us = np.array([changes[number].at_us if number in changes else 0 for number in numbers], np.int64)
    tiers = desk.tiers_at(rows, at_us)[0].tolist()
    kinds = [changes[number].kind if number in changes else "" for number in numbers]
    return [str(tier) if kind == "completed" else VALUES.get(kind, "") for kind, tier in zip(kinds, tiers, strict=True)]


def _row(desk, row: int, tick_us: int, kind: str, told, change: Change | None, value: str, left_out: bool) -> Row:
    """`told`: the items of the URL about this report; `change`: what becomes of it in the scenario."""
    frame, position = desk.reading.state.frame, int(desk.card.membership.positions[row])
    number, names = frame.number[position], frame.names
    own = [item for item in told if item.kind != "left_out"]
    tick = Item(number, "reopened" if kind == "selesai" else "completed", tick_us)
    # one that is ticked by a group or by the pace can only be taken out of them
    following = ("" if own else written(Item(number, "left_out"))) if change else "" if left_out else written(tick)
    at_us = change.at_us if change else tick_us
    one_unit = len(desk.units) == 1 and names.units[frame.unit[position]].unit_type == "kelurahan"
    return Row(
        token=token(number),
        next=following,
        item=written(own[-1]) if own else "",
        time=minute(at_us),
        kind=kind,
        name=names.categories[frame.category[position]][1],
        place="" if one_unit else names.kelurahan[frame.kelurahan[position]][1],
        number=number,
        when=short_time(at_us) if change else "",
        value=value or (VALUES.get(change.kind, "") if change else ""),
        is_on=change is not None,
    )


def _group(desk: Desk, own: Item | None, group: Group, key: str, name: str, count: int) -> Row:
    at_us = own.at_us if own else desk.soon_us
    return Row(
        token=token(key, group),
        next="" if own else written(Item(key, "completed", at_us, group)),
        item=written(own) if own else "",
        time=minute(at_us),
        kind="grup",
        name=name,
        place=f"{integer(count)} laporan",
        number="",
        when=short_time(at_us) if own else "",
        value="",
        is_on=own is not None,
    )
