"""Ruang Pantau `/`: the wall of the monitoring room."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

from dash import html, register_page

from components import changes, grades, ids, states, status_chart, unit_rows, waiting_list
from components.filters import filter_bar
from components.formats import clock, integer, month_name, month_short
from components.panels import panel
from data_access import agencies, scorecards, status, waiting
from data_access.filters import Filters, narrowed
from data_access.frame import Frame, microseconds
from data_access.live import State
from data_access.months import frame_of, known_until
from data_access.scope import Scope
from data_access.selection import HOUR_AND_A_BIT, of_frame
from pages import _density, _filters, _strip, _wall_links
from pages._web.views import live_view, panel_or_error, view_of
from scoring import periods
from scoring.periods import Period

register_page(__name__, path="/", name="Ruang Pantau", title="Ruang Pantau", order=1)

WAITING_ROWS = 7
CHANGE_ROWS = 5
PARTS = (
    (ids.FIGURES, "children"),
    (ids.WAITING_BODY, "children"),
    (ids.WAITING_FACT, "children"),
    (ids.STATUS_TITLE, "children"),
    (ids.STATUS_BODY, "children"),
    (ids.STATUS_FACT, "children"),
    (ids.CHANGES_BODY, "children"),
    (ids.CHANGES_FACT, "children"),
    (ids.UNITS_BODY, "children"),
    (ids.UNITS_FACT, "children"),
    (ids.GRADES_TITLE, "children"),
    (ids.GRADES_BODY, "children"),
    (ids.GRADES_FACT, "children"),
)


def layout(**_query):
    """The frame of the wall: titles and empty panels, filled by the snapshot."""
    return html.Main(
        [
            filter_bar(),
            panel("Menunggu paling lama", ids.WAITING_BODY, fact_id=ids.WAITING_FACT, class_name="wait"),
            panel(html.Span(id=ids.STATUS_TITLE), ids.STATUS_BODY, fact_id=ids.STATUS_FACT, class_name="status"),
            _density.density_panel(),
            panel("Jam ini", ids.CHANGES_BODY, fact_id=ids.CHANGES_FACT, class_name="feed"),
            panel("Dinas, badan, biro terbanyak", ids.UNITS_BODY, fact_id=ids.UNITS_FACT, class_name="ten"),
            panel(html.Span(id=ids.GRADES_TITLE), ids.GRADES_BODY, fact_id=ids.GRADES_FACT, class_name="tkd"),
        ],
        className="wall",
        **view_of("ruang-pantau", _filters.QUERY_NAMES),
    )


@live_view("ruang-pantau", *PARTS, *_density.PARTS, *_filters.PARTS, asks=_filters.QUERY_NAMES)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """Every part of the wall for one state of the data."""
    chosen, notice = _filters.chosen(query)
    period = periods.parse(chosen.period) if chosen.period else periods.of(state.as_of)
    now = narrowed(scope, state.frame, chosen)
    state = replace(state, hour=of_frame(state.hour, now, microseconds(state.as_of)))

    def month() -> Frame:
        return narrowed(scope, frame_of(period, state), chosen)

    return {
        (ids.FIGURES, "children"): _strip.figures(now, state, chosen),
        **panel_or_error(ids.WAITING_FACT, state, lambda: _waiting(now, chosen, state)),
        **panel_or_error(ids.STATUS_FACT, state, lambda: _status(month(), period, chosen, state)),
        **panel_or_error(ids.MAP_FACT, state, lambda: _density.parts(now, state, chosen)),
        **panel_or_error(ids.CHANGES_FACT, state, lambda: _changes(now, chosen, state)),
        **panel_or_error(ids.UNITS_FACT, state, lambda: _agencies(month(), now, period, chosen, state)),
        **panel_or_error(ids.GRADES_FACT, state, lambda: _grades(scope, period, chosen.unit_id, state)),
        **_filters.parts(chosen, notice, state),
    }


def _fact(text: str, period: Period, state: State):
    """A panel prints its own time only when it differs from the strip's."""
    until = known_until(period, state)
    return text if until == state.as_of else [f"{text} · ", states.stale(clock(until))]


def _waiting(frame: Frame, chosen: Filters, state: State) -> dict:
    now = waiting.now_waiting(frame, microseconds(state.as_of))
    over_6h = now.over(waiting.RESPONSE_LIMIT_HOURS)
    rows = [_waiting_row(frame, p, h) for p, h in zip(over_6h[:WAITING_ROWS], now.hours, strict=False)]
    every = _wall_links.waiting(chosen, waiting.RESPONSE_LIMIT_HOURS)
    return {
        (ids.WAITING_BODY, "children"): waiting_list.waiting_list(rows, len(over_6h)),
        (ids.WAITING_FACT, "children"): waiting_list.waiting_fact(rows, len(over_6h), every),
    }


def _waiting_row(frame: Frame, position: int, hours: float) -> SimpleNamespace:
    return SimpleNamespace(
        report_id=frame.number[position],
        minutes=int(hours * 60),
        category=frame.names.categories[frame.category[position]][1],
        place=frame.names.kelurahan[frame.kelurahan[position]][1],
        holder=frame.names.holder(frame.unit[position]),
        over_24h=hours > waiting.WARNING_LIMIT_HOURS,
    )


def _status(frame: Frame, period: Period, chosen: Filters, state: State) -> dict:
    as_of_us = microseconds(state.as_of)
    table = status.by_day(frame, period, as_of_us)
    days_so_far = min(period.days_count, (state.as_of - period.start) // timedelta(days=1) + 1)
    days = [dict(zip(status.GROUPS, row, strict=True)) for row in table[:days_so_far].tolist()]
    counts = dict(zip(status.GROUPS, table.sum(axis=0).tolist(), strict=True))
    change = status.change_in_hour(frame, state.hour, period, as_of_us)
    before = status.mean_per_day(frame, period.previous)
    figures = (counts, change, days, period.days_count, before, month_short(str(period.previous)))
    body = status_chart.status_body(*figures, _wall_links.statuses(chosen))
    return {
        (ids.STATUS_TITLE, "children"): f"Laporan {month_name(str(period))} menurut status sekarang",
        (ids.STATUS_BODY, "children"): body,
        (ids.STATUS_FACT, "children"): _fact("per hari masuk", period, state),
    }


def _changes(frame: Frame, chosen: Filters, state: State) -> dict:
    as_of_us = microseconds(state.as_of)
    position = frame.touched_since(as_of_us - HOUR_AND_A_BIT)
    rows = [_change_row(frame, position[event.report_id], event) for event in reversed(state.hour[-CHANGE_ROWS:])]
    entered = sum(event.previous_status is None for event in state.hour)
    completed = sum(event.status == "selesai" for event in state.hour)
    passed = waiting.passed_limit_in_hour(frame, state.hour, as_of_us, waiting.RESPONSE_LIMIT_HOURS)
    return {
        (ids.CHANGES_BODY, "children"): changes.changes_list(rows),
        (ids.CHANGES_FACT, "children"): changes.changes_fact(entered, completed, passed, _wall_links.within(chosen, 1)),
    }


def _change_row(frame: Frame, position: int, event) -> SimpleNamespace:
    return SimpleNamespace(
        at=event.occurred_at,
        status="masuk" if event.previous_status is None else event.status,
        category=frame.names.categories[frame.category[position]][1],
        place=frame.names.kelurahan[frame.kelurahan[position]][1],
        key=str(event.event_id),
        report_id=event.report_id,
    )


def _grades(scope: Scope, period: Period, unit_id: str | None, state: State) -> dict:
    spread = scorecards.grade_distribution(scope, state, period, unit_id)
    fact = f"{integer(spread.units_count)} {spread.kind}, garis = {month_short(str(period.previous))}"
    closed = state.as_of >= period.cutoff
    return {
        (ids.GRADES_TITLE, "children"): f"TKD {month_name(str(period))}" if closed else "TKD sementara",
        (ids.GRADES_BODY, "children"): grades.grades_body(spread),
        (ids.GRADES_FACT, "children"): f"ASUMSI · {fact}" if spread.assumed else fact,
    }


def _agencies(frame: Frame, now: Frame, period: Period, chosen: Filters, state: State) -> dict:
    rows = agencies.most_reports(frame, now, period, microseconds(state.as_of))
    links = _wall_links.agencies(chosen, [row.unit_id for row in rows], frame.names)
    scale_max = max((max(row.count, row.previous_count) for row in rows), default=1)
    last_day = min(state.as_of, period.end - timedelta(microseconds=1)).astimezone(periods.WIB).day
    return {
        (ids.UNITS_BODY, "children"): unit_rows.unit_rows(rows, scale_max, month_short(str(period.previous)), links),
        (ids.UNITS_FACT, "children"): _fact(f"{month_short(str(period))} s.d. {last_day}", period, state),
    }
