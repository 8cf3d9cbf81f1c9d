"""What was kept of an area: sheets that were signed, and the daily checks, by day."""

from datetime import date, datetime, timedelta
from itertools import groupby

from dash import html

from components import states
from components.formats import clock, long_date
from data_access import briefs, handover
from data_access.handover import Kept
from pages._serah_terima.numbers import desk
from scoring.periods import WIB

SHOWN = 12


def day_of(asked: str | None, as_of: datetime) -> date:
    """The day (WIB) the archive ends with: the one asked for (yyyy-mm-dd), or today."""
    return date.fromisoformat(asked) if asked else as_of.astimezone(WIB).date()


def archive(kept: list[Kept] | None, area_code: str, shown_id: int | None) -> list:
    """Days with what was kept on them, the newest first; then the way to older ones and to other areas.

    `kept`: one more than is shown says that there are older ones; None when the state database is away.
    """
    if kept is None:
        return [states.empty("Yang tersimpan tidak dapat dibaca sekarang."), _areas(area_code)]
    if not kept:
        return [states.empty("Belum ada lembar atau pemeriksaan yang tersimpan."), _areas(area_code)]
    days = [
        part
        for day, lines in groupby(kept[:SHOWN], key=lambda one: long_date(one.due_at))
        for part in (html.H3(day), html.Ul([_line(one, area_code, shown_id) for one in lines]))
    ]
    older = kept[SHOWN].due_at.astimezone(WIB) if len(kept) > SHOWN else None
    return [*days, *([_older(older)] if older else []), _areas(area_code)]


def _line(one: Kept, area_code: str, shown_id: int | None) -> html.Li:
    if one.kind != handover.KIND:
        check = desk({"area": {"code": area_code}}, periksa=str(one.brief_id))
        made = "" if one.made_at - one.due_at < timedelta(minutes=10) else f"dibuat {clock(one.made_at)}"
        words = f"{clock(one.due_at)} Pemeriksaan {one.kind}"
        return html.Li([html.A(words, href=check, **{"data-page": ""}), html.Span(made, className="t2")])
    here = {"aria-current": "true"} if one.brief_id == shown_id else {}
    names = html.Span(f"{one.giver} kepada {one.taker}", className="t2")
    words = f"{clock(one.due_at)} Serah terima"
    return html.Li([html.A(words, href=f"?lembar={one.brief_id}", **{"data-stay": "", **here}), names])


def _older(at: datetime) -> html.P:
    return html.P(html.A(f"Lebih lama, sampai {long_date(at)}", href=f"?hari={at:%Y-%m-%d}", **{"data-stay": ""}))


def _areas(area_code: str) -> html.P:
    """The other areas a sheet is kept for."""
    links = []
    for code in briefs.areas():
        if code != area_code:
            address = f"/peringatan/serah-terima?wilayah={code}" if code else "/peringatan/serah-terima"
            links += [" · ", html.A(short_name(handover.area_name(code)), href=address, **{"data-page": ""})]
    return html.P(["Wilayah lain: ", *links[1:]], className="ho-areas t2 xs")


def short_name(area: str) -> str:
    """'Jakarta Pusat' for 'Kota Administrasi Jakarta Pusat'."""
    return area.removeprefix("Kota Administrasi ").removeprefix("Kabupaten Administrasi ")
