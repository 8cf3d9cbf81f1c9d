"""Where reports lie: few kelurahan with many, heavy spots, and serial repeaters at one point."""

from dataclasses import dataclass

import numpy as np

from demo.catalogue import Catalogue

# Share of the city's reports by kota: what stayed with the kelurahan in March 2021 (Kepulauan Seribu by judgement).
KOTA_SHARE = np.array([0.001, 0.157, 0.094, 0.174, 0.276, 0.298])
# The five kelurahan with most, March 2021: together 15 %.
HEAVY = {
    "31.74.01.1005": 0.037,  # Bukit Duri
    "31.71.01.1001": 0.037,  # Gambir
    "31.75.09.1003": 0.030,  # Kelapa Dua Wetan
    "31.75.09.1002": 0.027,  # Cibubur
    "31.75.07.1002": 0.019,  # Pondok Bambu
}
SPOTS = 900
SPOT_SHARE = 0.24  # located reports that fall on a heavy spot
SPOT_SPREAD_DEGREES = 0.00012  # about 13 m: the phone's own error
REPEAT_SHARE = 0.06  # reports that repeat one of the last 48 hours: same point, same category


@dataclass(frozen=True)
class Geography:
    """Fixed by the seed. Weights sum to 1; spot arrays have one row per heavy spot, cell arrays one per map cell."""

    kelurahan_weight: np.ndarray
    cell_weight: np.ndarray
    spot_weight: np.ndarray
    spot_kelurahan: np.ndarray
    spot_category: np.ndarray
    spot_point: np.ndarray


def geography(book: Catalogue, seed: int) -> Geography:
    """Draw the city's lasting habits: weights of kelurahan and cells, and the heavy spots with their category."""
    rng = np.random.default_rng([seed, 1])
    weight = kelurahan_weights(rng, book)
    cell_weight = _cell_weights(rng, book, weight)
    cells = rng.choice(len(cell_weight), SPOTS, p=cell_weight)
    shares = book.categories["share"].to_numpy()
    return Geography(
        kelurahan_weight=weight,
        cell_weight=cell_weight,
        spot_weight=_zipf(SPOTS, 0.7),
        spot_kelurahan=book.cell_kelurahan[cells],
        spot_category=rng.choice(len(shares), SPOTS, p=shares / shares.sum()).astype(np.int16),
        spot_point=_point_in_cell(rng, book.cell_corners[cells]),
    )


def kelurahan_weights(rng: np.random.Generator, book: Catalogue) -> np.ndarray:
    """Share of all reports of each kelurahan: the five heavy ones as published, Zipf-like below them in each kota."""
    weight = np.zeros(len(book.kelurahan))
    heavy = book.kelurahan.get_indexer(list(HEAVY))
    weight[heavy] = list(HEAVY.values())
    for kota, share in enumerate(KOTA_SHARE):
        members = np.flatnonzero((book.kelurahan_kota == kota) & (weight == 0))
        left = share - weight[book.kelurahan_kota == kota].sum()
        weight[rng.permutation(members)] = left * _zipf(len(members), 0.45)
    return weight / weight.sum()


def scatter(
    rng: np.random.Generator, book: Catalogue, land: Geography, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Kelurahan number, heavy spot (-1: none) and point (count, 2: latitude, longitude) of `count` reports."""
    cell = rng.choice(len(land.cell_weight), count, p=land.cell_weight)
    point = _point_in_cell(rng, book.cell_corners[cell])
    kelurahan = book.cell_kelurahan[cell].copy()
    spot = np.where(rng.random(count) < SPOT_SHARE, rng.choice(SPOTS, count, p=land.spot_weight), -1)
    on = spot >= 0
    kelurahan[on] = land.spot_kelurahan[spot[on]]
    point[on] = land.spot_point[spot[on]] + rng.normal(0, SPOT_SPREAD_DEGREES, (on.sum(), 2))
    return kelurahan, spot, point


def repeats(rng: np.random.Generator, entered: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (repeat, original) of row numbers: the original came at most `window` microseconds earlier."""
    repeat = np.flatnonzero(rng.random(len(entered)) < REPEAT_SHARE)
    oldest = np.searchsorted(entered, entered[repeat] - window)
    original = oldest + (rng.random(len(repeat)) * (repeat - oldest)).astype(np.int64)
    usable = (original < repeat) & ~np.isin(original, repeat)
    return repeat[usable], original[usable]


def _zipf(count: int, exponent: float) -> np.ndarray:
    weight = np.arange(1, count + 1, dtype=float) ** -exponent
    return weight / weight.sum()


def _cell_weights(rng: np.random.Generator, book: Catalogue, kelurahan_weight: np.ndarray) -> np.ndarray:
    raw = rng.gamma(0.6, 1.0, len(book.cell_kelurahan)) + 0.05
    total = np.bincount(book.cell_kelurahan, raw, len(kelurahan_weight))
    weight = raw / total[book.cell_kelurahan] * kelurahan_weight[book.cell_kelurahan]
    return weight / weight.sum()


def _point_in_cell(rng: np.random.Generator, corners: np.ndarray) -> np.ndarray:
    """A point spread evenly over each cell: one of its six triangles, then inside it. Kept off the very edge."""
    rows = np.arange(len(corners))
    side = rng.integers(0, 6, len(corners))
    first, second = corners[rows, side + 1], corners[rows, (side + 1) % 6 + 1]
    a, b = rng.random((2, len(corners), 1)) * 0.98
    a, b = np.where(a + b > 0.98, 0.98 - a, a), np.where(a + b > 0.98, 0.98 - b, b)
    centre = corners[:, 0]
    return centre + a * (first - centre) + b * (second - centre)
