"""What a viewer may see and asked for, said to the database: the same rows as `data_access.filters.narrowed` leaves."""

import numpy as np

from data_access.dimensions import Dimensions
from data_access.filters import Filters, inside
from data_access.scope import Scope
from data_access.status import GROUP_OF_STATUS, GROUPS


def conditions(scope: Scope, filters: Filters, names: Dimensions) -> tuple[str, dict[str, object]]:
    """A condition on the columns of crm.report and its parameters, for scope and filters; the period is left out."""
    parts, parameters = ["true"], {}
    units = _units(scope, filters, names)
    if units is not None:
        parts.append("unit_id = any(%(units)s)")
        parameters["units"] = units
    if filters.area_code:
        lies = np.flatnonzero(inside(filters.area_code, names))
        parts.append("kelurahan_code = any(%(areas)s)")
        parameters["areas"] = [names.kelurahan[code][0] for code in lies]
    for column, value in (("category_id", filters.category_id), ("channel_id", filters.channel_id)):
        if value:
            parts.append(f"{column} = %({column})s")
            parameters[column] = value
    if filters.status:
        parts.append(_status(filters.status, parameters))
    return " and ".join(parts), parameters


def _units(scope: Scope, filters: Filters, names: Dimensions) -> list[str] | None:
    """The holders that are meant, None for all, also an unknown one."""
    if scope.everything and filters.unit_id is None:
        return None
    below = names.subtree(filters.unit_id) if filters.unit_id else np.ones(len(names.units), bool)
    meant = (unit.unit_id for unit, there in zip(names.units, below, strict=True) if there and unit.unit_id)
    return [unit_id for unit_id in meant if scope.everything or unit_id in scope.unit_ids]


def _status(group: str, parameters: dict[str, object]) -> str:
    """A status outside the contract is shown as work in hand."""
    parameters["statuses"] = [status for status, of in GROUP_OF_STATUS.items() if of == group]
    if group != "proses":
        return "status = any(%(statuses)s)"
    parameters["others"] = [status for status, of in GROUP_OF_STATUS.items() if of != group and of in GROUPS]
    return "not status = any(%(others)s)"
