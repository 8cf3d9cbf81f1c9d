"""What a unit is told: plain text, ready to be read, changed and sent."""

from datetime import datetime

from components.formats import clock, decimal, integer, long_date, long_duration

OFFICES = {
    "kelurahan": "Lurah",
    "kecamatan": "Camat",
    "kota": "Walikota",
    "kabupaten": "Bupati",
    "dinas": "Kepala",
    "badan": "Kepala",
    "biro": "Kepala",
}
TITLES = ("Kelurahan ", "Kecamatan ", "Walikota ", "Bupati ")
REPORTS_AT_MOST = 10


def office(row: dict) -> str:
    """'Lurah Kebon Kacang', 'Kepala Dinas Bina Marga'."""
    name = row["full_name"]
    for title in TITLES:
        name = name.removeprefix(title)
    return f"{OFFICES.get(row['unit_type'], 'Kepala')} {name}"


def message(row: dict, body: dict) -> str:
    """The text for the unit of a row."""
    as_of = datetime.fromisoformat(body["as_of"])
    waits = [report for report in row["reports"] if "respons" in report["kinds"]]
    rest = [report for report in row["reports"] if "respons" not in report["kinds"]]
    parts = [f"Yth. {office(row)}"]
    if waits:
        hours = body["limits"]["response_hours"]
        head = f"Per {long_date(as_of)} {clock(as_of)} WIB, {integer(len(waits))} laporan warga menunggu lebih dari"
        parts.append("\n".join([f"{head} {hours} jam:", "", *_numbered(waits, as_of)]))
    if rest:
        head = (
            "Selain itu, perlu perhatian:" if waits else f"Per {long_date(as_of)} {clock(as_of)} WIB, perlu perhatian:"
        )
        parts.append("\n".join([head, "", *_numbered(rest, as_of)]))
    parts.append(_asked(row, as_of))
    parts.append(_sender(body))
    return "\n\n".join(parts)


def when(at: datetime, as_of: datetime) -> str:
    """'15.12', '03.10 besok', '14.00 3 Des'."""
    days = (at.date() - as_of.date()).days
    return clock(at) + ("" if days == 0 else " besok" if days == 1 else f" {at.day}/{at.month}")


def waited(hours: float) -> str:
    """'24 jam 35 menit', whole minutes as everywhere. A body keeps hours to a third of a second."""
    return long_duration(round(hours * 3600) // 60)


def _numbered(reports: list[dict], as_of: datetime) -> list[str]:
    lines = []
    for place, report in enumerate(reports[:REPORTS_AT_MOST], start=1):
        lines += [f"{place}. {report['number']} {report['category']}", f"   {_why(report, as_of)}"]
    if len(reports) > REPORTS_AT_MOST:
        lines.append(f"dan {integer(len(reports) - REPORTS_AT_MOST)} laporan lain.")
    return lines


def _why(report: dict, as_of: datetime) -> str:
    why = [] if report["private"] else [report["place"]]
    if report["waiting_hours"] is not None:
        why.append(f"menunggu {waited(report['waiting_hours'])}")
    if "tingkat" in report["kinds"]:
        why.append(
            f"nilai waktu {report['tier_now']} turun ke {report['tier_after']} pukul {_when(report['drop_at'], as_of)}"
        )
    if "lewat" in report["kinds"]:
        why.append(f"lewat batas kategori sejak {_when(report['limit_at'], as_of)}")
    if "tiket" in report["kinds"]:
        why.append(f"janji tiket {_when(report['ticket_at'], as_of)}")
    if "ditolak" in report["kinds"]:
        why.append("tindak lanjut ditolak, perlu dikerjakan ulang")
    return ", ".join(why)


def _when(at: str, as_of: datetime) -> str:
    return when(datetime.fromisoformat(at), as_of)


def _asked(row: dict, as_of: datetime) -> str:
    sentence = "Mohon ditindaklanjuti hari ini."
    dropping = [report for report in row["reports"] if report["drop_at"]]
    if not dropping:
        return sentence
    first = min(dropping, key=lambda report: datetime.fromisoformat(report["drop_at"]))
    return f"{sentence} Yang paling dekat: {first['category']} sebelum pukul {_when(first['drop_at'], as_of)}."


def _sender(body: dict) -> str:
    area = body["area"]
    if not area["code"]:
        return "Ruang Pantau, Pemerintah Provinsi DKI Jakarta"
    name = area["name"].removeprefix("Kota Administrasi ").removeprefix("Kabupaten Administrasi ")
    return f"Sekretariat Kota {name}" if area["code"].count(".") == 1 else f"Sekretariat, untuk {name}"


def points(per_hour: float) -> str:
    """'−0,22', '0'."""
    return decimal(-per_hour, 2) if round(per_hour, 2) else "0"
