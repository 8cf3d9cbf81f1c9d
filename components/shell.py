"""The frame of the whole product: the strip on top, the page below, and the mark of simulated data on both edges."""

from dash import dcc, html

from components import ids
from components.strip import strip_frame

SIMULATION_SENTENCE = "Data simulasi: kota tiruan, bukan laporan warga"


def shell(nav_items, page_container, simulated: bool) -> html.Div:
    """The layout of the app. `nav_items` are (label, href) pairs of pages that exist."""
    children = [
        dcc.Location(id=ids.LOCATION, refresh="callback-nav"),
        dcc.Store(id=ids.SNAPSHOT),
        strip_frame(nav_items, simulated),
        html.Div(page_container, className="page"),
    ]
    if simulated:
        # Three times, so that no crop of the lower edge loses it.
        children.append(html.Footer([html.Span(SIMULATION_SENTENCE)] * 3, className="simulation-line"))
    return html.Div(children, className="app simulated" if simulated else "app")
