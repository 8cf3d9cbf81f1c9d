"""The tree of the list of Monitor TKD: which unit stands under which, in which group; and the search among units."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from data_access.dimensions import Dimensions
from scoring.reports import NOWHERE, Units

# What stands on the first level, whatever the CRM puts above it; and the group of each type below.
FIRST_LEVEL = ("kota", "kabupaten", "dinas", "badan", "biro", "bumd")
FIRST_LEVEL += ("provinsi", "sekretariat", "inspektorat", "external")
GROUPS = ("wilayah", "dinas", "badan", "biro", "bumd", "lain")
GROUP_OF = {"kota": "wilayah", "kabupaten": "wilayah", "kecamatan": "wilayah", "kelurahan": "wilayah"}
GROUP_OF |= {"dinas": "dinas", "sudin": "dinas", "upt": "dinas", "blud": "dinas", "badan": "badan", "suban": "badan"}
GROUP_OF |= {"biro": "biro", "bumd": "bumd"}


def shown_parents(units: Units, seen: np.ndarray) -> np.ndarray:
    """int per unit: the unit it stands under in the tree, NOWHERE for the first level.

    A unit whose parent is not `seen` (bool per unit), or that is its own ancestor in dirty data, is on the first level.
    """
    parents = units.parent.astype(np.int64)
    first = np.isin(np.array(units.types), FIRST_LEVEL)
    parents[first | ~seen[parents]] = NOWHERE
    for code in np.flatnonzero(parents != NOWHERE).tolist():
        if _own_ancestor(code, parents):
            parents[code] = NOWHERE
    return parents


def _own_ancestor(code: int, parents: np.ndarray) -> bool:
    above = set()
    step = int(parents[code])
    while step != NOWHERE and step != code and step not in above:
        above.add(step)
        step = int(parents[step])
    return step == code


def children_of(codes: Sequence[int], parents: np.ndarray) -> dict[int, list[int]]:
    """Parent -> its children among `codes`, in the order of `codes`; NOWHERE -> the first level."""
    children: dict[int, list[int]] = {}
    for code in codes:
        children.setdefault(int(parents[code]), []).append(code)
    return children


def unfolded(top: Iterable[int], children: dict[int, list[int]], opened: set[int], depth: int = 0) -> Iterator[tuple]:
    """(code, depth) of the rows to show: `top`, and below each one that is opened its children."""
    for code in top:
        yield code, depth
        if code in opened:
            yield from unfolded(children.get(code, ()), children, opened, depth + 1)


def line_of(code: int, parents: np.ndarray) -> list[int]:
    """The units above one in the tree, the highest first."""
    line = []
    step = int(parents[code])
    while step != NOWHERE:
        line.append(step)
        step = int(parents[step])
    return line[::-1]


def found(haystacks: Sequence[str], codes: Iterable[int], words: str) -> list[int]:
    """Those of the `codes` in whose haystack (by code) every word is found."""
    wanted = folded(words).split()
    return [code for code in codes if all(word in haystacks[code] for word in wanted)]


def haystack(names: Dimensions, frame_code: int) -> str:
    """What a unit is found by: its name, its short names, its id."""
    unit = names.units[frame_code]
    return folded(f"{unit.name} {unit.short} {names.holder(frame_code)} {unit.unit_id}")


def folded(text: str) -> str:
    """Small letters without marks, so that what is typed quickly is found."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
