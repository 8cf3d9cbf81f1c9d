"""A number that opens the reports behind it."""

from dash import html


def maybe_link(text, href: str | None, count: int | None = None):
    """As `number_link` without a look of its own; the text alone without an address, or when there is nothing."""
    return number_link(text, href, count, class_name="to-list") if href and count != 0 else text


def number_link(text, href: str, count: int | None = None, class_name: str = "num", **rest) -> html.A:
    """`text` (or components) as a link to a list, opened without loading the frame anew (assets/15-live.js).

    `count`: how many reports the list holds; None when the number is no count of reports (a mean, a share, a
    difference). A test opens every list and compares. `rest`: further properties of the link.
    """
    counted = {} if count is None else {"data-count": str(count)}
    return html.A(text, href=href, className=class_name, **{"data-page": ""}, **counted, **rest)
