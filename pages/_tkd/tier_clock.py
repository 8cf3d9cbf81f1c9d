"""When each open report loses value next, and what that costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from dash import html

from components import ids
from components.desk import choice, foot, lead
from components.formats import integer, month_name, month_year
from components.panels import panel
from components.states import empty
from components.tier_clock import AXIS_HOURS, WARN_HOURS, ClockRow, Drop, clock_lead, clock_rest, clock_table
from data_access.frame import instant, microseconds
from data_access.monitor import Reading
from data_access.scorecards import scorecard
from pages._tkd.open_reports import clock_of, named, would_be_doorr
from pages._tkd.plan_reports import shown_plan
from scoring import periods
from scoring.reports import MICROSECONDS_PER_HOUR, NEVER
from scoring.score import Scorecard
from scoring.standings import standing_shares
from scoring.tier_clock import TierClock, bound_instants

PARTS = ((ids.TIER_CLOCK_BODY, "children"), (ids.TIER_CLOCK_FACT, "children"))
ROWS_SHOWN = 12
LOWEST_SHOWN = 3  # of the reports that lose nothing any more: they say all the same
LEFT_OUT_LEAST = 4  # a last row for fewer reports would be no shorter than they are
BY_POINTS = "poin"
TITLE_BY_POINTS = "Poin yang hilang pada penurunan berikutnya, dibagi jam sampai penurunan itu; yang terbesar di atas"
TITLE_BY_DROP = "Laporan yang turun paling dulu di atas"


@dataclass(frozen=True, eq=False)
class Clock:
    """The open reports behind the screen's score: `rows` positions in `clock` in the order shown.

    `points` float64 per row of `clock`: what the standing of the screen's unit loses at the next drop.
    """

    card: Scorecard
    clock: TierClock
    rows: np.ndarray
    points: np.ndarray


def section():
    """The frame of the panel; `#jam-tingkat` leads to it."""
    title = "Jam tingkat: kapan tiap laporan terbuka kehilangan nilai waktu"
    frame = panel(title, ids.TIER_CLOCK_BODY, fact_id=ids.TIER_CLOCK_FACT, class_name="clock-t")
    frame.id = "jam-tingkat"
    return frame


def parts(reading: Reading) -> dict:
    """What the panel shows of a unit."""
    found = open_clock(reading)
    body = empty(_why_empty(reading)) if found is None or not len(found.rows) else _body(reading, found)
    return {(ids.TIER_CLOCK_BODY, "children"): body, (ids.TIER_CLOCK_FACT, "children"): "24 jam ke depan"}


def open_clock(reading: Reading) -> Clock | None:
    """The reports that still lose value: once the period is closed, those left over into the next one while it is open.

    None when both are closed.
    """
    card = reading.card
    if reading.closed:
        after = reading.period.next
        if after not in periods.open_at(reading.state.as_of):
            return None
        card = scorecard(reading.state, after, microseconds(reading.state.as_of))
    clock = clock_of(card)
    mine = np.isin(clock.unit, reading.units_read)
    if reading.closed:
        mine &= card.membership.is_left_over[clock.rows]
    points = clock.points_lost * _shares(reading, card)[clock.unit]
    rows = np.flatnonzero(mine)  # by next drop
    if reading.query.get("urut") == BY_POINTS:
        hours = np.maximum(clock.drop_us - card.as_of_us, 1) / MICROSECONDS_PER_HOUR
        rows = rows[np.argsort(-(points / hours)[rows], kind="stable")]
    return Clock(card, clock, rows, points)


def _shares(reading: Reading, card: Scorecard) -> np.ndarray:
    """What a point of each unit's own score moves the standing of the screen's unit."""
    shares = np.zeros(len(card.reports.units))
    found = standing_shares(reading.unit, card.scores.final, card.reports.units, card.rules)
    shares[list(found)] = list(found.values())
    return shares


def _why_empty(reading: Reading) -> str:
    if reading.closed and reading.period.next not in periods.open_at(reading.state.as_of):
        return "Cut-off sudah lewat: tidak ada lagi nilai waktu yang turun."
    if reading.closed:
        return f"Cut-off sudah lewat, dan tidak ada sisa yang masih terbuka di {month_year(str(reading.period.next))}."
    if not reading.card.tally.total[list(reading.units_read)].any():
        return f"Belum ada laporan pada {month_year(str(reading.period))}."
    return "Semua laporan sudah selesai: tidak ada nilai waktu yang dapat turun."


def _body(reading: Reading, found: Clock) -> list:
    as_of, by_points = reading.state.as_of, reading.query.get("urut") == BY_POINTS
    count = _shown_count(found)
    shown, rest = found.rows[:count], found.rows[count:]
    rows = _rows(reading, found, shown)
    table = clock_table(
        rows, as_of, found.card.period.cutoff, per_hour=by_points, rest=_rest(found, rest, as_of) if len(rest) else None
    )
    drops = int((found.clock.drop_us[found.rows] != NEVER).sum())
    key = f" Tinggi balok = nilai waktu {_values(found)}." if drops else ""
    words = [*_after_cutoff(reading, found), *_lead(found, as_of), key]
    top = _top(words, by_points) if drops > 1 else lead(words)  # one report has no order
    return [top, table, foot(_caveat(reading))]


def _shown_count(found: Clock) -> int:
    drops = int((found.clock.drop_us[found.rows] != NEVER).sum())
    count = min(ROWS_SHOWN, drops + LOWEST_SHOWN)
    return count if len(found.rows) - count >= LEFT_OUT_LEAST else len(found.rows)


def _top(words: list, by_points: bool):
    """The finding, and at its right the order of the rows."""
    options = [("Turun berikutnya", "?urut=", not by_points), ("Poin per jam", f"?urut={BY_POINTS}", by_points)]
    order = choice(options, "Urutan laporan")
    for link, title in zip(order.children, (TITLE_BY_DROP, TITLE_BY_POINTS), strict=True):
        link.title = title
    return html.Div([lead(words), order], className="order")


def _values(found: Clock) -> str:
    return ", ".join(str(value) for value in found.card.rules.tier_values)


def _after_cutoff(reading: Reading, found: Clock) -> list[str]:
    if not reading.closed:
        return []
    count, month = integer(len(found.rows)), month_name(str(found.card.period))
    return [f"Cut-off sudah lewat. {count} laporan yang belum selesai menjadi sisa {month}; poin untuk {month}. "]


def _lead(found: Clock, as_of: datetime) -> list:
    clock, card = found.clock, found.card
    until = min(as_of + timedelta(hours=WARN_HOURS), card.period.cutoff)
    drops = clock.drop_us[found.rows]
    soon = found.rows[drops < microseconds(until)]
    first = drops.min()
    first_at = None if first == NEVER else instant(first)
    return clock_lead(len(soon), float(found.points[soon].sum()), until, first_at, as_of)


def _caveat(reading: Reading) -> str:
    whose = "nilai akhir unit ini lewat nilai unit pemegangnya" if reading.is_aggregate else "nilai akhir unit"
    return f"Poin = selisih {whose} bila laporan itu saja selesai sesudah, bukan sebelum, menit itu."


def _rows(reading: Reading, found: Clock, shown: np.ndarray) -> list[ClockRow]:
    clock, card = found.clock, found.card
    planned, doorr = _planned(reading), would_be_doorr(card)
    reports = card.reports.only(card.membership.positions[clock.rows[shown]])
    instants = bound_instants(reports, card.rules)
    rows = []
    for column, row in enumerate(shown.tolist()):
        about = named(reading, card, clock.rows[row])
        value = int(clock.tier_now[row])
        rows.append(
            ClockRow(
                number=about.number,
                category=about.category,
                where=about.where,
                status=about.status,
                value=value,
                level=card.rules.tier_values.index(value),
                drops=_drops(card, clock.drop_us[row], instants[:, column]),
                points=float(found.points[row]),
                planned=about.number in planned,
                doorr=about.number in doorr,
                hidden_until=instant(reports.ticket_commitment[column]) if clock.hidden[row] else None,
                pauses=card.rules.ticket_pauses_clock,
            )
        )
    return rows


def _drops(card: Scorecard, first_us: int, instants: np.ndarray) -> tuple[Drop, ...]:
    """The first drop and those after it; bounds that fall together are one drop."""
    if first_us == NEVER:
        return ()
    levels = {int(at): level for level, at in enumerate(instants, start=1) if at >= first_us}
    return tuple(Drop(instant(at), card.rules.tier_values[level], level) for at, level in sorted(levels.items()))


def _planned(reading: Reading) -> frozenset[str]:
    """Numbers of the reports that the plan panel lists; of an aggregate it lists units."""
    if reading.is_aggregate or reading.closed:
        return frozenset()
    return frozenset(shown_plan(reading)[1].complete)


def _rest(found: Clock, rest: np.ndarray, as_of: datetime):
    drops, now_us = found.clock.drop_us[rest], found.card.as_of_us
    hours = (drops - now_us) // MICROSECONDS_PER_HOUR
    never = int((drops == NEVER).sum())
    counts = np.bincount(hours[hours < AXIS_HOURS], minlength=AXIS_HOURS)
    starts = tuple(as_of + timedelta(hours=hour) for hour in range(AXIS_HOURS))
    later = len(rest) - never - int(counts.sum())
    return clock_rest(tuple(counts.tolist()), starts, later, never, "?lihat=terbuka")
