"""The way to the other screens. Only screens that exist are links; nothing leads nowhere."""

import dash_bootstrap_components as dbc
from dash import html

# The order of the links; a screen is shown once a page is registered under its address.
ORDER = (
    ("Ruang Pantau", "/"),
    ("Peta", "/peta"),
    ("Peringkat", "/peringkat"),
    ("Waktu", "/waktu"),
    ("Kanal", "/kanal"),
    ("Monitor TKD", "/tkd"),
    ("Peringatan", "/peringatan"),
    ("Laporan", "/laporan"),
    ("Beban", "/beban"),
    ("Dokumen", "/dokumen"),
    ("Aturan", "/aturan"),
)


def nav_items(registered_paths) -> list[tuple[str, str]]:
    """(label, href) of the screens whose path is among the registered ones, in fixed order."""
    paths = set(registered_paths)
    return [(label, href) for label, href in ORDER if href in paths]


def navigation(items) -> html.Nav:
    """The row of links of (label, href) pairs; the present screen gets the class `active`."""
    links = [
        dbc.NavLink(label, href=href, active="exact" if href == "/" else "partial", class_name="link")
        for label, href in items
    ]
    return html.Nav(links, **{"aria-label": "Layar"})
