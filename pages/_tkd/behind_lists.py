"""The lists of reports by their names in the URL: which reports stand behind each number of the screen."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from components.formats import month_year
from components.rounding import signed_points
from data_access import past
from data_access.monitor import Reading
from pages._tkd import moments, why_causes
from pages._tkd.dirt_words import KINDS
from pages._tkd.links import OWN
from scoring import facts
from scoring.compare import compare
from scoring.reports import microseconds
from scoring.score import Scorecard

GONE = -1
DIRT, CAUSE, TIER = "kotor-", "sebab-", "selesai-"


@dataclass(frozen=True, eq=False)
class Found:
    """A list: its title, and (number, row among the card's reports) by number; GONE for one the CRM no longer has."""

    title: str
    reports: tuple[tuple[str, int], ...]


def found(reading: Reading, key: str) -> Found | None:
    """The list of this name, None for a name nobody gave. Raises DatabaseUnavailable for a cause of the past."""
    if key.startswith(CAUSE):
        return _of_cause(reading, key)
    units = (reading.unit,) if key.startswith(OWN) else reading.units_read
    own = " yang dipegang sendiri" if key.startswith(OWN) and reading.is_aggregate else ""
    name, card = key.removeprefix(OWN), reading.card
    if name == f"{DIRT}entered-after-as-of":
        return _found(f"Laporan {KINDS['entered_after_as_of']}{own}", card, np.flatnonzero(_too_early(card, units)))
    chosen = _chosen(card, name)
    if chosen is None:
        return None
    title, mask = chosen
    rows = mask & np.isin(card.facts.unit, units)
    words = title.format(previous=month_year(str(reading.period.previous)))
    return _found(f"{words}{own}", card, card.membership.positions[rows])


def _found(title: str, card: Scorecard, positions: np.ndarray) -> Found:
    pairs = zip(card.reports.number[positions].tolist(), positions.tolist(), strict=True)
    return Found(title, tuple(sorted(pairs)))


Choose = Callable[[Scorecard], np.ndarray]  # bool per row of the card's facts
LISTS: dict[str, tuple[str, Choose]] = {
    "semua": ("Semua laporan periode ini", lambda card: np.ones(len(card.facts), bool)),
    "baru": ("Laporan baru", lambda card: card.membership.is_new),
    "sisa": ("Laporan sisa {previous}", lambda card: card.membership.is_left_over),
    "tiket": ("Laporan yang masuk periode ini karena tiket", lambda card: card.membership.is_ticketed),
    "selesai": ("Laporan selesai", lambda card: card.facts.complete),
    "bobot": ("Laporan selesai yang bobotnya dijumlahkan", lambda card: card.facts.complete),
    "doorr": ("Laporan Doorr", lambda card: card.facts.doorr),
    "dihitung": ("Laporan yang dihitung pada effort", lambda card: _in_effort(card)),
    "terbuka": ("Laporan belum selesai", lambda card: ~card.facts.complete),
    "dijawab": ("Laporan yang dijawab dalam batas waktu", lambda card: card.facts.responded),
}


def _chosen(card: Scorecard, name: str) -> tuple[str, np.ndarray] | None:
    """(title, rows) of a list of the period."""
    if name in LISTS:
        title, choose = LISTS[name]
        return title, choose(card)
    value = name.removeprefix(TIER)
    if name.startswith(TIER) and value in map(str, card.rules.tier_values):
        words = why_causes.closing(int(value), card.rules)
        return f"Laporan {words}, nilai waktu {value}", card.facts.complete & (card.facts.tier == int(value))
    flag = name.removeprefix(DIRT).replace("-", "_")
    if name.startswith(DIRT) and flag in KINDS:
        return f"Laporan {KINDS[flag]}", flags(card).get(flag, np.zeros(len(card.facts), bool))
    return None


def flags(card: Scorecard) -> dict[str, np.ndarray]:
    """bool over the facts per class of dirt or default, as the card counts them."""
    members = card.reports.only(card.membership.positions)
    found = facts.dirt(members, card.rules, card.as_of_us, card.membership)
    return found | {name: getattr(card.facts, name) for name in ("default_tiers", "default_weight")}


def _in_effort(card: Scorecard) -> np.ndarray:
    both = "effort" in card.rules.doorr_counts_in
    return card.facts.complete | card.facts.doorr if both else card.facts.complete


def _too_early(card: Scorecard, units: tuple[int, ...]) -> np.ndarray:
    """bool over the reports: entered in this month, but after the as_of: a wrong clock."""
    entered = card.reports.entered
    here = (entered > card.as_of_us) & (entered >= microseconds(card.period.start))
    return here & (entered < microseconds(card.period.end)) & np.isin(card.reports.unit, units)


def _of_cause(reading: Reading, key: str) -> Found | None:
    """The reports of one cause of the panel that tells why the score moved, at the same moment."""
    moment = moments.chosen(reading)
    if reading.is_aggregate or moment.at < reading.period.start:
        return None
    before = past.card_at(reading.state, reading.period, moment.at, moment.own_minute).card
    causes = {why_causes.key(cause.name): cause for cause in compare(before, reading.card, reading.unit)}
    cause = causes.get(key)
    if cause is None or not cause.reports:
        return _nothing_moved(key, reading, moment)
    moved = signed_points(round(cause.points * 100))
    words = why_causes.words(cause, reading, before)
    return Found(f"Sejak {moment.since}: {words} ({moved} poin)", _by_number(reading.card, cause.reports))


def _by_number(card: Scorecard, numbers: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Each number with its row; of copies the one that counts."""
    counted, wanted = set(card.membership.positions.tolist()), set(numbers)
    row_of: dict[str, int] = {}
    for row, number in enumerate(card.reports.number.tolist()):
        if number in wanted and (number not in row_of or row in counted):
            row_of[number] = row
    return tuple((number, row_of.get(number, GONE)) for number in sorted(numbers))


def _nothing_moved(key: str, reading: Reading, moment: moments.Moment) -> Found | None:
    """A known cause that has no reports (any more): a pasted link, or data that moved on."""
    known = {why_causes.key(name) for name in why_causes.with_reports(reading.card.rules)}
    return Found(f"Sebab ini tidak ada sejak {moment.since}", ()) if key in known else None
