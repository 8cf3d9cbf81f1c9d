"""The look in Python: tokens of assets/00-tokens.css, words and marks of statuses and grades, the Plotly template."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import plotly.io as pio

TOKENS_CSS = Path(__file__).parent.parent / "assets" / "00-tokens.css"
TEMPLATE = "ruang_pantau"


@dataclass(frozen=True)
class Status:
    """How one status is drawn: its word, its mark (class `mk-<mark>`) and the token of its colour."""

    label: str
    mark: str
    token: str


# In the order of a report's life, which is also the order of the bars from the baseline up.
STATUS = {
    "menunggu": Status("Menunggu", "menunggu", "menunggu"),
    "disposisi": Status("Disposisi", "disposisi", "disposisi"),
    "koordinasi": Status("Koordinasi", "koordinasi", "koordinasi"),
    "proses": Status("Proses", "proses", "proses"),
    "selesai": Status("Selesai", "selesai", "selesai"),
}
# Words that only a row of the feed needs.
CHANGES = STATUS | {
    "masuk": Status("Masuk", "menunggu", "menunggu"),
    "menunggu_validasi": Status("Validasi", "validasi", "selesai"),
    "tl_ditolak": Status("TL ditolak", "kembali", "text"),
}
GRADES = {"A": "grade-a", "B": "grade-b", "C": "grade-c", "D": "grade-d", "E": "grade-e"}


@cache
def tokens(theme: str) -> dict[str, str]:
    """Colour tokens of 'dark' or 'light' as {'menunggu': '#rrggbb'}. ValueError when the theme is not in the CSS."""
    css = TOKENS_CSS.read_text(encoding="utf-8")
    block = re.search(rf'\[data-bs-theme="{theme}"\]\s*{{(.*?)}}', css, re.DOTALL)
    if block is None:
        raise ValueError(f"{TOKENS_CSS.name} has no block for the theme '{theme}': use 'dark' or 'light'")
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block[1]))


def _template() -> go.layout.Template:
    """No colour decides here: CSS paints the marks by token, so one figure serves both themes and every viewer."""
    dark = tokens("dark")
    clear = "rgba(0,0,0,0)"
    axis = {"showgrid": False, "zeroline": False, "visible": False, "fixedrange": True}
    return go.layout.Template(
        layout={
            "paper_bgcolor": clear,
            "plot_bgcolor": clear,
            "colorway": [dark[status.token] for status in STATUS.values()],
            "font": {"family": '"Inter RP", system-ui, sans-serif', "color": dark["text"]},
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "separators": ",.",
            "showlegend": False,
            "xaxis": axis,
            "yaxis": axis,
        }
    )


pio.templates[TEMPLATE] = _template()
