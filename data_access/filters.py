"""What a screen is narrowed to, the same on every screen: where reports lie, who holds them, of what kind they are."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data_access.dimensions import Dimensions
from data_access.frame import Frame
from data_access.scope import Scope
from data_access.selection import visible
from data_access.status import GROUP_OF_CODE, GROUPS


@dataclass(frozen=True)
class Filters:
    """None: all. `period` is 'YYYY-MM' of entry, None for the running month; the others are identifiers of the CRM.

    `area_code`: kota, kecamatan or kelurahan in which the report lies. `unit_id`: the holder, with every unit below it.
    `status`: one of the five groups of `data_access.status.GROUPS`.
    """

    period: str | None = None
    area_code: str | None = None
    unit_id: str | None = None
    category_id: str | None = None
    channel_id: str | None = None
    status: str | None = None


def narrowed(scope: Scope, frame: Frame, filters: Filters) -> Frame:
    """The rows a viewer may see and asked for, of all periods the frame holds."""
    frame = visible(scope, frame, filters.unit_id)
    conditions = list(masks(frame, filters))
    return frame.only(np.logical_and.reduce(conditions)) if conditions else frame


def seen_rows(scope: Scope, frame: Frame, filters: Filters) -> np.ndarray:
    """bool per row of `frame`: `narrowed` would keep it."""
    units = frame.names.units
    inside = np.array([scope.everything or unit.unit_id in scope.unit_ids for unit in units])
    if filters.unit_id is not None:
        inside &= frame.names.subtree(filters.unit_id)
    return np.logical_and.reduce([inside[frame.unit], *masks(frame, filters)])


def masks(frame: Frame, filters: Filters) -> Iterator[np.ndarray]:
    """bool per row for each filter that was chosen, but the holder and the period."""
    codes = frame.names.code_of
    if filters.area_code:
        yield inside(filters.area_code, frame.names)[frame.kelurahan]
    if filters.category_id:
        yield frame.category == codes["category"].get(filters.category_id, 0)
    if filters.channel_id:
        yield frame.channel == codes["channel"].get(filters.channel_id, 0)
    if filters.status:
        yield GROUP_OF_CODE[frame.status] == GROUPS.index(filters.status)


def inside(area_code: str, names: Dimensions) -> np.ndarray:
    """bool per kelurahan code of the frame: it lies in the kota, kecamatan or kelurahan of this code."""
    return np.array([code == area_code or code.startswith(f"{area_code}.") for code, _ in names.kelurahan])
