"""How the forecast and its back-test work, in plain words. It is a method of the product and no rule of the city."""

from dash import html

from components.formats import percent
from scoring.forecast import LEAST_HISTORY_DAYS, LEAST_REPORTS, QUANTILES

LEFT_OUT = (
    "laporan yang diteruskan ke unit lain: setiap laporan dianggap diselesaikan pemegangnya yang sekarang;",
    "Doorr, penolakan tindak lanjut, dan tiket baru, karena jarang dan baru diketahui kemudian;",
    "tanggal yang dijanjikan sebuah tiket: laporan bertiket diperlakukan seperti laporan lain yang seumur;",
    "jam kerja dan musim, selain yang sudah terlihat pada minggu-minggu terakhir.",
)


def forecast_words() -> list:
    """What a forecast says, how it is made, how it is checked, and what it does not know."""
    band, outside = percent(QUANTILES[-1] - QUANTILES[0], 0), percent(QUANTILES[0], 0)
    return [
        html.P(
            "Perkiraan bukan bagian dari aturan. Perkiraan menjawab dua hal: kira-kira di mana nilai unit pada saat "
            "cut-off, dan seberapa besar kemungkinan setiap grade.",
            className="lead",
        ),
        _steps(),
        html.P(
            f"Rentang {band}% berarti: dari semua jalan cerita, {outside}% berakhir di bawah rentang itu dan "
            f"{outside}% di atasnya. Kemungkinan grade A adalah bagian dari jalan cerita yang berakhir dengan A. "
            "Setelah cut-off perkiraan sama dengan nilai itu sendiri."
        ),
        html.H3("Uji balik"),
        html.P(
            "Untuk bulan-bulan yang sudah ditutup, perkiraan dibuat ulang hanya dengan hal yang sudah diketahui pada "
            "hari itu, lalu dibandingkan dengan nilai akhirnya. Yang diperiksa: seberapa sering nilai akhir "
            "benar-benar jatuh di dalam rentang, dan apakah kemungkinan grade yang disebut sesuai dengan kenyataan "
            "(skor Brier: makin dekat ke nol makin baik). Hasilnya ditulis di samping perkiraan, "
            "juga bila kurang baik."
        ),
        html.H3("Kapan tidak ada perkiraan"),
        html.P(
            f"Bila riwayatnya kurang dari {LEAST_HISTORY_DAYS} hari, atau unit punya kurang dari {LEAST_REPORTS} "
            "laporan di dalamnya, layar menyebut bahwa datanya terlalu sedikit dan tidak menggambar apa pun. Untuk "
            "unit yang dinilai dari unit di bawahnya, laporan semua unit itu dijumlahkan."
        ),
        html.H3("Yang tidak diperhitungkan"),
        html.Ul([html.Li(words) for words in LEFT_OUT], className="bulleted"),
    ]


def _steps() -> html.Ol:
    """The three steps of a forecast."""
    steps = (
        (
            "Belajar dari riwayat.",
            " Dipelajari berapa lama laporan biasanya terbuka (menurut jenis unit, kategori, dan unit itu sendiri), "
            "berapa laporan baru biasanya datang, dan seberapa jauh keduanya biasanya meleset.",
        ),
        (
            "Menjalani sisa waktu berkali-kali.",
            " Setiap kali, laporan yang terbuka selesai pada waktu yang mungkin, dan laporan baru datang sampai akhir "
            "bulan. Semua unit sejenis dijalankan bersama, karena pembanding ikut menentukan nilai. Unit atas "
            "mengikuti unit di bawahnya pada jalan cerita yang sama.",
        ),
        (
            "Menghitung nilai tiap jalan cerita.",
            " Setiap jalan cerita dinilai dengan aturan yang sama seperti di atas. Sebaran hasilnya adalah perkiraan.",
        ),
    )
    return html.Ol([html.Li([html.B(title), words]) for title, words in steps], className="numbered")
