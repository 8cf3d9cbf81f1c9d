"""The score of twelve months."""

from dash import html

from components import ids
from components.desk import foot, lead
from components.formats import month_name, month_year
from components.panels import panel
from components.score_history import ShownMonth, beyond, limits_in_view, score_history
from components.score_scale import limit_text
from components.states import empty
from data_access.monitor import Reading
from pages._tkd.months import UnitMonth, months_of
from scoring.grades import grade_of

PARTS = ((ids.HISTORY_BODY, "children"), (ids.HISTORY_FACT, "children"))
SHOWN_COUNT = 12
NAMED_MOST = 4


def section():
    """The frame of the panel."""
    return panel("Nilai 12 bulan", ids.HISTORY_BODY, fact_id=ids.HISTORY_FACT, class_name="hist")


def parts(reading: Reading) -> dict:
    """What the panel shows of a unit."""
    months = months_of(reading)[-SHOWN_COUNT:]
    return {
        (ids.HISTORY_BODY, "children"): _body(reading, months),
        (ids.HISTORY_FACT, "children"): _fact(reading, months),
    }


def _fact(reading: Reading, months: list[UnitMonth]) -> str:
    return f"nilai pada cut-off tanggal {reading.card.rules.cutoff_day}" if months else ""


def _body(reading: Reading, months: list[UnitMonth]):
    if not months:
        return empty("Nilai bulan-bulan lalu sedang dihitung, siap dalam beberapa detik.")
    grades = reading.card.rules.grades
    if all(month.final is None for month in months):
        return empty(f"Tidak ada laporan sejak {month_year(str(months[0].period))}.")
    shown = [
        ShownMonth(str(month.period), month.final, month.total_count, not month.closed, month.period == reading.period)
        for month in months
    ]
    return html.Div([lead(finding(reading, months)), score_history(shown, grades), foot(_caveat(shown, grades))])


def finding(reading: Reading, months: list[UnitMonth]) -> str:
    """How often the best grade was reached, and the weakest of the closed months."""
    grades = reading.card.rules.grades
    best = reading.best_grade
    closed = [month for month in months if month.closed and month.final is not None]
    if not closed:
        return "Belum ada bulan yang ditutup dengan nilai."
    reached = [month for month in closed if grade_of(month.final, grades) == best]
    return f"{_how_often(best, reached, len(closed))} {_weakest(reading, closed)}".strip()


def _how_often(best: str, reached: list[UnitMonth], closed_count: int) -> str:
    if not reached:
        return f"{best} belum tercapai dalam {closed_count} bulan yang ditutup."
    if closed_count == 1:
        return f"{best} tercapai pada satu-satunya bulan yang ditutup."
    if len(reached) == closed_count:
        return f"{best} tercapai di semua {closed_count} bulan yang ditutup."
    names = ", ".join(month_name(str(month.period)) for month in reached)
    named = f": {names}" if len(reached) <= NAMED_MOST else ""
    return f"{best} tercapai {len(reached)} dari {closed_count} bulan yang ditutup{named}."


def _weakest(reading: Reading, closed: list[UnitMonth]) -> str:
    if len(closed) < 2:
        return ""
    weakest = min(closed, key=lambda month: month.final)
    others = max(month.total_count for month in closed if month is not weakest)
    why = ", ketika laporan terbanyak" if weakest.total_count > others else ""
    return f"Bulan terlemah {month_name(str(weakest.period))} dengan {reading.shown(weakest.final)}{why}."


def _caveat(shown: list[ShownMonth], grades: dict) -> str:
    words = ["Angka bawah: jumlah laporan."]
    running = [month_name(month.period) for month in shown if month.running and month.final is not None]
    if running:
        words.append(f"{' dan '.join(running)} masih berjalan (garis putus).")
    words += [f"{month_name(month.period)} di luar skala." for month in beyond(shown, grades)]
    lines = ", ".join(f"{letter} {limit_text(limit)}" for letter, limit in limits_in_view(shown, grades).items())
    return " ".join([*words, f"Garis datar: batas {lines}."])
