"""Tables of figures: a caption, a head, rows of text. Numbers are formatted by the caller and keep to the right."""

from collections.abc import Iterable, Sequence

from dash import html


def figures_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> html.Table:
    """A table whose first column names the row."""
    return html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([html.Th(name, scope="col") for name in head])),
            html.Tbody([html.Tr([html.Th(row[0], scope="row"), *map(html.Td, row[1:])]) for row in rows]),
        ],
        className="figures-table",
    )
