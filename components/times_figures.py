"""A band of figures: what it is, how much, and the line of context under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html


@dataclass(frozen=True)
class Figure:
    """`value` in words with its unit; `href` the reports behind it; `context` text or components."""

    label: str
    value: str
    unit: str
    href: str | None
    context: object


def figures_band(figures: Sequence[Figure]) -> html.Dl:
    """The figures side by side, on phones two in a row."""
    return html.Dl([html.Div([html.Dt(figure.label), _value(figure)]) for figure in figures], className="tfig")


def _value(figure: Figure) -> html.Dd:
    words = [html.B(figure.value), html.Small(figure.unit)]
    value = dcc.Link(words, href=figure.href) if figure.href else html.Span(words)
    return html.Dd([value, html.Span(figure.context, className="context")])
