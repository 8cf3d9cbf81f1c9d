"""The parts of the band that answers in ten seconds: cells with one big figure each, and the bar of chances."""

from dash import html

from components.grade_mark import grade_mark

NARROW_SHARE = 0.17  # of the bar; a narrower piece has no room for its letter and figure


def cell(title: str, class_name: str, *content) -> html.Div:
    """A cell under its title; a content of None is left out."""
    return html.Div([html.H2(title), *(part for part in content if part is not None)], className=class_name)


def answer(figure: str, grade: str | None = None, unit: str = "") -> html.Div:
    """The figure that is the answer, with its grade beside it when it has one."""
    number = html.Span([figure, html.Small(unit)] if unit else figure, className="big")
    return html.Div([number, grade_mark(grade, "large") if grade else None], className="fig")


def chance_text(share: float) -> str:
    """A probability in hundredths, never quite certain: 0.482 -> '48', 0.999 -> '>99', 0.001 -> '<1'."""
    if share < 0.01:
        return "<1"
    return ">99" if share > 0.99 else f"{share * 100:.0f}"


def chance_bar(chances: dict[str, float]) -> html.Div:
    """One bar of all grades that have a chance, in shares of its width, best first."""
    there = {letter: share for letter, share in chances.items() if share > 0}
    pieces = [
        html.Span(
            f"{letter} {chance_text(share)}" if share >= NARROW_SHARE else "",
            className=f"gr-{letter.lower()}",
            style={"width": f"{share:.1%}"},
            title=f"{letter} {chance_text(share)}%",
        )
        for letter, share in there.items()
    ]
    words = ", ".join(f"{letter} {chance_text(share)} persen" for letter, share in there.items())
    return html.Div(pieces, className="pbar", role="img", **{"aria-label": f"Peluang {words}"})
