"""The hours of one category against the limits of the rules."""

from dataclasses import replace

import numpy as np
from dash import dcc, html

from components import ids
from components.desk import choice, foot, lead
from components.formats import integer, month_year, percent
from components.panels import panel
from components.states import empty
from components.times_limits import Band, Bin, limits_chart
from data_access.durations_of import completed_in, hours_taken
from data_access.listing import Listing, rules_period
from data_access.listing_facets import NO_LIMIT_HOURS, tier_bounds
from data_access.scored_reports import RULEBOOK
from pages._asked import Asked
from scoring import rulebook

PARTS = ((ids.TIMES_LIMITS_BODY, "children"), (ids.TIMES_LIMITS_FACT, "children"))
OFFERED = 6
BINS_COUNT = 48
AXIS_BEYOND = 2.4  # of the last limit


def section():
    """The frame of the panel."""
    return panel(
        "Sebaran terhadap batas aturan", ids.TIMES_LIMITS_BODY, fact_id=ids.TIMES_LIMITS_FACT, class_name="lim"
    )


def parts(asked: Asked) -> dict:
    """What the panel shows of the chosen category, else of the one with most finished reports."""
    done = np.flatnonzero(completed_in(asked.frame, asked.period, asked.as_of_us))
    counts = np.bincount(asked.frame.category[done], minlength=len(asked.frame.names.categories))
    code = _code(asked, counts)
    return {
        (ids.TIMES_LIMITS_BODY, "children"): _body(asked, code, counts, done),
        (ids.TIMES_LIMITS_FACT, "children"): asked.fact(f"aturan {RULEBOOK}"),
    }


def _code(asked: Asked, counts: np.ndarray) -> int:
    known = asked.frame.names.code_of["category"]
    wanted = asked.filters.category_id or asked.query.get("batas", "")
    return known.get(wanted, 0) or int(np.argmax(np.where(np.arange(len(counts)) == 0, -1, counts)))


def _body(asked: Asked, code: int, counts: np.ndarray, done: np.ndarray) -> html.Div:
    name = asked.frame.names.categories[code][1]
    hours = hours_taken(asked.frame, done[asked.frame.category[done] == code])
    tools = html.Div(_choices(asked, code, counts), className="list-tools")
    if not len(hours):
        return html.Div([tools, empty(f"Tidak ada laporan {name} yang selesai pada {asked.words}.")])
    bands = _bands(asked, code, hours)
    within, late, beyond = _finding(bands, len(hours))
    chart = limits_chart(bins(hours, bands[-1].from_hours), bands, f"{name}. {within}; {late} {beyond}.")
    opened = dcc.Link(late, href=bands[-1].href, className="num")
    return html.Div(
        [tools, lead([html.B(name), f". {within}; ", opened, f" {beyond}."]), chart, foot(_caveat(asked, name))]
    )


def _choices(asked: Asked, code: int, counts: np.ndarray):
    """The categories with most finished reports, and the chosen one."""
    if asked.filters.category_id:
        return []
    most = [place for place in np.argsort(-counts, kind="stable")[:OFFERED].tolist() if place and counts[place]]
    codes = most if code in most else [*most[: OFFERED - 1], code]
    rows = [asked.frame.names.categories[place] for place in codes]
    options = [(name, f"?batas={key}", place == code) for place, (key, name) in zip(codes, rows, strict=True)]
    return choice(options, "Kategori")


def bins(hours: np.ndarray, last_limit_hours: int) -> list[Bin]:
    """Reports by whole hours in about 48 steps; the last step takes all beyond."""
    width = max(round(AXIS_BEYOND * last_limit_hours / BINS_COUNT), 1)
    count = round(AXIS_BEYOND * last_limit_hours / width)
    place = np.minimum(hours.astype(np.int64) // width, count - 1)
    found = np.bincount(place, minlength=count).tolist()
    return [Bin(step * width, (step + 1) * width, found[step]) for step in range(count)]


def _bands(asked: Asked, code: int, hours: np.ndarray) -> list[Band]:
    """Counts by the very bounds the lists are asked by."""
    names = [name for _, name in asked.frame.names.categories[1:]]
    identifier = asked.frame.names.categories[code][0]
    period = _rules_period(asked)
    whole, bands = hours.astype(np.int64), []
    for value in rulebook.load(RULEBOOK).at(period).tier_values:
        least, below = (int(bound[code - 1]) for bound in tier_bounds(names, value, period))
        count = int(((whole >= least) & (whole < below)).sum())
        href = asked.completed_href(filters=replace(asked.filters, category_id=identifier or None), tier=value)
        bands.append(Band(value, least, None if below >= NO_LIMIT_HOURS else below, count, href))
    return bands


def _rules_period(asked: Asked):
    """Of a list of reports entered at any time: the limits of the running month."""
    return rules_period(Listing(replace(asked.filters, period="semua")), asked.as_of_us)


def _finding(bands: list[Band], total: int) -> tuple[str, str, str]:
    """How many kept the first limit; how many reports did not even keep the last, and what they are."""
    first, last = bands[0], bands[-1]
    within = f"{percent(first.count / total, 0)}% selesai sebelum {first.to_hours} jam dan bernilai penuh"
    beyond = f"({percent(last.count / total, 0)}%) baru sesudah {last.from_hours} jam"
    return within, f"{integer(last.count)} laporan", beyond


def _caveat(asked: Asked, name: str) -> str:
    rules = rulebook.load(RULEBOOK).at(_rules_period(asked))
    words = f"Batas menurut aturan yang berlaku {month_year(str(rules.period))}, dalam jam penuh sejak laporan masuk. "
    if bool(rules.for_categories([name]).uses_default_tiers[0]):
        words += "Kategori ini tidak punya batas dalam aturan; dipakai batas bawaan. "
    return words + "Tinggi balok: jumlah laporan; balok paling kanan memuat semua yang lebih lama."
