"""Which units the list of Monitor TKD shows for one query, and in which order."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data_access import monitor_rows, monitor_tree
from data_access.dimensions import Dimensions
from data_access.live import State
from data_access.monitor_rows import UnitColumns
from data_access.scope import Scope
from scoring import periods
from scoring.periods import Period


@dataclass(frozen=True, eq=False)
class UnitList:
    """What is known of the units for one query. `columns` one per period shown, the one closing first."""

    state: State
    query: dict[str, str]
    columns: tuple[UnitColumns, ...]
    seen: np.ndarray

    @property
    def main(self) -> UnitColumns:
        """The period that is sorted and summed up by."""
        return self.columns[0]

    @property
    def names(self) -> Dimensions:
        return self.state.frame.names

    @cached_property
    def frame_codes(self) -> list[int]:
        """Code of each unit in the frame's names: a month read on its own may know other units."""
        return [self.names.unit_code(unit_id) or 0 for unit_id in self.main.units.ids]

    @cached_property
    def labels(self) -> list[str]:
        """Short name of each unit."""
        return [self.names.holder(code) for code in self.frame_codes]

    @cached_property
    def parents(self) -> np.ndarray:
        return monitor_tree.shown_parents(self.main.units, self.seen)

    @cached_property
    def sorted_codes(self) -> list[int]:
        """The units the viewer may see, in the order asked for."""
        sort, descending = self.sort
        folded = [monitor_tree.folded(label) for label in self.labels]
        return monitor_rows.in_order(self.main, np.flatnonzero(self.seen).tolist(), folded, sort, descending)

    @property
    def searched(self) -> str:
        return self.query.get("cari", "")

    @cached_property
    def opened(self) -> set[int]:
        """Codes of the units whose units below are shown."""
        known = {unit_id: code for code, unit_id in enumerate(self.main.units.ids)}
        return {known[unit_id] for unit_id in self.query.get("buka", "").split(",") if unit_id in known}

    def above(self, code: int) -> list[int]:
        """The units above one in the tree, the highest first."""
        return monitor_tree.line_of(code, self.parents)

    @property
    def flat(self) -> bool:
        """A list of one type, not the tree."""
        return self.query.get("tampil") == "daftar"

    @property
    def default_sort(self) -> str:
        return "-nilai" if self.flat and not self.searched else "nama"

    @property
    def sort(self) -> tuple[str, bool]:
        """(name, descending); a name that is none of the columns is the default."""
        asked = self.query.get("urut", "")
        if asked.removeprefix("-") not in monitor_rows.SORTS:
            asked = self.default_sort
        return asked.removeprefix("-"), asked.startswith("-")

    @cached_property
    def kinds(self) -> dict[str, int]:
        """Type -> how many units of it the viewer may see."""
        types = [self.main.units.types[code] for code in np.flatnonzero(self.seen)]
        return {kind: types.count(kind) for kind in dict.fromkeys(types)}

    @property
    def kind(self) -> str:
        """The type of the flat list: kelurahan unless another one is asked for or there is none."""
        asked = self.query.get("jenis")
        if asked in self.kinds:
            return asked
        return "kelurahan" if "kelurahan" in self.kinds else max(self.kinds, key=self.kinds.get, default="kelurahan")

    @cached_property
    def listed(self) -> list[int]:
        """Codes of the flat list: one type, below one unit when that is asked for."""
        types = self.main.units.types
        codes = [code for code in self.sorted_codes if types[code] == self.kind]
        if "induk" not in self.query:
            return codes
        inside = self.names.subtree(self.query["induk"])
        return [code for code in codes if inside[self.frame_codes[code]]]

    @cached_property
    def found(self) -> list[int]:
        """Codes of all units the search finds."""
        haystacks = [monitor_tree.haystack(self.names, code) for code in self.frame_codes]
        return monitor_tree.found(haystacks, self.sorted_codes, self.searched)

    @property
    def spoken_of(self) -> list[int]:
        """Codes of the units that the figures above the table are about."""
        return self.listed if self.flat else self.sorted_codes


def unit_list(scope: Scope, query: dict[str, str], state: State) -> UnitList:
    """The units as one state of the data has them. Raises DatabaseUnavailable when a closed month cannot be read."""
    columns = tuple(monitor_rows.unit_columns(state, period) for period in shown_periods(query, state))
    return UnitList(state, query, columns, monitor_rows.seen(scope, columns[0]))


def shown_periods(query: dict[str, str], state: State) -> list[Period]:
    """The month asked for, else the open ones: two of them from the 1st to the 8th."""
    return [periods.parse(query["periode"])] if "periode" in query else periods.open_at(state.as_of)
