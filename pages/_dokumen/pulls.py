"""Tarikan data: the pulls a secretariat takes daily, monthly, or live."""

from datetime import timedelta
from urllib.parse import urlencode

from components import ids
from components.formats import day_month, month_year, stamp
from components.panels import panel
from components.pull_panel import PullLine, pull_panel
from data_access.live import State
from scoring import periods
from scoring.periods import WIB

PARTS = ((ids.PULLS_BODY, "children"), (ids.PULLS_FACT, "children"))
NOTE = (
    "Laporan menurut bulan atau hari masuk, semua baris; laporan privat tanpa isi. Nilai seperti pada Monitor TKD, "
    "tidak dibulatkan. Hitungan harian dibuat setiap malam. Setiap baris memuat saat datanya diketahui."
)


def section():
    """The frame of the panel."""
    return panel("Tarikan data", ids.PULLS_BODY, fact_id=ids.PULLS_FACT, class_name="doc-pulls")


def parts(query: dict[str, str], state: State) -> dict:
    """The panel for one state of the data; the unit of the page narrows every pull."""
    unit = {"unit": query["unit"]} if "unit" in query else {}
    running = periods.of(state.as_of)
    today = state.as_of.astimezone(WIB)
    yesterday = today - timedelta(days=1)
    last, now = str(running.previous), str(running)
    lines = [
        PullLine("laporan", "Laporan", f"langsung, {month_year(now)} sampai sekarang", urlencode(unit)),
        PullLine("laporan", "Laporan", f"harian, {day_month(yesterday)}", _query(unit, hari=f"{yesterday:%Y-%m-%d}")),
        PullLine("laporan", "Laporan", f"bulanan, {month_year(last)}", _query(unit, periode=last)),
        PullLine("nilai", "Nilai TKD", f"langsung, {month_year(now)}", urlencode(unit)),
        PullLine("nilai", "Nilai TKD", f"bulanan, {month_year(last)}", _query(unit, periode=last)),
        PullLine("harian", "Hitungan harian", f"bulanan, {month_year(last)}", _query(unit, periode=last)),
    ]
    fact = f"per {stamp(state.as_of)}"
    return {(ids.PULLS_BODY, "children"): pull_panel(lines, NOTE), (ids.PULLS_FACT, "children"): fact}


def _query(unit: dict[str, str], **when: str) -> str:
    return urlencode(unit | when)
