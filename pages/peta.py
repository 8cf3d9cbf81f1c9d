"""Peta `/peta`: where the reports of seven days are, and where there are more than usual."""

from dash import ClientsideFunction, Input, clientside_callback, html, register_page

from components import ids, peta_map, peta_scale, peta_spots, peta_time, states
from components.filters import filter_bar
from components.panels import panel
from data_access.day_window import counts_by_day, date_of
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings
from pages import _filters
from pages._peta import ground, hot, words
from pages._peta.hot import HotList
from pages._peta.reading import ASKS, Reading, reading
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path="/peta", name="Peta", title="Peta", order=2)

PARTS = (
    *_filters.PARTS,
    (ids.PETA_HEAD, "children"),
    (ids.PETA_FACT, "children"),
    (ids.PETA_DATA, "data"),
    (ids.PETA_SCALE, "children"),
    (ids.PETA_ISLANDS, "children"),
    (ids.PETA_SUMMARY, "children"),
    (ids.PETA_TIME, "children"),
    (ids.PETA_SLIDER, "max"),
    (ids.PETA_SLIDER, "value"),
    (ids.PETA_TABLE, "children"),
    (ids.PETA_SPOTS, "children"),
    (ids.PETA_SPOTS_FACT, "children"),
    (ids.PETA_POINTS, "children"),
)
clientside_callback(
    ClientsideFunction("ruangPantau", "petaDraw"),
    Input(ids.PETA_SHAPES, "data"),
    Input(ids.PETA_DATA, "data"),
    prevent_initial_call=True,
)


def layout(**_query):
    """The frame of the screen: the map without figures, empty panels."""
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.PETA_HEAD),
            filter_bar(),
            html.Div([_map_panel(), _spots_panel()], className="peta-kisi-layar"),
        ],
        className="desk peta-meja",
        **view_of("peta", ASKS),
    )


def _map_panel():
    drawing = peta_map.map_frame(ground.lines(), ground.shapes(), settings().tile_url, settings().tile_attribution)
    beside = html.Div([html.Div(id=ids.PETA_ISLANDS), html.Div(id=ids.PETA_SCALE)], className="peta-tepi")
    body = [
        html.Div([beside, drawing], className="peta-dan-tepi"),
        peta_time.time_frame(),
        html.Div([html.Div(id=ids.PETA_TABLE), html.Div(id=ids.PETA_POINTS)], className="peta-kaki"),
    ]
    return panel("Peta", ids.PETA_BODY, fact_id=ids.PETA_FACT, class_name="peta-kartu", body=body)


def _spots_panel():
    return panel(
        "Titik panas",
        ids.PETA_SPOTS_BODY,
        fact_id=ids.PETA_SPOTS_FACT,
        class_name="peta-titik-panas",
        body=html.Div(states.first_load(), id=ids.PETA_SPOTS),
    )


@live_view("peta", *PARTS, asks=ASKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The screen for one state of the data."""
    filters, notice = _filters.chosen(query)
    parts = _filters.parts(filters, notice, state)
    return parts | panel_or_error(ids.PETA_FACT, state, lambda: _screen(reading(scope, query, state, filters)))


@live_view("peta-hari", asks=ASKS)
def build_days(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The map of every day of the time bar, asked for by assets/81-peta.js when it plays or slides."""
    filters, _ = _filters.chosen(query)
    return {("peta-hari", "data"): ground.every_day(reading(scope, query, state, filters))}


def _screen(asked: Reading) -> dict:
    found = hot.hot_list(asked)
    links = {"cell": asked.list_of_week(cell="SEL"), "area": asked.list_of_week(area_code="WILAYAH")}
    data = peta_map.map_data(asked.mode, ground.ground(asked), found.rings, ground.scale_names(asked), links)
    return {
        (ids.PETA_HEAD, "children"): words.head(asked),
        (ids.PETA_FACT, "children"): words.fact(asked),
        (ids.PETA_DATA, "data"): data,
        (ids.PETA_SCALE, "children"): peta_scale.scale(asked.measure),
        (ids.PETA_ISLANDS, "children"): peta_scale.islands(ground.islands(asked)),
        (ids.PETA_SUMMARY, "children"): words.summary(asked, found),
        (ids.PETA_TABLE, "children"): [words.finding(asked), words.table(asked)],
        **_time(asked),
        **_spots(asked, found),
    }


def _spots(asked: Reading, found: HotList) -> dict:
    return {
        (ids.PETA_SPOTS, "children"): [
            peta_spots.spots(found.rows, words.no_spots(asked, found)),
            html.P(words.method(found), className="foot"),
        ],
        (ids.PETA_SPOTS_FACT, "children"): words.spots_fact(found),
        (ids.PETA_POINTS, "children"): words.point_rows(asked, found),
    }


def _time(asked: Reading) -> dict:
    first, last = asked.days
    before = peta_time.DAYS - 1
    counts = counts_by_day(asked.frame, first - before, last, asked.as_of_us).tolist()
    days = [
        peta_time.Day(
            on=date_of(day),
            count=counts[place + before],
            week_count=sum(counts[place : place + peta_time.DAYS]),
            first=date_of(day - before),
            href=asked.day_choice(day),
        )
        for place, day in enumerate(range(first, last + 1))
    ]
    chosen = asked.window.end_day - first
    return {
        (ids.PETA_TIME, "children"): peta_time.bars(days, chosen),
        (ids.PETA_SLIDER, "max"): last - first,
        (ids.PETA_SLIDER, "value"): chosen,
    }
