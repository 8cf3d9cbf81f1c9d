"""Kanal & kategori `/kanal`: where reports come from, what they are about, and whether a channel has gone silent."""

from dash import html, register_page

from components import ids, states
from components.desk import desk_head
from components.filters import filter_bar
from data_access.live import State
from data_access.scope import Scope
from pages import _filters
from pages._asked import asked
from pages._kanal import months, points, silence
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path="/kanal", name="Kanal & kategori", title="Kanal & kategori", order=9)

ASKS = _filters.QUERY_NAMES
PARTS = ((ids.CHANNELS_HEAD, "children"), *points.PARTS)


def layout(**_query):
    """The frame of the screen: titles and empty panels, filled by the snapshot."""
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.CHANNELS_HEAD),
            filter_bar(),
            html.Div([silence.section(), points.section(), months.section()], className="grid12"),
        ],
        className="desk channels",
        **view_of("kanal", ASKS),
    )


@live_view("kanal", *PARTS, *_filters.PARTS, asks=ASKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """What a frame can answer, for one state of the data."""
    question = asked(scope, query, state)
    title = desk_head([("Ruang Pantau", "/"), ("Kanal & kategori", None)], "Kanal dan kategori", question.words)
    parts = {(ids.CHANNELS_HEAD, "children"): title} | _filters.parts(question.filters, question.notice, state)
    return parts | panel_or_error(ids.CHANNELS_POINTS_FACT, state, lambda: points.parts(question))
