"""Thirteen months of reports by channel and category: counts, shares, and the pace of categories."""

from dataclasses import replace

import numpy as np
from dash import html

from components import ids
from components.channel_months import MonthsRow, months_table
from components.channel_shares import ShareRow, share_list
from components.channel_tables import TrendRow, trends_table
from components.desk import choice, foot, lead
from components.formats import decimal, integer, month_short, percent
from components.panels import panel
from components.states import empty
from data_access.channels import FEW_REPORTS, MonthCounts, Trend, by_month, trends
from data_access.live import State
from data_access.scope import Scope
from pages import _filters
from pages._asked import Asked, asked
from pages._web.views import live_view, panel_or_error

ASKS = (*_filters.QUERY_NAMES, "menurut")
CATEGORIES_SHOWN = 18
TRENDS_SHOWN = 8  # rising, and as many falling
NOTHING = "Tidak ada laporan dalam 13 bulan ini untuk saringan ini."
NO_REPORTERS = "Jumlah pelapor tidak ditampilkan: data yang dibaca sengaja tidak memuat identitas pelapor."


def section() -> html.Div:
    """The frames of the panels, with an answer of their own: thirteen months take longer than one."""
    panels = [
        panel("Laporan per bulan", ids.CHANNELS_MONTHS_BODY, fact_id=ids.CHANNELS_MONTHS_FACT, class_name="cmonths"),
        panel("Bagian tiap kanal", ids.CHANNELS_SHARES_BODY, fact_id=ids.CHANNELS_SHARES_FACT, class_name="cshares"),
        panel(
            "Kategori yang naik dan turun",
            ids.CHANNELS_TRENDS_BODY,
            fact_id=ids.CHANNELS_TRENDS_FACT,
            class_name="ctrends",
        ),
    ]
    return html.Div(panels, className="sub", **{"data-subview": "kanal-bulan", "data-asks": ",".join(ASKS)})


@live_view("kanal-bulan", asks=ASKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The three panels up to the month asked for."""
    question = asked(scope, query, state)
    parts = {}
    for fact_id, draw in (
        (ids.CHANNELS_MONTHS_FACT, _months),
        (ids.CHANNELS_SHARES_FACT, _shares),
        (ids.CHANNELS_TRENDS_FACT, _trends),
    ):
        parts |= panel_or_error(fact_id, state, lambda draw=draw: draw(question, _found(question)))
    return parts


def _found(asked: Asked) -> MonthCounts:
    return by_month(asked.scope, asked.state, asked.filters, asked.period)


def _months(asked: Asked, found: MonthCounts) -> dict:
    axis = "kategori" if asked.query.get("menurut") == "kategori" else "kanal"
    options = [("Kanal", "?menurut=", axis == "kanal"), ("Kategori", "?menurut=kategori", axis == "kategori")]
    tools = html.Div(choice(options, "Menurut"), className="list-tools")
    if not found.totals.any():
        body = html.Div([tools, empty(NOTHING)])
    else:
        rows = _month_rows(asked, found, axis)
        table = months_table(
            _heads(asked, found), rows, "Laporan masuk per bulan", "Kanal" if axis == "kanal" else "Kategori"
        )
        parts = [tools, lead(finding(found)), html.Div(table, className="wide"), foot(_caveat(found, axis))]
        body = html.Div(parts)
    return {(ids.CHANNELS_MONTHS_BODY, "children"): body, (ids.CHANNELS_MONTHS_FACT, "children"): "bulan masuk"}


def _heads(asked: Asked, found: MonthCounts) -> list[tuple[str, str | None, bool]]:
    return [
        (f"{month_short(str(month))} {month.year % 100:02d}", asked.month_choice(month), month == asked.period)
        for month in found.months
    ]


def _month_rows(asked: Asked, found: MonthCounts, axis: str) -> list[MonthsRow]:
    counts = found.by_channel if axis == "kanal" else found.by_category
    order = [code for code in np.argsort(-counts.sum(axis=0), kind="stable").tolist() if counts[:, code].any()]
    hrefs = [asked.entered_href(month) for month in found.months]
    every = MonthsRow("Semua laporan", found.totals.tolist(), hrefs, total=True)
    return [every, *(_month_row(asked, found, axis, counts, code) for code in order[:CATEGORIES_SHOWN])]


def _month_row(asked: Asked, found: MonthCounts, axis: str, counts: np.ndarray, code: int) -> MonthsRow:
    name, filters = narrowed_to(asked, axis, code)
    hrefs = [asked.entered_href(month, filters) if filters else None for month in found.months]
    return MonthsRow(name, counts[:, code].tolist(), hrefs)


def narrowed_to(asked: Asked, axis: str, code: int):
    """Name of a channel or category, and the filters that mean it alone (None for an unknown one)."""
    names = asked.state.frame.names
    identifier, name = (names.channels if axis == "kanal" else names.categories)[code]
    column = "channel_id" if axis == "kanal" else "category_id"
    return name, replace(asked.filters, **{column: identifier}) if code else None


def finding(found: MonthCounts) -> str:
    """The month that runs or was chosen against the ones before."""
    before = [int(total) for total in found.totals[:-1] if total]
    if not before:
        return "Belum ada bulan lain untuk dibandingkan."
    mean = integer(round(sum(before) / len(before)))
    return f"Rerata {mean} laporan sebulan pada {len(before)} bulan sebelum {_name(found, -1)}."


def _name(found: MonthCounts, place: int) -> str:
    return f"{month_short(str(found.months[place]))} {found.months[place].year}"


def _caveat(found: MonthCounts, axis: str) -> str:
    words = "Makin pekat, makin jauh di atas rerata baris itu sendiri; rerata di bawah 30 sebulan tidak diwarnai. "
    if axis == "kategori" and (hidden := int(found.by_category.any(axis=0).sum()) - CATEGORIES_SHOWN) > 0:
        words += f"{hidden} kategori yang lebih jarang tidak tampil. "
    return f"{words}Bulan yang lebih lama dari bulan lalu dibaca ulang tiap jam. {NO_REPORTERS}"


def _shares(asked: Asked, found: MonthCounts) -> dict:
    counts, totals = found.by_channel, found.totals
    shown = [code for code in np.argsort(-counts[-3:].sum(axis=0), kind="stable").tolist() if counts[:, code].any()]
    months = [_name(found, place) for place in range(len(found.months))]
    rows = [_share_row(asked, counts[:, code], totals, months, code) for code in shown]
    body = html.Div([lead(_share_finding(rows)), share_list(rows), foot(_SHARE_CAVEAT)]) if rows else empty(NOTHING)
    fact = f"{months[0]} sampai {months[-1]}, %"
    return {(ids.CHANNELS_SHARES_BODY, "children"): body, (ids.CHANNELS_SHARES_FACT, "children"): fact}


_SHARE_CAVEAT = (
    "Tiap kanal punya skala sendiri, dari nol sampai bulan tertingginya. Kiri bulan pertama, kanan bulan terakhir."
)


def _share_row(asked: Asked, counts: np.ndarray, totals: np.ndarray, months: list[str], code: int) -> ShareRow:
    name, filters = narrowed_to(asked, "kanal", code)
    shares = [count / total if total else None for count, total in zip(counts.tolist(), totals.tolist(), strict=True)]
    return ShareRow(name, shares, months, asked.entered_href(filters=filters) if filters and counts[-1] else None)


def _share_finding(rows: list[ShareRow]) -> list:
    first = rows[0]
    return [html.B(first.name), f" membawa {percent(first.shares[-1])}% laporan pada {first.months[-1]}."]


def _trends(asked: Asked, found: MonthCounts) -> dict:
    every = trends(found.by_category, found.months, asked.as_of_us)
    known = sorted((one for one in every if not one.few), key=lambda one: -one.ratio)
    shown = known if len(known) <= 2 * TRENDS_SHOWN else [*known[:TRENDS_SHOWN], *known[-TRENDS_SHOWN:]]
    before = f"{month_short(str(found.months[-4]))}–{month_short(str(found.months[-2]))}"
    return {
        (ids.CHANNELS_TRENDS_BODY, "children"): _trends_body(asked, shown, every, before),
        (ids.CHANNELS_TRENDS_FACT, "children"): f"per hari, terhadap rerata {before}",
    }


def _trends_body(asked: Asked, shown: list[Trend], every: list[Trend], before: str):
    if not shown:
        return empty(f"Belum ada kategori dengan {FEW_REPORTS} laporan dalam tiga bulan sebelumnya.")
    rows = [_trend_row(asked, one) for one in shown]
    strong = [row for row in rows if row.strong and row.ratio > 1]
    words = "Tidak ada kategori yang naik melebihi kebetulan."
    if strong:
        words = f"{strong[0].name} naik paling tajam: {decimal(strong[0].ratio)} kali dari biasanya."
    caption = "Laporan per hari menurut kategori terhadap tiga bulan sebelumnya"
    few = sum(one.few and (one.count > 0 or one.per_day_before > 0) for one in every)
    caveat = (
        "Tebal: lebih jauh dari perkiraan daripada tiga simpangan baku bilangan Poisson. "
        f"{few} kategori dengan kurang dari {FEW_REPORTS} laporan dalam tiga bulan tidak dibandingkan."
    )
    return html.Div([lead(words), html.Div(trends_table(rows, caption, before), className="wide"), foot(caveat)])


def _trend_row(asked: Asked, one: Trend) -> TrendRow:
    name, filters = narrowed_to(asked, "kategori", one.code)
    href = asked.entered_href(filters=filters) if filters else None
    return TrendRow(name, one.count, href, one.per_day, one.per_day_before, one.ratio, one.beyond_chance)
