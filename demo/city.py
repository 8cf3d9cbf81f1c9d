"""The simulated city as tables in memory: `generate` is pure, decided by (until, months, seed) alone."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import numpy as np
import pandas as pd

from demo import arrivals, dirt, rows
from demo.catalogue import Catalogue, catalogue
from demo.clock import DAY, local_day, month_start, to_microseconds
from demo.journeys import Courses, Reports, travel
from demo.pace import Pace, office_median_hours, unit_paces
from demo.places import Geography, geography, repeats, scatter

LOCATED_ELSEWHERE = 0.23  # share of the other channels' reports that carry a point; JAKI always does: 92.7 % in all
SPOT_CATEGORY = 0.6  # at a heavy spot most complaints are about one thing
REPEAT_WINDOW = 2 * DAY
# Rain brings floods, full drains and fallen trees: factor on the share by month, January first.
RAINY = ("penanganan-banjir", "saluran-air", "pohon", "tutup-saluran")
RAIN = np.array([1.6, 1.7, 1.2, 1.0, 0.9, 0.8, 0.7, 0.7, 0.75, 0.9, 1.1, 1.3])


@dataclass(frozen=True)
class City:
    """What lasts while reports come and go."""

    book: Catalogue
    land: Geography
    laws: Pace
    median_hours: np.ndarray  # working median of an office, by category
    seed: int


@cache
def city(seed: int) -> City:
    """The lasting city of a seed."""
    book = catalogue()
    median = office_median_hours(book.categories["mean_resolution_hours"].to_numpy())
    return City(book, geography(book, seed), unit_paces(book, seed), median, seed)


def generate(until: datetime, months: int = 14, seed: int = 2026) -> dict[str, pd.DataFrame]:
    """Every table of the contract for `months` whole months and the running one up to `until` (aware datetime).

    Frames hold exactly the contract's columns, known dirty rows included (see `demo.dirt`); nothing in them is later
    than `until` but the dirty times.
    """
    start, stop = to_microseconds(month_start(until, months)), to_microseconds(until)
    rng = np.random.default_rng([seed, 0, stop])
    frames = span(rng, city(seed), start, stop, stop)
    return dirt.soil(rng, frames | rows.reference(city(seed).book), until)


def span(
    rng: np.random.Generator, place: City, start: int, stop: int, until: int, per_day: float = arrivals.PER_DAY
) -> dict[str, pd.DataFrame]:
    """Clean frames `report`, `report_event`, `ticket` of what came in during [start, stop), seen at `until`."""
    return followed(rng, place, arrivals.entry_times(rng, start, stop, per_day), until)


def followed(
    rng: np.random.Generator, place: City, entered: np.ndarray, until: int, taken: dict[str, int] | None = None
) -> dict[str, pd.DataFrame]:
    """Clean frames of new reports at the given times, each with its course up to `until`. `taken`: see rows.frames."""
    reports, point = enter(rng, place, entered)
    courses: Courses = travel(rng, reports, place.laws, place.median_hours, until)
    return rows.frames(rng, place.book, reports, point, courses, until, taken)


def enter(rng: np.random.Generator, place: City, entered: np.ndarray) -> tuple[Reports, np.ndarray]:
    """New reports at the given times and their points (n, 2), NaN where a report has none."""
    book, count = place.book, len(entered)
    kelurahan, spot, point = scatter(rng, book, place.land, count)
    category = _categories(rng, book, entered)
    at_spot = (spot >= 0) & (rng.random(count) < SPOT_CATEGORY)
    category[at_spot] = place.land.spot_category[spot[at_spot]]
    repeat, original = repeats(rng, entered, REPEAT_WINDOW)
    kelurahan[repeat], category[repeat] = kelurahan[original], category[original]
    point[repeat] = point[original] + rng.normal(0, 0.00005, (len(repeat), 2))
    channel = rng.choice(len(book.channels), count, p=book.channels["share"])
    located = book.channels["geotag"].to_numpy(bool)[channel] | (rng.random(count) < LOCATED_ELSEWHERE)
    point[~located] = np.nan
    keeps = rng.random(count) < book.categories["kelurahan_share"].to_numpy()[category]
    kota = book.kelurahan_kota[kelurahan]
    return Reports(
        entered=entered,
        kelurahan=kelurahan,
        category=category,
        channel=channel.astype(np.int16),
        located=located,
        home=book.home_unit[kelurahan],
        office=book.office[category],
        branch=book.branch[category, kota],
        keeps=keeps,
    ), point


def _categories(rng: np.random.Generator, book: Catalogue, entered: np.ndarray) -> np.ndarray:
    share = book.categories["share"].to_numpy()
    rainy = book.categories["category_id"].isin(RAINY).to_numpy()
    month = local_day(entered).astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    category = np.empty(len(entered), dtype=np.int16)
    for number in range(12):
        mine = month == number
        weight = share * np.where(rainy, RAIN[number] / RAIN.mean(), 1.0)
        category[mine] = rng.choice(len(share), mine.sum(), p=weight / weight.sum())
    return category
