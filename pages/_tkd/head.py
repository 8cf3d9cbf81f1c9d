"""The head of a unit's screen: its line of parents, its name, its period and the time to the cut-off."""

from dash import html

from components.desk import choice, desk_head
from components.formats import MONTHS_SHORT, month_year, stamp
from components.unit_types import type_title
from data_access.frame import instant
from data_access.monitor import Reading
from pages._tkd.links import unit_href
from scoring import periods
from scoring.periods import Period


def head(reading: Reading) -> html.Div:
    """Crumbs, name, what period this is, and the switch between the open periods."""
    unit = reading.state.frame.names.units[reading.unit + 1]
    kind = type_title(unit.unit_type)
    crumbs = [("Monitor TKD", "/tkd"), *_parents(reading), (kind, None)]
    return desk_head(crumbs, unit.name, _sentence(reading), _tools(reading))


def _parents(reading: Reading) -> list[tuple[str, str]]:
    """The units above, the highest first; a circle in dirty data ends the line."""
    units, line = reading.card.reports.units, []
    code = int(units.parent[reading.unit])
    while code >= 0 and code not in line:
        line.append(code)
        code = int(units.parent[code])
    return [(reading.name(code), unit_href(reading, units.ids[code])) for code in reversed(line)]


def _sentence(reading: Reading) -> list:
    last = instant(reading.card.rules.cutoff_us(reading.period) - 1)
    before = f"Nilai TKD periode {month_year(str(reading.period))}. "
    if reading.card.rules.status == "assumed":
        before = f"ASUMSI, bukan aturan resmi. {before}"
    if reading.closed:
        return [before, "Cut-off ", html.B(stamp(last)), " sudah lewat."]
    end_ms = int(reading.period.cutoff.timestamp() * 1000)
    return [before, "Cut-off ", html.B(stamp(last)), ", ", html.Span(**{"data-until": end_ms}), " lagi."]


def _tools(reading: Reading) -> list:
    open_periods = periods.open_at(reading.state.as_of)
    offered = sorted({open_periods[0].previous, *open_periods, reading.period})
    options = [(_words(period, reading), _href(period, open_periods), period == reading.period) for period in offered]
    copy = html.Button("Salin tautan", className="btn-q", type="button", **{"data-copy-link": ""})
    return [choice(options, "Periode"), copy]


def _href(period: Period, open_periods: list[Period]) -> str:
    """The default period has a bare URL, so that a pasted link keeps following the month."""
    return "?periode=" if period == open_periods[0] else f"?periode={period}"


def _words(period: Period, reading: Reading) -> str:
    words = f"{MONTHS_SHORT[period.month - 1]} {period.year}"
    if reading.state.as_of >= period.cutoff:
        return f"{words}, selesai"
    if reading.state.as_of < period.end:
        return f"{words}, berjalan"
    days = (period.cutoff - reading.state.as_of).days
    return f"{words}, ditutup {days} hari lagi" if days else f"{words}, ditutup hari ini"
