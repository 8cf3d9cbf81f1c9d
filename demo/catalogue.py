"""The reference rows the city is made from: units, channels, categories, kelurahan and their map cells."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import h3
import numpy as np
import pandas as pd

import data_access

HERE = Path(__file__).parent / "reference"
SHARED = Path(data_access.__file__).parent / "reference"
KOTA = ("31.01", "31.71", "31.72", "31.73", "31.74", "31.75")


@dataclass(frozen=True)
class Catalogue:
    """Reference frames plus the look-ups the generator leans on. Unit numbers are row numbers of `units`.

    kelurahan_kota: (267,) index into KOTA. cell_kelurahan: (6202,) index into `kelurahan`;
    cell_corners: (6202, 7, 2) centre and six corners as latitude, longitude.
    home_unit: (267,) unit of each kelurahan. office: (categories,) unit that does the work;
    branch: (categories, 6) its Sudin in each kota, -1 where there is none.
    """

    units: pd.DataFrame
    channels: pd.DataFrame
    categories: pd.DataFrame
    kelurahan: pd.Index
    kelurahan_kota: np.ndarray
    cell_kelurahan: np.ndarray
    cell_corners: np.ndarray
    home_unit: np.ndarray
    office: np.ndarray
    branch: np.ndarray


@cache
def catalogue() -> Catalogue:
    """Read the reference files once per process."""
    units, channels, categories = (_table(name) for name in ("units", "channels", "categories"))
    cells = pd.read_csv(SHARED / "h3-kelurahan.csv", dtype=str)
    kelurahan = pd.Index(sorted(cells["kelurahan_code"].unique()))
    number = pd.Series(np.arange(len(units)), index=units["unit_id"])
    return Catalogue(
        units=units,
        channels=channels,
        categories=categories,
        kelurahan=kelurahan,
        kelurahan_kota=np.array([KOTA.index(code[:5]) for code in kelurahan], dtype=np.int16),
        cell_kelurahan=kelurahan.get_indexer(cells["kelurahan_code"]).astype(np.int16),
        cell_corners=np.array([_corners(cell) for cell in cells["h3_cell"]]),
        home_unit=number[[f"W-{code}" for code in kelurahan]].to_numpy(np.int16),
        office=number[categories["holder"]].to_numpy(np.int16),
        branch=_branches(categories["holder"], number),
    )


def _table(name: str) -> pd.DataFrame:
    # Words such as NA are names here, never missing values.
    frame = pd.read_csv(HERE / f"{name}.csv", keep_default_na=False, na_values=[""])
    return frame.astype({"wilayah_code": object}) if name == "units" else frame


def _corners(cell: str) -> np.ndarray:
    corners = list(h3.cell_to_boundary(cell))
    # A pentagon has five corners; repeat the last one so that all cells have six.
    corners += corners[-1:] * (6 - len(corners))
    return np.array([h3.cell_to_latlng(cell), *corners[:6]])


def _branches(holders: pd.Series, number: pd.Series) -> np.ndarray:
    branch = np.full((len(holders), len(KOTA)), -1, dtype=np.int16)
    for row, holder in enumerate(holders):
        kind, _, stem = holder.partition("-")
        prefix = {"D": "S", "B": "SB"}.get(kind)
        for column, kota in enumerate(KOTA):
            branch[row, column] = number.get(f"{prefix}-{stem}-{kota}", -1)
    return branch
