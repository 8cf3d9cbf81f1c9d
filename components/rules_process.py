"""Which reports count, in words, with the switches of the rules: cut-off, validation, Doorr, tickets, dirty rows."""

from dash import html

from components.rules_values import listed, values_table
from scoring.explain import PART_NAMES
from scoring.rulebook import Rulebook
from scoring.rules import Rules

DIRTY = {
    "negative_duration": "Selesai sebelum masuk",
    "completed_after_as_of": "Waktu selesai di masa depan",
    "entered_after_as_of": "Waktu masuk di masa depan",
    "completed_without_time": "Selesai tanpa waktu selesai",
    "reopened": "Dikerjakan lagi, tetapi waktu selesai yang lama masih ada",
    "unknown_status": "Status tidak dikenal",
    "unknown_category": "Kategori tidak dikenal",
    "unknown_unit": "Unit tidak dikenal",
    "duplicate_id": "Satu nomor laporan muncul lebih dari sekali",
}
TREATMENTS = {
    "use": "dipakai apa adanya",
    "use_flagged": "dipakai, dan jumlahnya disebut di samping nilai",
    "hold": "ditahan: ikut dalam jumlah laporan, tidak dihitung selesai, dan jumlahnya disebut",
}
OF_NOBODY = "tidak dapat masuk hitungan unit mana pun; jumlahnya disebut"
HOW_RECEIVED = {
    "direct": "langsung dari warga",
    "rop": "lewat admin (ROP)",
    "koordinasi": "lewat koordinasi",
    "disposisi": "lewat disposisi",
}


def cutoff_words(book: Rulebook, rules: Rules) -> list:
    """Which reports belong to a month, and until when their completion counts."""
    cutoff_day = rules.cutoff_day
    return [
        html.P(
            "Laporan dihitung menurut bulan masuknya. Tindak lanjutnya dihitung sampai akhir tanggal "
            f"{cutoff_day} bulan berikutnya waktu Jakarta (WIB). Tindak lanjut sesudah itu tidak mengubah nilainya.",
            className="lead",
        ),
        html.P("Laporan dalam hitungan satu bulan adalah:"),
        html.Ol(
            [
                html.Li("laporan yang masuk pada bulan itu;"),
                html.Li("sisa bulan sebelumnya yang belum selesai pada cut-off-nya, dengan umur penuh sejak masuk;"),
                html.Li("laporan yang dipindahkan ke bulan itu oleh tiket."),
            ],
            className="numbered",
        ),
        html.P(
            f"Dari tanggal 1 sampai {cutoff_day} ada dua bulan yang terbuka sekaligus: bulan lalu yang menuju cut-off, "
            "dan bulan berjalan. Laporan dihitung pada unit pemegangnya saat selesai, atau saat cut-off bila belum."
        ),
        values_table(book, rules.period, ["cutoff_day"]),
    ]


def validation_words(book: Rulebook, rules: Rules) -> list:
    """What a follow-up that waits for its acceptance counts."""
    effect = {
        "complete": "dihitung selesai, dengan waktu tindak lanjutnya",
        "open": "belum dihitung selesai; bila kemudian diterima, yang dipakai adalah waktu tindak lanjutnya",
    }[rules.pending_validation]
    return [
        html.P(
            "Tindak lanjut diperiksa lebih dulu sebelum diterima. Laporan yang masih Menunggu Validasi pada saat "
            f"cut-off {effect}. Bila tindak lanjutnya ditolak (TL Ditolak), laporan itu terbuka lagi."
        ),
        values_table(book, rules.period, ["pending_validation"]),
    ]


def doorr_words(book: Rulebook, rules: Rules) -> list:
    """What was passed on and still waits at the cut-off."""
    values = values_table(book, rules.period, ["doorr_enabled", "doorr_received_how", "doorr_counts_in", "doorr_once"])
    if not rules.doorr_enabled:
        return [html.P("Buku aturan ini tidak menghitung Doorr."), values]
    hows = listed([words for how, words in HOW_RECEIVED.items() if how in rules.doorr_received_how])
    hows = hows.replace(" dan ", " atau ")
    parts = listed([name for part, name in PART_NAMES.items() if part in rules.doorr_counts_in])
    once = (
        "Ini berlaku sekali saja, pada bulan pertama setelah laporan diterima unit itu."
        if rules.doorr_once
        else "Ini berlaku setiap bulan selama laporan masih menunggu."
    )
    return [
        html.P(
            f"Doorr adalah laporan yang diteruskan ke suatu unit {hows}, dan masih Menunggu di sana saat cut-off. "
            f"Laporan seperti itu dihitung selesai dalam {parts}, lalu masuk lagi ke jumlah laporan bulan berikutnya. "
            f"{once}"
        ),
        html.P(
            "Doorr baru ditentukan pada saat cut-off. Sebelum itu belum ada Doorr dalam nilai; layar hanya dapat "
            "menyebut laporan mana yang akan menjadi Doorr."
        ),
        values,
    ]


def ticket_words(book: Rulebook, rules: Rules) -> list:
    """Reports with an agreed later time."""
    clock = (
        "berhenti selama laporan disembunyikan"
        if rules.ticket_pauses_clock
        else "terus berjalan selama laporan disembunyikan"
    )
    return [
        html.P(
            "Laporan yang memang butuh waktu lama dapat diberi tiket (Ticketing, kini Estimasi Waktu Selesai). Satu "
            "laporan hanya boleh punya satu tiket; tiket kedua ditolak. Laporan disembunyikan dari daftar kerja sampai "
            "tanggal komitmen, lalu muncul lagi."
        ),
        html.P(
            "Laporan bertiket dihitung pada bulan pertama yang cut-off-nya tidak mendahului batas tiket, dan tidak "
            "pernah sebelum bulan masuknya. Pada bulan-bulan sebelumnya laporan itu tidak dihitung, walaupun sudah "
            f"selesai. Contoh: masuk bulan Mei dengan batas tiket {rules.cutoff_day + 2} Juli, maka dihitung pada "
            f"cut-off {rules.cutoff_day} Agustus."
        ),
        html.P(f"Jam untuk nilai waktu {clock}."),
        values_table(book, rules.period, ["ticket_pauses_clock"]),
    ]


def dirty_words(book: Rulebook, rules: Rules) -> list:
    """What is done with rows that cannot be right."""
    rows = [
        html.Tr([html.Th(DIRTY[name], scope="row"), html.Td(_treatment(name, rule))], **{"data-dirty": name})
        for name, rule in rules.dirty.items()
    ]
    return [
        html.P(
            "Data yang janggal tidak pernah dibuang diam-diam. Setiap golongan punya perlakuan tetap, dan setiap nilai "
            "menyebut berapa laporan janggal yang ada di dalamnya."
        ),
        html.Table(html.Tbody(rows), className="rule-pairs"),
        values_table(book, rules.period, ["dirty"]),
    ]


def _treatment(name: str, rule: str) -> str:
    if name == "unknown_unit":
        return OF_NOBODY
    if name == "duplicate_id" and rule != "use":
        return f"dihitung satu kali; {TREATMENTS[rule]}"
    return TREATMENTS[rule]
