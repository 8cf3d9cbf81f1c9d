"""What the screens for desks share: the head of the page, a finding, a caveat, choices and buttons."""

from dash import dcc, html


def desk_head(crumbs, title: str, sub, tools=None) -> html.Div:
    """Where one is, what this is, and at the right what one may choose. `crumbs` are (label, href or None) pairs."""
    way = []
    for label, href in crumbs:
        way += [" › ", dcc.Link(label, href=href) if href else html.Span(label)]
    words = [html.P(way[1:], className="crumb"), html.H1(title), html.P(sub, className="sub")]
    return html.Div([html.Div(words), html.Div(tools, className="tools")], className="desk-head")


def lead(children) -> html.P:
    """The finding of a panel in one or two sentences, made from its data."""
    return html.P(children, className="lead")


def foot(children) -> html.P:
    """The caveat under a panel."""
    return html.P(children, className="foot")


def in_pieces(where: str) -> html.Span:
    """'JK26 · Kel. Koja' as pieces that a narrow line breaks between, never within; a dot would dangle there."""
    return html.Span([html.Span(piece) for piece in where.split(" · ")], className="pcs")


def choice(options, label: str) -> html.Span:
    """A row of joined links of which one is chosen. `options` are (words, href, chosen); the page is not left."""
    links = [_option(words, href, chosen) for words, href, chosen in options]
    return html.Span(links, className="seg", role="group", **{"aria-label": label})


def _option(words, href: str, chosen: bool) -> html.A:
    state = {"aria-current": "true"} if chosen else {}
    return html.A(words, href=href, className="on" if chosen else "", **{"data-stay": "", **state})
