"""Thirteen months side by side: closed months are read once an hour."""

from dash import html

from components import ids
from components.desk import foot, lead
from components.formats import decimal, month_short, month_year
from components.panels import panel
from components.states import empty
from components.times_table import times_table
from data_access.live import State
from data_access.months_of_durations import Month, by_month
from data_access.scope import Scope
from pages import _filters
from pages._asked import Asked, asked
from pages._waktu.rows import times_row
from pages._web.views import live_view, panel_or_error

ASKS = _filters.QUERY_NAMES
CAVEAT = (
    "Bulan berjalan dan bulan lalu dihitung langsung; bulan yang lebih lama dibaca ulang tiap jam. "
    "Tanggapan dihitung menurut bulan masuk."
)


def section() -> html.Div:
    """The frame of the panel, with an answer of its own: thirteen months take longer than one."""
    body = panel("Per bulan", ids.TIMES_MONTHS_BODY, fact_id=ids.TIMES_MONTHS_FACT)
    return html.Div(body, className="months13", **{"data-subview": "waktu-bulan", "data-asks": ",".join(ASKS)})


@live_view("waktu-bulan", asks=ASKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The months up to the one asked for."""
    return panel_or_error(ids.TIMES_MONTHS_FACT, state, lambda: _parts(asked(scope, query, state)))


def _parts(asked: Asked) -> dict:
    months = by_month(asked.scope, asked.state, asked.filters, asked.period)
    return {
        (ids.TIMES_MONTHS_BODY, "children"): _body(asked, months),
        (ids.TIMES_MONTHS_FACT, "children"): "bulan selesainya laporan",
    }


def _body(asked: Asked, months: list[Month]) -> html.Div:
    if not any(took.completed_count for _, took, _ in months):
        return html.Div(empty("Tidak ada laporan selesai dalam 13 bulan ini untuk saringan ini."))
    rows = [
        times_row(
            asked,
            _name(month),
            took,
            answers,
            period=month,
            name_href=asked.month_choice(month),
            chosen=month == asked.period,
        )
        for month, took, answers in reversed(months)
    ]
    table = times_table("Waktu penyelesaian per bulan", "Bulan", rows, None)
    return html.Div([lead(finding(months)), html.Div(table, className="wide"), foot(CAVEAT)])


def _name(month) -> str:
    return f"{month_short(str(month))} {month.year}"


def finding(months: list[Month]) -> str:
    """The last month against the mean of the ones before it."""
    before = [took.median_hours for _, took, _ in months[:-1] if not took.few]
    month, took, _ = months[-1]
    if took.few or not before:
        return "Belum cukup laporan selesai untuk membandingkan bulan."
    usual = sum(before) / len(before)
    change = took.median_hours - usual
    words = "sama dengan" if abs(change) < 0.05 * usual else "lebih lama dari" if change > 0 else "lebih cepat dari"
    name = month_year(str(month))
    return (
        f"Median {name} {decimal(took.median_hours)} jam, {words} rerata bulan-bulan sebelumnya ({decimal(usual)} jam)."
    )
