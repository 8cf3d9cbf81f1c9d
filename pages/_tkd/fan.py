"""The score up to the cut-off: measured days, and the forecast as a fan."""

from datetime import timedelta

from dash import html

from components import ids
from components.desk import foot, lead
from components.formats import clock, day_month, month_name, stamp
from components.panels import panel
from components.score_fan import Fan, score_fan
from components.states import empty
from data_access import outlook
from data_access.frame import instant
from data_access.monitor import Reading
from pages._tkd import fan_words, planned
from pages._tkd.foreseen import Foreseen, Points, foreseen, points
from scoring.periods import WIB

PARTS = ((ids.FAN_BODY, "children"), (ids.FAN_FACT, "children"))


def section():
    """The frame of the panel."""
    return panel("Nilai sampai cut-off, poin TKD", ids.FAN_BODY, fact_id=ids.FAN_FACT, class_name="fan")


def parts(reading: Reading) -> dict:
    """What the panel shows of a unit."""
    body, fact = _ended(reading) if reading.closed else _running(reading)
    return {(ids.FAN_BODY, "children"): body, (ids.FAN_FACT, "children"): fact}


def _running(reading: Reading) -> tuple:
    if reading.final is None:
        return empty("Belum ada nilai. Grafik mulai dengan laporan pertama."), ""
    ahead = foreseen(reading)
    if ahead is None:
        return empty("Jalannya nilai dan perkiraan sedang dihitung, siap dalam beberapa detik."), ""
    plan = _plan_path(reading)
    chart = _chart(reading, ahead, plan)
    words = [lead(fan_words.finding(reading, ahead, plan)), score_fan(chart), foot(fan_words.caveat(reading, ahead))]
    return html.Div(words), _as_of(reading, ahead)


def _as_of(reading: Reading, ahead: Foreseen) -> str:
    """The minute of the score, and that of the forecast where it is another."""
    seen, computed = reading.state.as_of, ahead.as_of
    if clock(seen) == clock(computed):
        return f"per {clock(seen)} WIB"
    same_day = seen.astimezone(WIB).date() == computed.astimezone(WIB).date()
    return f"per {clock(seen)}, perkiraan {'' if same_day else f'{day_month(computed)} '}{clock(computed)} WIB"


def _plan_path(reading: Reading) -> Points:
    """The median if the plan is carried out now; empty where there is no plan, or it is still being computed."""
    if reading.is_aggregate:
        return []
    numbers = planned.plan_for(reading, planned.target_of(reading)).complete
    found = outlook.with_plan(reading.period, reading.unit, numbers) if numbers else None
    return points(found.times_us, found.fan[:, 2]) if found else []


def _chart(reading: Reading, ahead: Foreseen, plan: Points) -> Fan:
    now = (reading.state.as_of, reading.final)
    measured = [*((at, value) for at, value in _settled(ahead.measured) if at < now[0]), now]
    begins = _day_before(measured[0][0])
    fan = [(now[0], (now[1],) * 5), *(later for later in ahead.fan if later[0] > now[0])] if ahead.fan else []
    return Fan(
        grades=reading.card.rules.grades,
        begins=begins,
        ends=reading.period.cutoff,
        entry_ends=reading.period.end,
        measured=measured,
        fan=fan,
        plan=[now, *(later for later in plan if later[0] > now[0])] if plan and fan else [],
        previous=_same_days(ahead.previous, reading, begins),
        previous_name=month_name(str(reading.period.previous)),
    )


def _settled(measured: Points) -> Points:
    """Without the first third of the days: they rest on few reports and jump, and would flatten all the others."""
    return measured[len(measured) // 3 :]


def _day_before(at):
    """The start of the day that ends at `at` or holds it."""
    local = (at - timedelta(microseconds=1)).astimezone(WIB)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _same_days(previous: Points, reading: Reading, begins) -> Points:
    """The month before, moved to the same days of this one, as far as the chart reaches."""
    later = reading.period.start - reading.period.previous.start
    moved = [(at + later, value) for at, value in previous]
    return [(at, value) for at, value in moved if begins <= at <= reading.period.cutoff]


def _ended(reading: Reading) -> tuple:
    """The days of a closed period, as long as the outlook of the next one still knows them."""
    if reading.final is None:
        return empty("Tidak ada nilai pada periode ini."), ""
    last = instant(reading.card.rules.cutoff_us(reading.period) - 1)
    fact = f"cut-off {stamp(last)}"
    measured = _settled(_days_of(reading))
    if not measured:
        words = f"Nilai akhir {reading.shown(reading.final)}. Jalannya hari demi hari hanya ada untuk periode terakhir."
        return empty(words), fact
    measured[-1] = (measured[-1][0], reading.final)
    chart = Fan(
        grades=reading.card.rules.grades,
        begins=_day_before(measured[0][0]),
        ends=reading.period.cutoff,
        entry_ends=reading.period.end,
        measured=measured,
        fan=[],
        plan=[],
        previous=[],
        previous_name="",
        closed=True,
    )
    return html.Div([lead(fan_words.course(reading, measured)), score_fan(chart), foot(fan_words.ENDED)]), fact


def _days_of(reading: Reading) -> Points:
    found = reading.outlook_of_all
    after = found.of(reading.period.next) if found else None
    if after is None or reading.unit_id not in after.unit_ids:
        return []
    return points(after.previous_times_us, after.previous[after.unit_ids.index(reading.unit_id)])
