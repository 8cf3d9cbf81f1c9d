"""The screen for an address that has none."""

from dash import dcc, html, register_page

register_page(__name__, name="Tidak ditemukan", title="Tidak ditemukan · Ruang Pantau")


def layout(**_query):
    """One sentence and the way back."""
    return html.Main(
        [
            html.H1("Halaman tidak ditemukan"),
            html.P("Alamat ini tidak dikenal. Mungkin salah ketik, atau layarnya sudah pindah."),
            dcc.Link("Kembali ke Ruang Pantau", href="/"),
        ],
        className="not-found",
    )
