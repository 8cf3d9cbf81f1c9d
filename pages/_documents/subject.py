"""Whom a document is about: the province or a unit, with every unit below it."""

from dataclasses import dataclass

import numpy as np

from data_access.dimensions import Dimensions, Unit
from data_access.filters import Filters

PROVINCE_NAME = "Provinsi Daerah Khusus Ibukota Jakarta"
# Type of the subject -> levels ranked below it, by their names in data_access.levels.LEVELS.
LEVELS_BELOW = {
    "": ("kota", "skpd"),
    "kota": ("kecamatan", "kelurahan"),
    "kabupaten": ("kecamatan", "kelurahan"),
    "kecamatan": ("kelurahan",),
    "dinas": ("sudin", "upt"),
    "badan": ("sudin", "upt"),
    "biro": ("upt",),
}
OFFICES = {"kecamatan": "Camat", "kelurahan": "Lurah", "": "Gubernur"}
KINDS_OF_NAMES = ("Kelurahan ", "Kecamatan ", "Provinsi ")
TITLES = ("Walikota ", "Bupati ")


class UnknownSubject(ValueError):
    """The CRM knows no such unit; the message is one line."""


@dataclass(frozen=True, eq=False)
class Subject:
    """`unit` None for the province; `inside` bool per unit code of the frame: its own and those below it."""

    unit: Unit | None
    code: int
    inside: np.ndarray

    @property
    def kind(self) -> str:
        return self.unit.unit_type if self.unit else ""

    @property
    def unit_id(self) -> str:
        return self.unit.unit_id if self.unit else ""

    @property
    def name(self) -> str:
        """'Kota Administrasi Jakarta Pusat', 'Kelurahan Gambir', 'Dinas Bina Marga'."""
        if self.unit is None:
            return PROVINCE_NAME
        title = next((title for title in TITLES if self.unit.name.startswith(title)), "")
        return self.unit.name.removeprefix(title)

    @property
    def office(self) -> str:
        """Whose authority it is: 'Walikota Kota Administrasi Jakarta Pusat', 'Lurah Gambir'."""
        title = OFFICES.get(self.kind)
        if title is None:
            return self.unit.name
        kind = next((kind for kind in KINDS_OF_NAMES if self.name.startswith(kind)), "")
        return f"{title} {self.name.removeprefix(kind)}"

    @property
    def head(self) -> str:
        """To whom one writes: 'Lurah Gambir', 'Kepala Dinas Bina Marga'."""
        titled = self.kind in OFFICES or self.office.startswith(TITLES)
        return self.office if titled else f"Kepala {self.office}"

    @property
    def levels_below(self) -> tuple[str, ...]:
        return LEVELS_BELOW.get(self.kind, ())

    def filters(self, period: str | None) -> Filters:
        """What the screens are narrowed to for the same figures."""
        return Filters(period=period, unit_id=self.unit_id or None)


def subject(unit_id: str, names: Dimensions) -> Subject:
    """Raises UnknownSubject."""
    if unit_id == "":
        return Subject(None, 0, np.ones(len(names.units), bool))
    code = names.unit_code(unit_id)
    if not code:
        raise UnknownSubject(f"the CRM knows no unit {unit_id!r}")
    return Subject(names.units[code], code, names.subtree(unit_id))
