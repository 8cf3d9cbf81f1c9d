"""The five figures of the strip, which every screen shows."""

from datetime import timedelta
from types import SimpleNamespace

from components import strip
from components.formats import DAYS, clock, month_short
from data_access import arrivals, completion, waiting
from data_access.filters import Filters
from data_access.frame import Frame, instant, microseconds
from data_access.live import State
from data_access.waiting import RESPONSE_LIMIT_HOURS, WARNING_LIMIT_HOURS
from pages import _wall_links
from scoring import periods


def figures(frame: Frame, state: State, filters: Filters) -> list:
    """The five figures as components. They speak of now and of the running month, whatever period a screen shows."""
    measured = SimpleNamespace(**_today(frame, state), **_waiting(frame, state), **_month(frame, state))
    return strip.figures(measured, _wall_links.strip(filters, state))


def _today(frame: Frame, state: State) -> dict:
    as_of_us = microseconds(state.as_of)
    known_since_us = microseconds(periods.of(state.as_of).previous.start)
    usual = arrivals.usual_by_now(frame, as_of_us, known_since_us)
    weekday = DAYS[state.as_of.astimezone(periods.WIB).weekday()]
    return {
        "entered_today_count": arrivals.entered_today(frame, as_of_us),
        "usual_today_count": None if usual is None else round(usual),
        "usual_label": f"{weekday} {clock(state.as_of)}",
    }


def _waiting(frame: Frame, state: State) -> dict:
    as_of_us = microseconds(state.as_of)
    now = waiting.now_waiting(frame, as_of_us)
    over_6h = now.over(RESPONSE_LIMIT_HOURS)
    before = waiting.over_limit_an_hour_ago(frame, state.hour, as_of_us, RESPONSE_LIMIT_HOURS)
    return {
        "waiting_over_6h_count": len(over_6h),
        "waiting_over_6h_change": len(over_6h) - before,
        "change_since": clock(state.as_of - timedelta(hours=1)),
        "waiting_over_6h_kelurahan_count": len(set(frame.kelurahan[over_6h].tolist()) - {0}),
        "waiting_over_24h_count": len(now.over(WARNING_LIMIT_HOURS)),
        "longest_waiting_minutes": int(now.hours[0] * 60) if len(now.hours) else None,
        "last_over_24h": _when(waiting.last_over_limit(frame, as_of_us, WARNING_LIMIT_HOURS), state),
    }


def _month(frame: Frame, state: State) -> dict:
    as_of_us = microseconds(state.as_of)
    period = periods.of(state.as_of)
    now = completion.completion(frame, period, as_of_us)
    before = completion.completion(frame, period.previous, completion.same_moment_before(period, as_of_us))
    return {
        "completed_count": now.completed_count,
        "total_count": now.total_count,
        "completed_share": now.completed_share,
        "previous_month": month_short(str(period.previous)),
        "previous_completed_share": before.completed_share,
        "mean_resolution_hours": completion.mean_resolution_hours(frame, period, as_of_us),
        "previous_mean_resolution_hours": completion.mean_resolution_hours(frame, period.previous, as_of_us),
    }


def _when(instant_us: int | None, state: State) -> str | None:
    """`hari ini 09.12`, `kemarin 16.40`, `3 hari lalu`."""
    if instant_us is None:
        return None
    at = instant(instant_us)
    days = (state.as_of.astimezone(periods.WIB).date() - at.date()).days
    if days > 1:
        return f"{days} hari lalu"
    return f"{'kemarin' if days else 'hari ini'} {clock(at)}"
