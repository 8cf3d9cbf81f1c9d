"""The one panel of every screen: a rule, a title, one fact, a body. Ruled, not boxed."""

from dash import dcc, html

from components.states import first_load


def panel(
    title,
    body_id: str,
    *,
    fact_id: str,
    fact_href: str | None = None,
    about: str | None = None,
    class_name: str = "",
    body=None,
):
    """A section whose body and fact are filled later by their ids; `body` is what is there from the start, if anything.

    `title` is text or components, `fact_href` opens the reports behind the fact, `about` is what the title links to.
    """
    heading = html.H2(dcc.Link(title, href=about) if about else title)
    fact = dcc.Link(first_load(), id=fact_id, href=fact_href) if fact_href else html.Span(first_load(), id=fact_id)
    return html.Section(
        [
            html.Div([heading, html.Div(fact, className="fact")], className="head"),
            html.Div(first_load() if body is None else body, id=body_id, className="body"),
        ],
        className=f"p {class_name}".strip(),
    )
