"""The rulebook as a page: contents on the left, one card per subject, marks on everything no source states."""

from dash import dcc, html

from components.desk import desk_head
from components.formats import month_year
from components.rules_forecast import forecast_words
from components.rules_process import cutoff_words, dirty_words, doorr_words, ticket_words, validation_words
from components.rules_score import aggregate_words, category_words, grade_words, score_words
from components.rules_values import day
from scoring.rulebook import Rulebook
from scoring.rules import Rules

# Anchors other screens link to, in the order of the page.
SECTIONS = (
    ("nilai", "Cara menghitung nilai", score_words),
    ("kategori", "Kategori dan batas jamnya", category_words),
    ("grade", "Grade", grade_words),
    ("cutoff", "Bulan dan cut-off", cutoff_words),
    ("validasi", "Menunggu Validasi", validation_words),
    ("doorr", "Doorr", doorr_words),
    ("tiket", "Tiket", ticket_words),
    ("agregat", "Unit yang membawahi unit lain", aggregate_words),
    ("data-kotor", "Data yang janggal", dirty_words),
)
IN_USE = "Semua nilai di layar lain dihitung dengan buku aturan ini. Halaman ini dibuat langsung dari buku itu."
NOT_IN_USE = "Buku aturan ini tidak dipakai untuk nilai di layar lain. Halaman ini dibuat langsung dari buku itu."
FORECAST = ("perkiraan", "Perkiraan dan uji balik")


def rules_page(book: Rulebook, rules: Rules, books: list[Rulebook]) -> html.Main:
    """The page of one rulebook; `rules` are those of the period shown; `books`: all there are, the one in use first."""
    cards = [_card(anchor, title, words(book, rules)) for anchor, title, words in SECTIONS]
    cards.append(_card(*FORECAST, forecast_words()))
    sub = IN_USE if book.name == books[0].name else NOT_IN_USE
    return html.Main(
        [
            desk_head([("Monitor TKD", "/tkd"), ("Aturan", None)], "Aturan penilaian TKD", sub, _choice(book, books)),
            html.Div([_contents(), html.Div([_identity(book, rules), *cards], className="cards")], className="columns"),
        ],
        className="desk aturan assumed-book" if book.status == "assumed" else "desk aturan",
    )


def _choice(book: Rulebook, books: list[Rulebook]) -> html.Nav:
    """Links to the rulebooks. An assumed one says so before it is opened."""
    links = [
        dcc.Link(
            f"{other.name} · ASUMSI" if other.status == "assumed" else other.name,
            href=f"/aturan?buku={other.name}",
            className="on" if other.name == book.name else "",
        )
        for other in books
    ]
    return html.Nav(links, className="seg", **{"aria-label": "Buku aturan"})


def _contents() -> html.Nav:
    links = [html.A(title, href=f"#{anchor}") for anchor, title, *_ in (*SECTIONS, FORECAST)]
    return html.Nav(
        [html.B("Isi halaman"), html.Ol([html.Li(link) for link in links])],
        className="contents",
        **{"aria-label": "Isi halaman"},
    )


def _card(anchor: str, title: str, words: list) -> html.Section:
    head = html.Div(html.H2(title), className="head")
    return html.Section([head, html.Div(words, className="words")], id=anchor, className="p")


def _identity(book: Rulebook, rules: Rules) -> html.Section:
    """Which book this is, what its marks mean, and how old it is."""
    assumed = book.status == "assumed"
    mark = [html.Span("ASUMSI", className="tag assumed"), " "] if assumed else []
    title = [*mark, book.title.removeprefix("ASUMSI: ").capitalize() if assumed else book.title]
    checked = min(value.last_verified_on for values in book.parameters().values() for value in values)
    facts = (
        ("Buku aturan", html.Code(book.name)),
        ("Versi", html.Code(book.version)),
        ("Status", "asumsi, bukan aturan resmi" if assumed else "menurut dokumen"),
        ("Berlaku sejak", month_year(str(book.first_period))),
        ("Ditampilkan untuk", month_year(str(rules.period))),
        ("Terakhir diperiksa", day(checked)),
    )
    entries = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts]
    return html.Section(
        [html.Div(html.H2(title), className="head"), html.Dl(entries), *_marks(assumed)], id="buku", className="p"
    )


def _marks(assumed: bool) -> list[html.P]:
    """What ASUMSI and TAFSIRAN mean on this page."""
    if assumed:
        warning = (
            "Tidak ada peraturan atau dokumen resmi di balik rumus ini. Buku ini hanya menunjukkan cara menambah rumus "
            "baru; nilainya tidak boleh dipakai sebagai nilai resmi. Isi bertanda "
        )
        return [
            html.P([warning, html.Span("ASUMSI", className="tag assumed"), " tidak punya sumber."], className="warn")
        ]
    note = " adalah hal yang tidak ditulis sumbernya. Di situ kami memilih satu arti dan menyebut alasannya."
    return [html.P(["Isi bertanda ", html.Span("TAFSIRAN", className="tag"), note])]
