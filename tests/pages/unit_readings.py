"""Readings of one unit for the panels: of the small city, or of a few reports; and how their figures are read."""

import re

from components.rounding import as_hundredths
from data_access.live import State
from data_access.monitor import Reading, reading
from data_access.scope import EVERYTHING
from scoring.periods import Period
from tests.builders import frame, report, wib
from tests.components.tree import having, text

NOVEMBER = Period(2026, 11)
KINDS = ("kelurahan", "sudin", "dinas", "kecamatan", "kota", "upt")


def read(state: State, unit_id: str, period: Period = NOVEMBER, **query: str) -> Reading:
    return reading(EVERYTHING, state, period, unit_id, query)


def small(*reports: dict, now: str = "2026-11-22 14:05", unit: str = "K-GAMBIR", **query: str) -> Reading:
    """A unit among a few reports."""
    return read(State(frame(*reports), (), wib(now), "1", True, (), (), 0.0), unit, **query)


def done(unit: str, completed: str, **given) -> dict:
    """A rubbish report, completed."""
    return report(unit=unit, category="sampah", status="selesai", completed=completed, **given)


def units_of_every_kind(state: State) -> list[str]:
    """Of each kind the four busiest units, the quietest one with reports, and the quietest of all."""
    card = read(state, state.frame.names.units[1].unit_id).card
    found = []
    for kind in KINDS:
        codes = [code for code, type_ in enumerate(card.reports.units.types) if type_ == kind]
        codes.sort(key=lambda code: card.tally.total[code])
        busy = [code for code in codes if card.tally.total[code]]
        found += {*codes[:1], *busy[:1], *busy[-4:]}
    return [card.reports.units.ids[code] for code in found]


def opened(tree) -> list[tuple[int, str]]:
    """(count, list) of every number that opens one and says how many reports it counts."""
    links = [link for link in having(tree, "num") if getattr(link, "href", "").startswith("?lihat=")]
    pairs = [(text(link), link.href.removeprefix("?lihat=").removesuffix("&halaman=")) for link in links]
    return [(int(words.split()[0].replace(".", "")), key) for words, key in pairs if re.match(r"[\d.]+( |$)", words)]


def hundredths(words: str) -> int:
    """'−0,76' -> -76; a dash, where there is no score, counts as 0."""
    if words == "–":
        return 0
    figure = as_hundredths(words.replace("−", "").replace("+", ""))
    return -figure if words.startswith("−") else figure
