"""Which unit right below a given one does each unit belong to?"""

from functools import lru_cache

import numpy as np

from data_access.dimensions import NO_UNIT, Dimensions, Unit

ABOVE_ALL = ("provinsi", "sekretariat")  # they hold the others together, and are no level of their own


@lru_cache(maxsize=64)
def level_below(names: Dimensions, unit_id: str | None) -> np.ndarray:
    """int16 per unit code: the unit right below `unit_id` that it is or belongs to, `unit_id` for itself, 0 for none.

    None: the highest unit of each line, as a Dinas, Badan, Biro or kota.
    """
    return np.array([_ancestor(names, code, unit_id) for code in range(len(names.units))], np.int16)


def _ancestor(names: Dimensions, code: int, unit_id: str | None) -> int:
    way, unit = [], names.units[code]
    while unit.unit_id and unit.unit_id not in way and not _at_top(unit, unit_id):
        way.append(unit.unit_id)
        unit = names.units[names.unit_code(unit.parent_id) or 0] if unit.parent_id else NO_UNIT
    if unit_id is not None and unit.unit_id != unit_id:
        return 0
    return names.unit_code(way[-1] if way else unit.unit_id) or 0


def _at_top(unit: Unit, unit_id: str | None) -> bool:
    return unit.unit_id == unit_id if unit_id is not None else unit.unit_type in ABOVE_ALL
