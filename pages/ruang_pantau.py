"""Ruang Pantau `/`: the wall of the monitoring room."""

from dash import html, register_page

register_page(__name__, path="/", name="Ruang Pantau", title="Ruang Pantau", order=1)


def layout(**_query):
    """The empty frame of the wall; live panels are filled by the snapshot."""
    return html.Main(id="ruang-pantau")
