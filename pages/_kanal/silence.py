"""Channels that are silent for longer than they use to be."""

from dash import html

from components import ids
from components.channel_silence import SilenceRow, silence_list
from components.desk import foot, lead
from components.formats import clock, day_month, decimal
from components.panels import panel
from components.report_list import report_href
from data_access.channel_silence import FEW_GAPS, WEEKS, Silence, Usual, silences
from data_access.frame import Frame, instant, microseconds
from data_access.live import State
from data_access.scope import Scope
from data_access.selection import visible
from pages._web.views import live_view, panel_or_error
from scoring.periods import WIB

PARTS_OF_WEEK = ("hari kerja siang", "hari kerja malam", "akhir pekan siang", "akhir pekan malam")
METHOD = (
    "Jeda: waktu antara dua laporan satu kanal. Jeda sekarang dibandingkan dengan jeda kanal itu sendiri dalam "
    f"{WEEKS} minggu terakhir yang mulai pada bagian minggu yang sama (hari kerja atau akhir pekan; siang 06.00–18.00 "
    "atau malam). Segitiga kosong: lebih lama dari 99 dari 100 jeda; segitiga penuh: lebih lama dari semuanya. Satu "
    "dari seratus jeda wajar melewati batas. Kanal yang diam begitu lama sehingga jedanya terlalu sedikit dibandingkan "
    f"dengan {WEEKS} minggu sebelum laporan terakhirnya. * Kurang dari {FEW_GAPS} jeda pada bagian minggu itu: semua "
    "jeda kanal dipakai. Saringan di atas tidak mengubah daftar ini."
)


def section() -> html.Div:
    """The frame of the panel, with an answer of its own."""
    body = panel("Kanal yang sunyi", ids.CHANNELS_SILENCE_BODY, fact_id=ids.CHANNELS_SILENCE_FACT)
    return html.Div(body, className="csilence", **{"data-subview": "kanal-sunyi", "data-asks": ""})


@live_view("kanal-sunyi")
def build(scope: Scope, _query: dict[str, str], state: State) -> dict:
    """The channels now."""
    return panel_or_error(ids.CHANNELS_SILENCE_FACT, state, lambda: _parts(scope, state))


def _parts(scope: Scope, state: State) -> dict:
    found = silences(scope, state, microseconds(state.as_of))
    frame = visible(scope, state.frame)
    rows = [_row(frame, one, state) for one in found]
    body = html.Div([lead(finding(found, frame)), silence_list(rows), foot(METHOD)])
    return {(ids.CHANNELS_SILENCE_BODY, "children"): body, (ids.CHANNELS_SILENCE_FACT, "children"): "sekarang"}


def finding(found: list[Silence], frame: Frame) -> str:
    """Who is silent for unusually long."""
    unusual = [frame.names.channels[one.code][1] for one in found if one.unusual]
    judged = sum(one.usual is not None for one in found)
    if not judged:
        return "Belum cukup laporan untuk mengenal jeda biasa kanal mana pun."
    if not unusual:
        return f"Tidak ada kanal yang sunyi lebih lama dari biasa, dari {judged} yang dapat dinilai."
    if len(unusual) == judged and judged > 1:
        return "Semua kanal sunyi lebih lama dari biasa: mungkin aliran data dari CRM yang berhenti."
    return f"{', '.join(unusual)} sunyi lebih lama dari biasa. Periksa apakah kanal atau aliran datanya berhenti."


def _row(frame: Frame, one: Silence, state: State) -> SilenceRow:
    name = frame.names.channels[one.code][1]
    if one.last_us is None:
        return SilenceRow(
            name, "sedikit", "tidak ada", "dalam data bulan ini dan bulan lalu", None, "belum dapat dinilai"
        )
    last = instant(one.last_us)
    today = last.date() == state.as_of.astimezone(WIB).date()
    since = f"sejak {clock(last)}" if today else f"sejak {day_month(last)} {clock(last)}"
    status = "terpanjang" if one.longest_ever else "lama" if one.unusual else "biasa" if one.usual else "sedikit"
    return SilenceRow(
        name, status, hours_words(one.silent_hours), since, report_href(one.number), _habit(one.usual, one.part)
    )


def _habit(usual: Usual | None, part: int) -> str:
    if usual is None:
        return f"kurang dari {FEW_GAPS} jeda, belum dapat dinilai"
    when = "semua jam*" if usual.pooled else PARTS_OF_WEEK[part]
    return f"biasa ≤ {hours_words(usual.p99_hours)}, terpanjang {hours_words(usual.longest_hours)} ({when})"


def hours_words(hours: float) -> str:
    """0.18 -> '11 menit', 5.0 -> '5,0 jam', 87.4 -> '3,6 hari'."""
    if hours < 1:
        return f"{round(hours * 60)} menit"
    return f"{decimal(hours)} jam" if hours < 48 else f"{decimal(hours / 24)} hari"
