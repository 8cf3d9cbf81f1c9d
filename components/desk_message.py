"""The panel beside the desk: the message for the chosen unit, the ways to send it, and what came of it."""

from html import escape

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.panels import panel

WHATSAPP = "https://wa.me/"  # budget: where a person goes with the message; the page itself never asks there
NOTE_LENGTH = 500
OUTCOMES = (("dijawab", "Dijawab"), ("tidak_dijawab", "Tidak dijawab"), ("perlu_koordinasi", "Perlu koordinasi"))
SNOOZES = ((60, "1 jam"), (120, "2 jam"), (240, "4 jam"), (480, "8 jam"))


def message_panel() -> html.Section:
    """The frame; assets/86-peringatan.js fills it for the unit that is chosen."""
    body = html.Div(
        [
            html.Button("‹ Kembali ke daftar", type="button", className="btn-q dk-back", **{"data-desk": "kembali"}),
            html.Label("Pesan, dapat diubah sebelum dikirim", htmlFor="desk-text", className="only-spoken"),
            dbc.Textarea(id="desk-text", className="dk-text", spellCheck=False),
            html.Div(
                [
                    _button("Salin pesan", "salin", "btn-q pri"),
                    html.A(
                        "Buka WhatsApp",
                        className="btn-q",
                        target="_blank",
                        rel="noopener noreferrer",
                        **{"data-desk": "wa", "data-host": WHATSAPP},
                    ),
                    _button("Kirim surel", "surel"),
                    _button("Kembalikan naskah", "naskah"),
                ],
                className="dk-acts",
            ),
            html.P(className="dk-lacks t2 xs", hidden=True),
            _after(),
            html.P(className="dk-said", role="status"),
            html.Div(className="dk-ctx", hidden=True),
        ],
        className="dk-open",
        hidden=True,
    )
    empty = html.P(className="empty dk-none")
    return panel(
        html.Span("Pesan", className="dk-title"),
        ids.DESK_MESSAGE_BODY,
        fact_id=ids.DESK_MESSAGE_FACT,
        class_name="dk-msg",
        body=[empty, body],
    )


def unit_context(name: str, month: str, score: str | None, grade: str | None, href: str) -> str:
    """Where the score of a unit stands, as HTML; the script puts the sentence of the row into `data-falling`."""
    link = f'<a class="lnk" href="{escape(href)}" data-page="">Buka monitor TKD</a>'
    if score is None:
        head = f"{escape(name)} belum punya nilai"
    else:
        mark = f'<span class="gr gr-{escape(grade.lower())}" title="Grade {escape(grade)}">{escape(grade)}</span>'
        head = f"{escape(name)} sekarang {escape(score)} {mark}"
    return f'<b>{head}</b><p class="t2">{escape(month)}. <span data-falling=""></span> {link}</p>'


def _after() -> html.Div:
    options = [{"label": words, "value": value} for value, words in OUTCOMES]
    snoozes = [_button(words, "tunda", "btn-q", menit=str(minutes)) for minutes, words in SNOOZES]
    return html.Div(
        [
            html.H3("Sesudah menghubungi"),
            dbc.RadioItems(options, OUTCOMES[0][0], id="desk-outcome", class_name="dk-out"),
            html.Label("Catatan untuk sif berikut", htmlFor="desk-note", className="t2 xs"),
            dbc.Textarea(id="desk-note", maxLength=NOTE_LENGTH, rows=2),
            _button("Tandai sudah dihubungi", "hubungi", "btn-q full"),
            html.P("Tercatat atas nama Anda. Tidak mengubah status laporan di CRM.", className="t2 xs"),
            html.Div([html.Span("Tunda", className="t2 xs"), *snoozes], className="dk-snooze"),
            html.Div([html.P(className="dk-was"), _button("Batalkan", "batal")], className="dk-undo", hidden=True),
        ],
        className="dk-after",
    )


def _button(words: str, deed: str, class_name: str = "btn-q", **data: str) -> html.Button:
    named = {f"data-{name}": value for name, value in data.items()}
    return html.Button(words, type="button", className=class_name, **{"data-desk": deed, **named})
