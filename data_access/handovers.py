"""Reports passed from unit to unit: which ones most often, and between whom."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from data_access.dimensions import Dimensions
from data_access.report_steps import Steps

OFTEN = 3  # kelurahan to Dinas to its Sudin is two: the ordinary way; one more is ping-pong
AREA_TYPES = {"kelurahan": "Kelurahan", "kecamatan": "Kecamatan", "kota": "Kota"}
OTHERS = "Unit lain"


@dataclass(frozen=True)
class PassedOn:
    """One report: its row in the frame, how often it was passed on, how often to a unit that had held it before.

    `way`: unit codes of its holders, in order.
    """

    row: int
    count: int
    returned_count: int
    way: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Flows:
    """`counts[i, j]`: reports that went from party i to party j; `returned` of these to a unit that had held them.

    Parties: each Dinas, Badan, Biro with all below it, the levels of the area government, and the rest. What stays
    within one of them is the ordinary way down, and left out.
    """

    parties: tuple[str, ...]
    counts: np.ndarray
    returned: np.ndarray
    reports_count: int  # with at least one such hand-over


def passed_on_counts(steps: Steps) -> np.ndarray:
    """int per report of `steps`: how often it was passed on."""
    return np.bincount(steps.report[steps.is_handover], minlength=len(steps.numbers))


def most_passed_on(steps: Steps, rows: np.ndarray, limit: int) -> list[PassedOn]:
    """The reports with a row (int per report, -1: none) that were passed on most, at least OFTEN; newest row first."""
    counts = np.where(rows >= 0, passed_on_counts(steps), 0)
    often = np.flatnonzero(counts >= OFTEN)
    order = often[np.lexsort((-often, -counts[often]))][:limit]
    returned = np.bincount(steps.report[_returns(steps)], minlength=len(steps.numbers))
    return [PassedOn(int(rows[r]), int(counts[r]), int(returned[r]), _way(steps, r)) for r in order.tolist()]


def flows(steps: Steps, rows: np.ndarray, names: Dimensions) -> Flows:
    """Hand-overs between parties, of the reports with a row (int per report, -1: none)."""
    party_names, party_of = parties(names)
    meant = steps.is_handover & (rows[steps.report] >= 0)
    source, target = party_of[steps.source], party_of[steps.target]
    meant &= _apart(source, target, party_names)
    pair = source * len(party_names) + target
    counts = _reports_by_pair(steps, pair, meant, len(party_names))
    returned = _reports_by_pair(steps, pair, meant & _returns(steps), len(party_names))
    return Flows(party_names, counts, returned, len(np.unique(steps.report[meant])))


def reports_between(steps: Steps, rows: np.ndarray, names: Dimensions, source: str, target: str) -> np.ndarray:
    """Rows of the frame whose reports went from one party to the other at least once, in the order of the frame."""
    party_names, party_of = parties(names)
    if source not in party_names or target not in party_names:
        return np.zeros(0, np.int64)
    pair = (party_of[steps.source] == party_names.index(source)) & (party_of[steps.target] == party_names.index(target))
    found = rows[np.unique(steps.report[pair & steps.is_handover])]
    return np.sort(found[found >= 0])


def _reports_by_pair(steps: Steps, pair: np.ndarray, meant: np.ndarray, size: int) -> np.ndarray:
    """int (size, size): different reports per pair, of the events that are meant."""
    once = np.unique(steps.report[meant] * np.int64(size * size) + pair[meant])
    return np.bincount(once % (size * size), minlength=size * size).reshape(size, size)


@lru_cache(maxsize=4)
def parties(names: Dimensions) -> tuple[tuple[str, ...], np.ndarray]:
    """Names of the parties, and int per unit code: its party."""
    labels = [_party(names, code) for code in range(len(names.units))]
    order = tuple(dict.fromkeys([*AREA_TYPES.values(), *sorted({*labels} - {OTHERS}), OTHERS]))
    return order, np.array([order.index(label) for label in labels], np.int64)


def _party(names: Dimensions, code: int) -> str:
    agency = int(names.agency[code])
    return names.holder(agency) if agency else AREA_TYPES.get(names.units[code].unit_type, OTHERS)


def _apart(source: np.ndarray, target: np.ndarray, party_names: tuple[str, ...]) -> np.ndarray:
    """Not within one agency; two kelurahan are two units, though one party."""
    area = np.array([name in AREA_TYPES.values() for name in party_names])
    return (source != target) | area[source]


def _returns(steps: Steps) -> np.ndarray:
    """bool per event: passed on to a unit that had passed the report on before."""
    size = int(max(steps.source.max(initial=0), steps.target.max(initial=0))) + 1
    keys_from = np.where(steps.is_handover, steps.report.astype(np.int64) * size + steps.source, -1)
    keys_to = steps.report.astype(np.int64) * size + steps.target
    held, first = np.unique(keys_from, return_index=True)
    place = np.minimum(np.searchsorted(held, keys_to), max(len(held) - 1, 0))
    known = held[place] == keys_to if len(held) else np.zeros(len(keys_to), bool)
    return steps.is_handover & known & (first[place] < np.arange(len(keys_to)) if len(held) else known)


def _way(steps: Steps, report: int) -> tuple[int, ...]:
    events = np.flatnonzero((steps.report == report) & steps.is_handover)
    return (int(steps.source[events[0]]), *steps.target[events].tolist())
