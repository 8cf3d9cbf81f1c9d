"""What of a scenario can happen: its items as changes of the engine, and in words why the others cannot."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from components.formats import day_clock
from data_access.frame import instant
from pages._tkd.scenario import Group, Item
from pages._tkd.scenario_reports import Desk
from scoring.membership import done_at
from scoring.pace import at_pace
from scoring.reports import NEVER
from scoring.simulate import Change

PACE_HOUR = 16  # WIB, each day


@dataclass(frozen=True)
class Chosen:
    """`changes` that can happen; numbers `left_out`, `done` meanwhile in the CRM; `refused` sentences.

    `by_group`, `by_pace`: numbers completed by a group of the scenario, or by its daily pace.
    """

    changes: tuple[Change, ...]
    left_out: frozenset[str] = frozenset()
    done: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    by_group: frozenset[str] = frozenset()
    by_pace: frozenset[str] = frozenset()


@dataclass
class Case:
    """One report while its items are judged in the order of their instants. `stuck`: neither open nor complete.

    `done_us`: when it was last completed, NEVER while it was not.
    """

    desk: Desk
    row: int
    is_open: bool
    stuck: bool
    entered_us: int
    done_us: int
    unit: int
    has_ticket: bool
    reopened: bool = False


def chosen(desk: Desk, items: list[Item], per_day: int | None) -> Chosen:
    """Every item judged; `per_day` open reports a day are completed beside them."""
    own = [item for item in items if not item.group]
    left_out = frozenset(item.key for item in own if item.kind == "left_out")
    changes, done, refused = _of_reports(desk, [item for item in own if item.kind != "left_out"])
    named = {item.key for item in own}
    by_group, refused_groups = _of_groups(desk, [item for item in items if item.group], named)
    named |= {change.number for change in by_group}
    by_pace, refused_pace = _of_pace(desk, per_day, named) if per_day else ([], [])
    return Chosen(
        changes=(*changes, *by_group, *by_pace),
        left_out=left_out,
        done=tuple(done),
        refused=(*refused, *refused_groups, *refused_pace),
        by_group=frozenset(change.number for change in by_group),
        by_pace=frozenset(change.number for change in by_pace),
    )


def _of_reports(desk: Desk, items: list[Item]) -> tuple[list[Change], list[str], list[str]]:
    changes, done, refused = [], [], []
    by_number: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_number[item.key].append(item)
    open_now = set(desk.open_rows.tolist())
    for number, wishes in by_number.items():
        row = desk.row_of.get(number)
        if row is None:
            refused.append(f"{number} tidak ada di antara laporan unit ini pada periode ini.")
            continue
        case = _case(desk, row, row in open_now)
        for item in sorted(wishes, key=lambda item: item.at_us):
            _judge(case, item, changes, done, refused)
    return changes, done, refused


def _case(desk: Desk, row: int, is_open: bool) -> Case:
    report, complete = desk.reports(np.array([row])), bool(desk.card.facts.complete[row])
    return Case(
        desk=desk,
        row=row,
        is_open=is_open,
        stuck=not is_open and not complete,
        entered_us=int(report.entered[0]),
        done_us=int(done_at(report, desk.card.rules)[0]),
        unit=int(report.unit[0]),
        has_ticket=bool(report.ticket_opened[0] != NEVER),
    )


def _judge(case: Case, item: Item, changes: list[Change], done: list[str], refused: list[str]) -> None:
    """The item as a change, and what it makes of the case; or why not."""
    if item.kind == "completed" and case.desk.card.facts.complete[case.row] and not case.reopened:
        done.append(item.key)
        return
    why = _why_never(case, item) or WHY_NOT[item.kind](case, item)
    if why:
        refused.append(f"{item.key} {why}.")
        return
    changes.append(_change(case, item))
    case.is_open = item.kind != "completed"
    case.done_us = case.done_us if case.is_open else item.at_us
    case.reopened |= item.kind == "reopened"
    case.has_ticket |= item.kind == "ticketed"
    case.unit = changes[-1].to_unit if item.kind == "moved" else case.unit


def _why_never(case: Case, item: Item) -> str | None:
    """Why nothing at all can happen to the report at that time."""
    desk = case.desk
    if item.at_us >= desk.cutoff_us:
        return f"tidak dihitung: {short_time(item.at_us)} sesudah cut-off {short_time(desk.cutoff_us - 1)}"
    if item.at_us < case.entered_us:
        return f"tidak dihitung: {short_time(item.at_us)} sebelum laporan masuk, {short_time(case.entered_us)}"
    if case.stuck:
        return "ditutup di CRM dengan waktu yang tidak dapat dipakai; perlu koreksi di CRM"
    return None


def _why_not_completed(case: Case, _item: Item) -> str | None:
    return None if case.is_open else "sudah selesai lebih dulu dalam skenario ini"


def _why_not_moved(case: Case, item: Item) -> str | None:
    unit = _unit_code(case.desk, item.to_unit)
    if unit is None:
        return f"tidak dapat dipindahkan: unit {item.to_unit} tidak dikenal CRM"
    if unit == case.unit:
        return "tidak dapat dipindahkan: sudah di unit itu"
    return None if case.is_open else "tidak dapat dipindahkan: sudah selesai"


def _why_not_ticketed(case: Case, item: Item) -> str | None:
    if case.has_ticket:
        return "sudah punya tiket; tiket kedua ditolak"
    if not item.at_us < item.commitment_us <= item.limit_us:
        return "tidak dapat diberi tiket: urutannya buka tiket, komitmen, lalu batas"
    return None if case.is_open else "tidak dapat diberi tiket: sudah selesai"


def _why_not_reopened(case: Case, item: Item) -> str | None:
    if case.is_open:
        return "masih terbuka, tidak perlu dibuka lagi"
    if item.at_us < case.done_us:
        return f"tidak dapat dibuka lagi sebelum selesai, {short_time(case.done_us)}"
    return None


WHY_NOT: dict[str, Callable[[Case, Item], str | None]] = {
    "completed": _why_not_completed,
    "moved": _why_not_moved,
    "ticketed": _why_not_ticketed,
    "reopened": _why_not_reopened,
}


def _change(case: Case, item: Item) -> Change:
    change = Change(item.key, item.kind, item.at_us, commitment_us=item.commitment_us, limit_us=item.limit_us)
    return replace(change, to_unit=_unit_code(case.desk, item.to_unit)) if item.kind == "moved" else change


def _unit_code(desk: Desk, unit_id: str | None) -> int | None:
    """The engine's code of a unit; the frame's unknown unit is none."""
    code = desk.reading.state.frame.names.unit_code(unit_id or "")
    return code - 1 if code else None


def _of_groups(desk: Desk, groups: list[Item], named: set[str]) -> tuple[list[Change], list[str]]:
    changes: dict[str, Change] = {}
    refused = []
    for group in groups:
        rows = desk.open_rows[members(desk, group.group, group.key)]
        numbers = desk.reports(rows[desk.reports(rows).entered <= group.at_us]).number.tolist()
        if group.at_us >= desk.cutoff_us:
            when = short_time(group.at_us)
            refused.append(f"Semua {group.group} {group.key} tidak dihitung: {when} sesudah cut-off.")
            continue
        if not numbers:
            refused.append(f"Tidak ada laporan terbuka untuk {group.group} {group.key}.")
        for number in numbers:
            if number not in named:
                changes.setdefault(number, Change(number, "completed", group.at_us))
    return list(changes.values()), refused


def members(desk: Desk, group: Group, key: str) -> np.ndarray:
    """bool beside `open_rows`: in the category or held by the unit."""
    names = desk.reading.state.frame.names
    code = names.code_of["category" if group == "kategori" else "unit"].get(key, -1) - 1
    reports = desk.reports(desk.open_rows)
    return (reports.category if group == "kategori" else reports.unit) == code


def _of_pace(desk: Desk, per_day: int, named: set[str]) -> tuple[list[Change], list[str]]:
    """So many a day of the reports the scenario does not name, in the order of the tier clock; or why none can be."""
    paced = at_pace(desk.card, desk.units, per_day, PACE_HOUR, desk.cutoff_us)
    if not paced and len(desk.open_rows):
        return [], [f"Laju harian menyelesaikan 0 laporan: tidak ada lagi pukul {PACE_HOUR}.00 sebelum cut-off."]
    instants = sorted({change.at_us for change in paced})
    numbers = [number for number in desk.reports(desk.open_rows).number.tolist() if number not in named]
    turns = enumerate(numbers[: per_day * len(instants)])
    return [Change(number, "completed", instants[turn // per_day]) for turn, number in turns], []


def short_time(at_us: int) -> str:
    """An instant as '22 Nov 15.07'."""
    return day_clock(instant(at_us))
