"""The heat panel: where the reports of the last seven days are, and who waits where."""

from functools import cache, lru_cache

import numpy as np

from components import density_map, ids
from components.basemap import Mark, Sheet
from components.density_map import part
from components.formats import integer
from components.number_link import maybe_link
from components.panels import panel
from data_access import boundaries, density, geography, waiting
from data_access.filters import Filters
from data_access.frame import Frame, microseconds
from data_access.live import State
from data_access.settings import settings
from pages import _wall_links

MAP = "peta"
POINT_DECIMALS = 3  # about 100 m: a wall needs no one's door
PARTS = (
    (part(MAP, "classes"), "data"),
    (part(MAP, "marks"), "data"),
    (part(MAP, "labels"), "data"),
    (part(MAP, "summary"), "children"),
    (part(MAP, "islands"), "children"),
    (ids.MAP_FACT, "children"),
)


def density_panel():
    """The panel with the map mounted in it; only its figures change later."""
    drawing = density_map.density_map(
        MAP, _lines(), geography.mainland_rings(), settings().tile_url, settings().tile_attribution
    )
    return panel("Kepadatan laporan, 7 hari", ids.MAP_BODY, fact_id=ids.MAP_FACT, class_name="peta", body=drawing)


def parts(frame: Frame, state: State, filters: Filters) -> dict:
    """Heat of the last days and the waiting reports of now."""
    as_of_us = microseconds(state.as_of)
    heat = density.last_days(frame, as_of_us)
    marks = _marks(frame, as_of_us)
    return {
        (part(MAP, "classes"), "data"): density_map.classes_geojson(heat.counts, geography.wall_areas_km2()),
        (part(MAP, "marks"), "data"): density_map.marks_geojson(marks, _sheet()),
        (part(MAP, "labels"), "data"): _labels(tuple(mark for mark in marks if mark.over_24h)),
        (part(MAP, "summary"), "children"): density_map.map_summary(heat.located_count, heat.total_count, marks),
        (part(MAP, "islands"), "children"): density_map.islands_text(int(heat.counts[geography.island_cells()].sum())),
        (ids.MAP_FACT, "children"): _fact(heat, filters),
    }


def _fact(heat: density.Density, filters: Filters) -> list:
    hours = density.DAYS * 24
    located = maybe_link(integer(heat.located_count), _wall_links.within(filters, hours, "ya"), heat.located_count)
    total = maybe_link(integer(heat.total_count), _wall_links.within(filters, hours), heat.total_count)
    return [located, " bertitik dari ", total]


def _marks(frame: Frame, as_of_us: int) -> list[Mark]:
    now = waiting.now_waiting(frame, as_of_us)
    shown = (now.hours > waiting.RESPONSE_LIMIT_HOURS) & ~np.isnan(frame.latitude[now.positions])
    return [
        Mark(
            latitude=round(float(frame.latitude[position]), POINT_DECIMALS),
            longitude=round(float(frame.longitude[position]), POINT_DECIMALS),
            hours=int(hours),
            kelurahan_name=frame.names.kelurahan[frame.kelurahan[position]][1],
            over_24h=bool(hours > waiting.WARNING_LIMIT_HOURS),
        )
        for position, hours in zip(now.positions[shown], now.hours[shown], strict=True)
    ]


@lru_cache(maxsize=64)  # finding room for the names costs more than all figures; whole hours change seldom
def _labels(marks: tuple[Mark, ...]) -> dict:
    return density_map.labels_geojson(marks, _sheet())


@cache
def _lines() -> dict:
    return boundaries.mainland()


@cache
def _sheet() -> Sheet:
    return density_map.sheet_of(_lines())
