"""The reports behind a number of the score, opened by that number."""

from math import ceil

import numpy as np
from dash import html

from components import ids, states
from components.behind_list import BehindRow, Pages, behind_list, heading
from components.formats import DASH, clock, day_month, decimal, integer, month_short
from components.theme import CHANGES, Status
from data_access import monitor, months
from data_access.dimensions import STATUS_CODES
from data_access.engine import DatabaseUnavailable
from data_access.frame import Frame, instant
from data_access.live import State
from data_access.monitor import Reading
from data_access.scope import Scope
from pages._tkd import behind_lists
from pages._tkd.dirt_words import NOTES
from pages._tkd.open_reports import clock_of
from pages._web.views import live_view
from scoring.report_points import report_points
from scoring.reports import MICROSECONDS_PER_HOUR, NEVER
from scoring.score import Scorecard

ASKS = ("unit", "periode", "sejak", "lihat", "halaman")
ROWS_PER_PAGE = 50
NOT_COUNTED = -1  # in no total of this period, or no longer
UNKNOWN = Status("Status tidak dikenal", "kotak", "alarm")
POINTS = {"completion": "Poin penyelesaian", "time": "Poin waktu", "weight": "Poin bobot", "response": "Poin respons"}
RECEIVED = {1: "langsung", 2: "ROP", 3: "koordinasi", 4: "disposisi"}
STATUS_NAMES = {code: name for name, code in STATUS_CODES.items()}


def section(query: str) -> html.Section:
    """The frame of the list, shown while the URL names one."""
    data = {"data-subview": "tkd-laporan", "data-query": query, "data-asks": ",".join(ASKS), "data-needs": "lihat"}
    body = html.Div(states.first_load(), id=ids.BEHIND_BODY)
    label = {"aria-label": "Laporan di balik angka"}
    return html.Section(body, className="p behind", hidden=True, tabIndex=-1, **data, **label)


@live_view("tkd-laporan", asks=ASKS, unkept=("lihat",))
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The reports the URL names."""
    try:
        reading = monitor.asked(scope, state, query)
        return {} if reading is None else {(ids.BEHIND_BODY, "children"): _body(reading)}
    except DatabaseUnavailable:
        words = "Daftar ini belum dapat dibaca dari CRM. Dicoba lagi sebentar lagi."
        return {(ids.BEHIND_BODY, "children"): [heading("Laporan", ""), states.empty(words)]}


def _body(reading: Reading) -> list:
    key = reading.query.get("lihat", "")
    found = behind_lists.found(reading, key) if key else None
    if found is None:
        return [heading("Laporan", ""), states.empty("Daftar pada alamat ini tidak dikenal untuk unit ini.")]
    if not found.reports:
        return [heading(found.title, "0 laporan"), states.empty("Tidak ada laporan di sini.")]
    pages = _pages(len(found.reports), int(reading.query.get("halaman", "1")), key)
    rows = _rows(reading, found.reports[pages.first - 1 : pages.last])
    names = [POINTS[part] for part in reading.card.rules.part_shares if part in POINTS]
    return behind_list(found.title, rows, pages, names, with_holder=reading.is_aggregate)


def _pages(count: int, wanted: int, key: str) -> Pages:
    """A page beyond the last is the last."""
    pages = ceil(count / ROWS_PER_PAGE)
    page = min(wanted, pages)
    first = (page - 1) * ROWS_PER_PAGE + 1
    return Pages(page, pages, first, min(first + ROWS_PER_PAGE - 1, count), count, key)


def _rows(reading: Reading, reports: tuple[tuple[str, int], ...]) -> list[BehindRow]:
    """The rows of one page of (number, row among all reports)."""
    card = reading.card
    frame = months.frame_of(reading.period, reading.state)
    fact_of = np.full(len(card.reports), NOT_COUNTED)
    fact_of[card.membership.positions] = np.arange(len(card.facts))
    flags, drops = behind_lists.flags(card), _drops(reading)
    return [
        _gone(number, card) if row == behind_lists.GONE else _row(reading, frame, row, int(fact_of[row]), flags, drops)
        for number, row in reports
    ]


def _drops(reading: Reading) -> dict[int, str]:
    """When each open report of the period loses value next, by its fact; none once the period is decided."""
    if reading.closed:
        return {}
    clock = clock_of(reading.card)
    return {
        fact: "tidak turun lagi" if drop_us == NEVER else f"turun {_time(drop_us, reading.card)}"
        for fact, drop_us in zip(clock.rows.tolist(), clock.drop_us.tolist(), strict=True)
    }


def _row(
    reading: Reading, frame: Frame, position: int, fact: int, flags: dict[str, np.ndarray], drops: dict[int, str]
) -> BehindRow:  # fmt: skip
    card, counted, reports = reading.card, fact != NOT_COUNTED, reading.card.reports
    complete = counted and bool(card.facts.complete[fact])
    status = CHANGES.get(STATUS_NAMES.get(int(reports.status[position]), ""), UNKNOWN)
    end_us = min(card.as_of_us, card.rules.cutoff_us(reading.period))
    hours = card.facts.hours[fact] if complete else (end_us - reports.entered[position]) // MICROSECONDS_PER_HOUR
    return BehindRow(
        number=str(reports.number[position]),
        category=frame.names.categories[int(frame.category[position])][1],
        place=frame.names.kelurahan[int(frame.kelurahan[position])][1],
        holder=frame.names.holder(int(frame.unit[position])),
        how_in=_how_in(reading, position, fact),
        entered=_time(int(reports.entered[position]), card),
        status=f"{status.label} {_time(int(reports.completed[position]), card)}" if complete else status.label,
        status_mark=status.mark,
        drop=drops.get(fact, ""),
        hours=integer(int(hours)),
        tier=integer(int(card.facts.tier[fact])) if complete else DASH,
        weight=_weight(card, fact) if counted else DASH,
        points=_points(card, fact),
        notes=_notes(card, position, fact, flags),
    )


def _gone(number: str, card: Scorecard) -> BehindRow:
    """A report that a cause speaks of and the CRM no longer has."""
    blank = dict.fromkeys(("place", "holder", "how_in", "entered", "hours", "tier", "weight"), DASH)
    blank |= {"category": "tidak ada lagi di CRM", "status": DASH, "status_mark": "kotak", "drop": ""}
    return BehindRow(number, points=_points(card, NOT_COUNTED), notes=(), **blank)


def _how_in(reading: Reading, position: int, fact: int) -> str:
    """As what it counts in this period, and how its holder got it."""
    received = RECEIVED.get(int(reading.card.reports.received_how[position]))
    if fact == NOT_COUNTED:
        return "tidak dihitung lagi"
    members = reading.card.membership
    left_over = f"sisa {month_short(str(reading.period.previous))}"
    how = "baru" if members.is_new[fact] else left_over if members.is_left_over[fact] else "tiket"
    return f"{how}, {received}" if received else how


def _time(at_us: int, card: Scorecard) -> str:
    """With its year when that is not the period's; never broken into two lines."""
    at = instant(at_us)
    year = "" if at.year == card.period.year else f" {at.year}"
    return f"{day_month(at)}{year} {clock(at)}".replace(" ", "\N{NO-BREAK SPACE}")


def _weight(card: Scorecard, fact: int) -> str:
    return decimal(float(int(card.facts.weight_steps[fact]) * card.rules.weight_step), 1)


def _points(card: Scorecard, fact: int) -> tuple[str, ...]:
    if fact == NOT_COUNTED:
        return tuple(DASH for part in card.rules.part_shares if part in POINTS)
    return tuple(decimal(float(values[0]), 3) for values in report_points(card, np.array([fact])).values())


def _notes(card: Scorecard, position: int, fact: int, flags: dict[str, np.ndarray]) -> tuple[str, ...]:
    if fact == NOT_COUNTED:
        return ()
    notes = [NOTES[name] for name, mask in flags.items() if mask[fact]]
    if card.facts.doorr[fact]:
        notes.append("Doorr")
    if card.reports.ticket_opened[position] <= card.as_of_us:
        notes.append(f"tiket sampai {day_month(instant(card.reports.ticket_commitment[position]))}")
    return tuple(notes)
