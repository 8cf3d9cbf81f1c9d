"""The strip that never rotates away: clock, freshness, cut-off, and the five figures."""

from dash import html

from components import ids
from components.formats import DASH, decimal, integer, long_duration, percent, signed
from components.marks import mark
from components.navigation import navigation
from components.number_link import maybe_link

LABELS = ("Masuk hari ini", "Menunggu > 6 jam", "Menunggu > 24 jam", "Selesai bulan ini", "Rerata waktu penyelesaian")
THEME_BUTTON = "Ganti tema terang atau gelap"
LINE_LENGTH = 31  # characters that fit under a figure of the wall


def strip_frame(nav_items, simulated: bool) -> html.Header:
    """The permanent header. Clock, date, freshness and countdown are drawn by the browser, so they start empty."""
    top = [
        html.P([html.B(id=ids.CLOCK), " ", html.Span("WIB")], className="clock"),
        html.P([html.B(id=ids.DATE), html.Span("Ruang Pantau · CRM Jakarta")], className="date"),
        html.P("DATA SIMULASI", className="simulation") if simulated else None,
        navigation(nav_items),
        _freshness(),
        _countdown(),
        _theme_button(),
    ]
    return html.Header(
        [
            html.Div(top, className="top"),
            html.Dl(first_figures(), id=ids.FIGURES, className="figs"),
            html.P(id=ids.FILTER_LINE, className="scope"),
        ],
        className="strip",
    )


def first_figures() -> list[html.Div]:
    """The five figures before the first data: labels at once, values as an en dash."""
    return [_figure(label, DASH, "", kind=kind) for label, kind in zip(LABELS, ("", "warn", "", "", ""), strict=True)]


def figures(strip, links: dict[str, str] | None = None) -> list[html.Div]:
    """The five figures as <div> of a <dl>. `strip` has the attributes named in the five functions below.

    `links`: addresses of the lists behind 'entered', 'over_6h', 'over_24h', 'completed', 'total', 'resolution'.
    """
    return [make(strip, links or {}) for make in (_entered, _over_6h, _over_24h, _completed, _resolution)]


def _entered(strip, links) -> html.Div:
    usual = strip.usual_today_count
    context = "sejak 00.00 WIB" if usual is None else f"biasanya {integer(usual)} pada {strip.usual_label}"
    count = strip.entered_today_count
    return _figure(LABELS[0], integer(count), context, link=(links.get("entered"), count))


def _over_6h(strip, links) -> html.Div:
    places = strip.waiting_over_6h_kelurahan_count
    change = _change(strip.waiting_over_6h_change, strip.change_since)
    context = _joined(change, f"di {integer(places)} kelurahan" if places else "")
    if len(context) > LINE_LENGTH:
        context = context.replace("kelurahan", "kel.")
    count = strip.waiting_over_6h_count
    shape = "batas" if count else None  # a mark says that somebody waits
    link = (links.get("over_6h"), count)
    return _figure(LABELS[1], integer(count), context or "tidak ada saat ini", shape=shape, kind="warn", link=link)


def _over_24h(strip, links) -> html.Div:
    count = strip.waiting_over_24h_count
    if count == 0:
        last = strip.last_over_24h
        return _figure(LABELS[2], "0", f"terakhir {last}" if last else "tidak ada saat ini", kind="calm")
    longest = strip.longest_waiting_minutes
    context = f"terlama {long_duration(longest)}" if longest is not None else ""
    link = (links.get("over_24h"), count)
    return _figure(LABELS[2], integer(count), context, shape="menunggu", kind="alarm", link=link)


def _completed(strip, links) -> html.Div:
    before = ""
    if strip.previous_completed_share is not None:
        before = f", {strip.previous_month} {percent(strip.previous_completed_share)}%"
    done = maybe_link(integer(strip.completed_count), links.get("completed"), strip.completed_count)
    total = maybe_link(integer(strip.total_count), links.get("total"), strip.total_count)
    context = [done, " dari ", total, before] if links else f"{done} dari {total}{before}"
    unit = "" if strip.completed_share is None else "%"
    return _figure(LABELS[3], percent(strip.completed_share), context, unit=unit, link=(links.get("completed"), None))


def _resolution(strip, links) -> html.Div:
    hours = strip.mean_resolution_hours
    context = _compared(hours, strip.previous_mean_resolution_hours, strip.previous_month)
    places = 0 if hours and hours >= 1000 else 1  # four digits leave no room for a fifth
    link = (links.get("resolution"), None)
    return _figure(LABELS[4], decimal(hours, places), context, unit="" if hours is None else " jam", link=link)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _change(count: int | None, since: str) -> str:
    if count is None:
        return ""
    return f"{signed(count)} sejak {since}" if count else f"tetap sejak {since}"


def _compared(hours: float | None, previous_hours: float | None, previous_month: str) -> str:
    if previous_hours is None:
        return "belum ada pembanding"
    before = f"{previous_month} {decimal(previous_hours)} jam"
    if hours is None:
        return before
    difference = round(hours, 1) - round(previous_hours, 1)  # of the figures as shown, so that a reader can check it
    if abs(difference) < 0.05:
        return f"{before}, tetap"
    return f"{before}, {'turun' if difference < 0 else 'naik'} {decimal(abs(difference))}"


def _figure(
    label: str, value: str, context, *, unit="", shape: str | None = None, kind="", link=(None, None)
) -> html.Div:
    """`link`: the address of the list behind the figure, and its count when the figure is one."""
    figure = maybe_link([value, html.Small(unit)] if unit else value, *link)
    number = html.B(figure, **{"data-figure": label})
    term = html.Dt([mark(shape), label] if shape else label)
    return html.Div([term, html.Dd([number, html.Span(context)])], className=kind)


def _theme_button() -> html.Button:
    words = {"title": THEME_BUTTON, "aria-label": THEME_BUTTON}
    return html.Button(mark("proses"), className="theme", type="button", **words)


def _freshness() -> html.P:
    parts = [mark("segar"), html.B(), html.Span()]
    return html.P(parts, id=ids.FRESHNESS, className="fresh")


def _countdown() -> html.P:
    """Three wordings of the same moment; CSS shows the one that fits the screen."""
    words = [html.Span(className=name) for name in ("cut-wall", "cut-desk", "cut-phone")]
    return html.P([*words, html.B()], id=ids.COUNTDOWN, className="cut")
