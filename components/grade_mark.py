"""A grade as a letter in an outlined box: the letter in the colour of text, the outline in the grade's."""

from dash import html

from components.formats import DASH


def grade_mark(letter: str | None, size: str = "") -> html.Span:
    """`size` is '' (in a line of text), 'small' (in dense rows) or 'large' (beside the big figure). None: a dash."""
    if letter is None:
        return html.Span(DASH, className="gr none")
    return html.Span(letter, className=f"gr gr-{letter.lower()} {size}".strip(), title=f"Grade {letter}")
