"""The sentences and figures of the desk, made from its body."""

from datetime import datetime, timedelta

from dash import html

from components.desk import choice, desk_head
from components.desk_strip import Figure, Flow, strip
from components.formats import clock, day_clock, integer, long_duration
from components.report_list import report_href
from data_access import briefs, checks
from data_access.filters import Filters
from pages._peringatan import links
from pages._peringatan.asked import HANDLED, only_words, tags
from pages._peringatan.message import when
from pages._peringatan.seen import Seen, newest_named
from scoring.periods import WIB

HANDOVER = "/peringatan/serah-terima"


def head(seen: Seen) -> html.Div:
    """Where one is, which check this is, and the way to the other one and to the hand-over sheet."""
    area = seen.body["area"]["name"].removeprefix("Kota Administrasi ").removeprefix("Kabupaten Administrasi ")
    sheet = html.A("Lembar serah terima", href=_handover(seen), className="btn-q", **{"data-page": ""})
    crumbs = [("Sekretariat Kota" if seen.body["area"]["code"] else "Provinsi DKI Jakarta", None)]
    return desk_head(crumbs, f"Peringatan Dini, {area}", _sub(seen), [choice(_checks(seen), "Pemeriksaan"), sheet])


def _handover(seen: Seen) -> str:
    code = seen.body["area"]["code"]
    return HANDOVER + (f"?wilayah={code}" if code else "")


def _sub(seen: Seen) -> list:
    name, due = seen.body["check"]["name"], datetime.fromisoformat(seen.body["check"]["due_at"])
    if seen.stored:
        made = datetime.fromisoformat(seen.body["as_of"])
        return [f"Pemeriksaan {name} ", html.B(day_clock(due)), f", seperti terlihat {day_clock(made)} WIB."]
    minutes = int((due - seen.as_of) / timedelta(minutes=1))
    sentence = [
        f"Pemeriksaan {name} ",
        html.B(f"{_day(due, seen.as_of)} {clock(due)} WIB".strip()),
        f", {long_duration(minutes)} lagi.",
    ]
    change = seen.body["change"]
    if change is None:
        return [*sentence, " Perbandingan dengan pemeriksaan sebelumnya belum dapat dibaca."]
    name, at = change["since"]["name"], clock(datetime.fromisoformat(change["since"]["due_at"]))
    if change["stored"]:
        return [*sentence, f" Dibandingkan dengan {name} {at}."]
    return [*sentence, f" Pemeriksaan {name} tidak dilakukan; dibandingkan dengan {at} dari data."]


def _checks(seen: Seen) -> list[tuple[str, str, bool]]:
    """Every daily check as it was stored, the oldest first, and the one that is being worked on."""
    found = [newest_named(name, seen.now) for name in briefs.limits_on(seen.now).check_times]
    options = [
        (
            f"{check.name.capitalize()} {clock(check.at)}{_day(check.at, seen.now)}",
            f"?periksa={check.name}",
            _is(check, seen),
        )
        for check in sorted(found)
    ]
    following = checks.following(seen.now, briefs.limits_on(seen.now))
    name = f"Besok {following.name}" if _day(following.at, seen.now) else following.name.capitalize()
    return [*options, (f"{name}, sedang disusun", "?periksa=", seen.stored is None)]


def _is(check: checks.Check, seen: Seen) -> bool:
    return bool(seen.stored) and (seen.stored.kind, seen.stored.due_at) == (check.name, check.at)


def _day(at: datetime, now: datetime) -> str:
    """' kemarin' or ' besok', nothing on the day itself."""
    days = (at.astimezone(WIB).date() - now.astimezone(WIB).date()).days
    return {-1: " kemarin", 0: "", 1: " besok"}[days]


def figures(seen: Seen, filters: Filters) -> list:
    """The strip over the rows."""
    body, found = seen.body, seen.body["figures"]
    response, officer = body["limits"]["response_hours"], body["limits"]["officer_warning_hours"]
    falling = f"Turun sebelum {links.horizon_end(body)}"
    return strip(
        [
            _waiting(f"Menunggu > {response} jam", "over_response", "respons", _against(body), seen, filters),
            _waiting(f"Menunggu > {officer} jam", "over_officer", "mro", _passed(body), seen, filters),
            Figure(falling, found["falling"], _first_drop(seen), "?hanya=tingkat", stays=True),
            Figure("Tiket jatuh tempo", found["tickets_due"], _places(found), "?hanya=tiket", stays=True),
            Figure("TL ditolak", found["rejected"], "perlu dikerjakan ulang", "?hanya=ditolak", stays=True),
        ],
        _flow(seen),
        "Pemeriksaan sebelumnya belum dapat dibaca.",
    )


def _waiting(title: str, figure: str, kind: str, context: str, seen: Seen, filters: Filters) -> Figure:
    """A number that opens its list; of a stored check the reports as they were then."""
    href = f"?hanya={kind}" if seen.stored else links.waiting(figure, seen.body, filters)
    alarm = figure == "over_officer"
    return Figure(title, seen.body["figures"][figure], context, href, stays=bool(seen.stored), alarm=alarm)


def _first_drop(seen: Seen) -> str:
    first = seen.body["figures"]["first_drop_at"]
    return f"yang pertama pukul {when(datetime.fromisoformat(first), seen.as_of)}" if first else "tidak ada"


def _places(found: dict) -> str:
    due = found["tickets_due_at"]
    if not due:
        return "tidak ada"
    return f"di {due[0]}" + (f" dan {integer(len(due) - 1)} unit lain" if len(due) > 1 else "")


def _against(body: dict) -> str:
    change = body["change"]
    if change is None:
        return "tanpa pembanding"
    before, now = change["handled"] + change["still"], body["figures"]["over_response"]
    difference = now - before
    word = "sama" if not difference else f"{'bertambah' if difference > 0 else 'berkurang'} {integer(abs(difference))}"
    return f"{change['since']['name']} {integer(before)}, {word}"


def _passed(body: dict) -> str:
    change = body["change"]
    if change is None:
        return "peringatan MRO"
    return f"{integer(change['passed_officer'])} lewat sejak {change['since']['name']}"


def _flow(seen: Seen) -> Flow | None:
    change = seen.body["change"]
    if change is None:
        return None
    return Flow(
        since=change["since"]["name"],
        before_clock=clock(datetime.fromisoformat(change["since"]["seen_at"])),
        now_clock=clock(seen.as_of),
        handled=change["handled"],
        handled_href=f"?hanya={HANDLED}",
        still=change["still"],
        still_href="?hanya=masih",
        new=change["new"],
        new_href="?hanya=baru",
        sentence=_still(change, seen.body["limits"]["officer_warning_hours"]),
    )


def _still(change: dict, hours: int) -> list:
    if not change["still"]:
        return ["Tidak ada yang masih menunggu dari pemeriksaan itu."]
    passed = integer(change["passed_officer"])
    if change["passed_officer"]:
        passed = html.A(passed, href="?hanya=lewat24", className="num", **{"data-stay": ""})
    return [passed, f" dari {integer(change['still'])} yang masih menunggu kini lewat {hours} jam."]


def lead(seen: Seen, only: str | None) -> list:
    """What must be told first, how the rows are ordered, what narrows them, floods as one line each."""
    body = seen.body
    lines = [html.P(seen.note, className="notice", role="status")] if seen.note else []
    lines += [_only(body, only)] if only else [_order(seen)] if body["rows"] else [_nothing(seen)]
    return lines + [_flood(flood, seen) for flood in body["floods"]]


def _order(seen: Seen) -> html.P:
    horizon = seen.body["limits"]["horizon_hours"]
    words = f"Urut menurut poin TKD yang hilang per jam dalam {horizon} jam ke depan."
    return html.P(words if seen.stored else f"{words} Yang sudah dihubungi tetap di tempatnya.", className="lead")


def _only(body: dict, only: str) -> html.Div:
    """What the desk is narrowed to, and how many reports that is; those that were handled are on no row."""
    handled = body["handled_reports"] if only == HANDLED else []
    count = len(handled) if only == HANDLED else _count(body, only)
    clear = html.A("Tampilkan semua", href="?hanya=", className="lnk", **{"data-stay": ""})
    words = [html.B(f"{integer(count)} laporan"), f" yang {only_words(only, body['limits'])}. ", clear]
    numbers = [html.A(one, href=report_href(one), className="num", **{"data-page": ""}) for one in handled]
    return html.Div([html.P(words, className="lead", **{"data-only-count": str(count)}),
                     html.P(numbers, className="dk-numbers") if numbers else None])  # fmt: skip


def _count(body: dict, only: str) -> int:
    reports = [report for row in body["rows"] for report in row["reports"]]
    return sum(only in tags(report) for report in reports)


def _flood(flood: dict, seen: Seen) -> html.P:
    since = when(datetime.fromisoformat(flood["since_at"]), seen.as_of)
    words = f"{integer(flood['count'])} laporan {flood['category']} di {flood['area']} sejak {since}"
    return html.P([html.B("Satu kejadian: "), f"{words}; dihitung, tetapi satu peringatan."], className="flood")


def _nothing(seen: Seen) -> html.Div:
    due = clock(datetime.fromisoformat(seen.body["check"]["due_at"]))
    hours = seen.body["limits"]["response_hours"]
    words = f"Tidak ada yang menunggu lebih dari {hours} jam dan tidak ada nilai yang segera turun. "
    close = html.A("Tutup dengan serah terima", href=_handover(seen), className="btn-q", **{"data-page": ""})
    return html.Div([html.P(f"{words}Pemeriksaan {due} dapat ditutup."), close], className="empty dk-nothing")


def notes(seen: Seen) -> html.P:
    """What the marks mean, how many units want nothing, how points are counted."""
    quiet, limits = seen.body["figures"]["quiet_units"], seen.body["limits"]
    response, officer = limits["response_hours"], limits["officer_warning_hours"]
    words = f"○ {response} sampai {officer} jam, ◆ lebih dari {officer} jam. "
    words += f"{integer(quiet)} kelurahan lain tidak punya laporan yang menunggu lebih dari {response} jam. "
    words += f"Poin/jam: poin nilai akhir yang hilang oleh turunnya nilai waktu sampai {links.horizon_end(seen.body)}, "
    words += f"dibagi {limits['horizon_hours']}. "
    if silent := [one["name"] for one in seen.body["silent_channels"]]:
        words += f"Kanal lebih sunyi dari biasanya: {', '.join(silent)}. "
    source = html.Button("Batas dan sumbernya", type="button", className="dk-more", **{"data-show": ".dk-limits"})
    return html.P([words, source], className="foot")
