"""A hand-over body, drafted or stored, as parts of a sheet and as plain text."""

from datetime import datetime, timedelta

from components.formats import clock, day_clock, decimal, integer, long_duration, short_duration, stamp
from components.handover_sheet import Part
from data_access.briefs import Brief
from pages._peringatan.act import OUTCOME_WORDS
from pages._peringatan.message import when
from pages._serah_terima.numbers import Numbers, plain

SHOWN = 12  # of a part: the sheet is two pages of paper at most
LATE = timedelta(minutes=2)  # of the data behind the clock of the desk
SIMULATED = "DATA SIMULASI: kota tiruan, bukan laporan warga."
UNREAD = "Catatan tindakan tidak dapat dibaca sekarang."


def figures(body: dict, numbers: Numbers) -> list[tuple]:
    """The figures on top as (words, number)."""
    change, limits = body["change"], body["limits"]
    rows = [
        (f"Menunggu > {limits['response_hours']} jam", numbers.figure("over_response")),
        (f"Menunggu > {limits['officer_warning_hours']} jam", numbers.figure("over_officer")),
        ("Tiket jatuh tempo", numbers.figure("tickets_due")),
        ("TL ditolak", numbers.figure("rejected")),
    ]
    if change:
        since = f"Sejak {change['since']['name']} {_clock(change['since']['due_at'])}"
        rows.append((since, numbers.change()))
    return rows


def parts(body: dict, numbers: Numbers) -> list[Part]:
    """What is over, what comes, what was done, what was put off, what is odd."""
    return [_over(body, numbers), _ahead(body, numbers), _calls(body), _snoozed(body), _odd(body)]


def text(body: dict) -> str:
    """The sheet as a message."""
    numbers = plain(body)
    lines = [f"Serah terima {body['area']['name']}, {stamp(datetime.fromisoformat(body['as_of']))}", ""]
    lines += [f"{words}: {value}" for words, value in figures(body, numbers)]
    for part in parts(body, numbers):
        lines += ["", part.title, *(_line(part, row) for row in part.rows)]
        lines += [part.more] if part.more else [] if part.rows else [part.nothing]
    if body.get("remark"):
        lines += ["", f"Catatan: {body['remark']}"]
    if "signed" in body:
        lines += ["", f"{_signed(body)}."]
    if body["simulated"]:
        lines += ["", SIMULATED]
    return "\n".join(lines)


def ends(body: dict, stored: Brief | None) -> list[tuple[str, str]]:
    """What stands below the parts: the remark, who handed over to whom by which account, on paper the simulation."""
    found = [("remark", f"Catatan: {body['remark']}")] if body.get("remark") else []
    if stored:
        found.append(("signed", f"{_signed(body)}, {day_clock(stored.made_at)} WIB. Akun: {stored.made_by}."))
    return [*found, *([("simulated", SIMULATED)] if body["simulated"] else [])]


def _signed(body: dict) -> str:
    return f"Diserahkan oleh {body['signed']['from']} kepada {body['signed']['to']}"


def _over(body: dict, numbers: Numbers) -> Part:
    limits = body["limits"]
    rows = [
        (
            row["name"],
            numbers.of_row(row, "response"),
            numbers.of_row(row, "officer"),
            numbers.of_row(row, "category"),
            short_duration(round(row["longest_hours"] * 3600) // 60) if row["response"] else "–",
        )
        for row in body["over"]
    ]
    head = (
        "Unit",
        f"> {limits['response_hours']} jam",
        f"> {limits['officer_warning_hours']} jam",
        "Lewat batas kategori",
        "Terlama",
    )
    return _part("Sudah lewat batas", head, rows, "Tidak ada laporan yang lewat batas.", numbers.rest, 4)


def _ahead(body: dict, numbers: Numbers) -> Part:
    as_of = datetime.fromisoformat(body["as_of"])
    found = sorted(body["ahead"], key=lambda row: (-row["points"], row["first_at"], row["name"]))
    rows = [
        (
            row["name"],
            numbers.of_row(row, "falling"),
            numbers.of_row(row, "officer"),
            when(datetime.fromisoformat(row["first_at"]), as_of),
            decimal(-row["points"], 2) if round(row["points"], 2) else "0",
        )
        for row in found
    ]
    head = (
        "Unit",
        "Nilai turun",
        f"Lewat {body['limits']['officer_warning_hours']} jam",
        "Yang pertama",
        "Poin terbesar",
    )
    title = f"Akan lewat dalam {body['shift']['hours']} jam, sampai {when(_ends(body), as_of)}"
    return _part(title, head, rows, "Tidak ada yang akan lewat batas atau turun nilainya.", numbers.rest, 4)


def _calls(body: dict) -> Part:
    rows = [
        (row["name"], _clock(row["at"]), OUTCOME_WORDS.get(row["outcome"], "–"), row["note"] or "–", row["by"])
        for row in body["calls"] or ()
    ]
    nothing = UNREAD if body["calls"] is None else "Belum ada yang dihubungi dalam sif ini."
    began = f"Sudah dihubungi sejak {_clock(body['shift']['began_at'])}"
    return _part(began, ("Unit", "Pukul", "Hasil", "Catatan", "Oleh"), rows, nothing)


def _snoozed(body: dict) -> Part:
    as_of = datetime.fromisoformat(body["as_of"])
    rows = [
        (row["name"], when(datetime.fromisoformat(row["until"]), as_of), row["note"] or "–", row["by"])
        for row in body["snoozed"] or ()
    ]
    nothing = UNREAD if body["snoozed"] is None else "Tidak ada yang ditunda."
    return _part("Ditunda", ("Unit", "Sampai", "Catatan", "Oleh"), rows, nothing)


def _odd(body: dict) -> Part:
    rows = []
    late = datetime.fromisoformat(body["seen_at"]) - datetime.fromisoformat(body["as_of"])
    if late > LATE:
        rows.append(
            ("Data CRM", f"terakhir terbaca {long_duration(int(late.total_seconds() // 60))} sebelum lembar ini")
        )
    rows += [(f"Kanal {one['name']}", _silence(one)) for one in body["silent_channels"]]
    rows += [
        (
            one["category"],
            f"{integer(one['count'])} laporan di {one['area']} sejak {_clock(one['since_at'])}, satu kejadian",
        )
        for one in body["floods"]
    ]
    nothing = "Data mengalir, tidak ada kanal yang sunyi, tidak ada kejadian besar."
    return _part("Perlu diketahui", ("Apa", "Keadaan"), rows, nothing)


def _part(title: str, head: tuple[str, ...], rows: list[tuple], nothing: str, more=None, columns: int = 0) -> Part:
    rest = more(len(rows) - SHOWN) if more and len(rows) > SHOWN else None
    return Part(title, head, rows[:SHOWN] if more else rows, nothing, columns, rest)


def _line(part: Part, row: tuple) -> str:
    told = [f"{head} {cell}" for head, cell in zip(part.head[1:], row[1:], strict=True) if cell not in ("–", "0")]
    return f"- {row[0]}: {', '.join(told)}"


def _silence(one: dict) -> str:
    silent, usual = (long_duration(round(one[name] * 60)) for name in ("hours", "usual_hours"))
    return f"sunyi {silent}, biasanya paling lama {usual}"


def _ends(body: dict) -> datetime:
    return datetime.fromisoformat(body["shift"]["ends_at"])


def _clock(at: str) -> str:
    return clock(datetime.fromisoformat(at))
