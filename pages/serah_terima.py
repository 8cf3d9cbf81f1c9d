"""Serah terima `/peringatan/serah-terima`: what one shift leaves to the next, drafted by itself, signed by two."""

import logging
from datetime import datetime

import dash_bootstrap_components as dbc
import psycopg
from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html, register_page

from components import ids, states
from components.desk import choice, desk_head
from components.formats import day_clock, stamp
from components.handover_sheet import sheet
from components.panels import panel
from data_access import briefs, desk_log, handover
from data_access.briefs import Brief
from data_access.engine import DatabaseUnavailable
from data_access.handover import Kept
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings
from pages._serah_terima import archive, numbers
from pages._serah_terima import sheet as words
from pages._web import api
from pages._web.guard import Policy, guarded_callback
from pages._web.session import current_name, current_scope
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path="/peringatan/serah-terima", name="Serah terima", title="Serah terima", order=20)

log = logging.getLogger(__name__)
KOTA_LENGTH = len("31.71")
ASKS = ("wilayah", "lembar", "hari")
AWAY = "Lembar tidak dapat disimpan sekarang; isian Anda tetap di sini. Silakan coba lagi."
NOT_WHOLE = "Lembar tersimpan hanya untuk yang melihat seluruh kota."
NOT_KEPT = "Lembar yang diminta tidak ada; ini draf dari keadaan sekarang."
PARTS = (
    (ids.HANDOVER_HEAD, "children"),
    (ids.HANDOVER_SHEET, "children"),
    (ids.HANDOVER_SHEET_FACT, "children"),
    (ids.HANDOVER_SIGN, "hidden"),
    (ids.HANDOVER_ARCHIVE, "children"),
    (ids.HANDOVER_ARCHIVE_FACT, "children"),
)
clientside_callback(
    ClientsideFunction("ruangPantau", "handoverAnswer"), Input(ids.HANDOVER_ANSWER, "data"), prevent_initial_call=True
)


def layout(**_query):
    """The frame of the screen, filled by the snapshot."""
    shown = panel("Lembar", ids.HANDOVER_SHEET, fact_id=ids.HANDOVER_SHEET_FACT, class_name="ho-sheet")
    kept = panel("Tersimpan", ids.HANDOVER_ARCHIVE, fact_id=ids.HANDOVER_ARCHIVE_FACT, class_name="ho-archive")
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.HANDOVER_HEAD),
            html.Div([shown, html.Div([_sign(), kept], className="ho-side")], className="grid12"),
            dcc.Store(ids.HANDOVER_ORDER),
            dcc.Store(ids.HANDOVER_ANSWER),
        ],
        className="desk handover",
        **view_of("serah-terima", ASKS),
    )


def _sign() -> html.Section:
    return html.Section(
        [
            html.Div([html.H2("Tanda tangan")], className="head"),
            html.Label("Diserahkan oleh", htmlFor="handover-from"),
            dbc.Input(id="handover-from", maxLength=handover.NAME_LENGTH, autocomplete="off"),
            html.Label("Diterima oleh", htmlFor="handover-to"),
            dbc.Input(id="handover-to", maxLength=handover.NAME_LENGTH, autocomplete="off"),
            html.Label("Catatan", htmlFor="handover-remark"),
            dbc.Textarea(id="handover-remark", maxLength=desk_log.NOTE_LENGTH, rows=3),
            html.Button("Simpan lembar", type="button", className="btn-q pri full", **{"data-sign": ""}),
            html.P(className="ho-said", role="status"),
        ],
        id=ids.HANDOVER_SIGN,
        className="p ho-sign",
    )


@live_view("serah-terima", *PARTS, asks=ASKS, unkept=ASKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The draft of this moment, or a stored sheet as it was signed."""
    return panel_or_error(ids.HANDOVER_SHEET_FACT, state, lambda: _shown(scope, query, state))


def _shown(scope: Scope, query: dict[str, str], state: State) -> dict:
    area_code = query.get("wilayah", "")[:KOTA_LENGTH]
    stored, kept = _stored(scope, query, area_code, state)
    body = stored.body if stored else handover.draft(scope, state, area_code)
    found = numbers.stored(body) if stored else numbers.live(body, state.frame.names)
    ends = words.ends(body, stored)
    sheet_parts = sheet(words.parts(body, found), words.figures(body, found), ends)
    fact = "seperti ditandatangani" if stored else "draf"
    return {
        (ids.HANDOVER_HEAD, "children"): _head(body, stored, "lembar" in query),
        (ids.HANDOVER_SHEET, "children"): sheet_parts,
        (ids.HANDOVER_SHEET_FACT, "children"): f"{fact}, per {stamp(datetime.fromisoformat(body['as_of']))}",
        (ids.HANDOVER_SIGN, "hidden"): stored is not None or not scope.everything,
        (ids.HANDOVER_ARCHIVE, "children"): archive.archive(kept, area_code, stored.brief_id if stored else None),
        (ids.HANDOVER_ARCHIVE_FACT, "children"): archive.short_name(handover.area_name(area_code)),
    }


def _stored(scope: Scope, query: dict, area_code: str, state: State) -> tuple[Brief | None, list[Kept] | None]:
    """The sheet that was asked for, and the last ones of the area; nothing for who may not see all of it."""
    if not scope.everything:
        return None, []
    day = archive.day_of(query.get("hari"), state.as_of)
    try:
        with desk_log.opened(settings().state_dsn) as connection:
            kept = handover.archive(connection, area_code, day, archive.SHOWN + 1)
            found = briefs.get(connection, int(query["lembar"])) if "lembar" in query else None
    except (DatabaseUnavailable, psycopg.Error) as problem:
        log.warning("serah-terima: %s", problem)
        return None, None
    return (found if found and found.kind == handover.KIND else None), kept


def _head(body: dict, stored: Brief | None, asked: bool) -> html.Div:
    sub = f"Sif {body['shift']['hours']} jam. "
    if stored:
        sub += f"Tersimpan {day_clock(stored.made_at)} WIB seperti terlihat, tidak dihitung ulang."
    else:
        sub += NOT_KEPT if asked else "Draf dari keadaan sekarang; belum disimpan."
    tools = [
        *([choice([("Draf sekarang", "?lembar=", False)], "Lembar")] if stored else []),
        html.Button("Salin teks", type="button", className="btn-q", **{"data-copy": words.text(body)}),
        html.Button("Cetak", type="button", className="btn-q", **{"data-print": "ho-sheet"}),
    ]
    crumbs = [("Peringatan Dini", numbers.desk(body)), ("Serah terima", None)]
    return desk_head(crumbs, f"Serah terima, {archive.short_name(body['area']['name'])}", sub, tools)


@guarded_callback(
    Output(ids.HANDOVER_ANSWER, "data"),
    Input(ids.HANDOVER_ORDER, "data"),
    policy=Policy.SIGNED_IN,
    prevent_initial_call=True,
)
def sign(order: object) -> dict:
    """Keep the sheet of this moment with two names; the answer names the click it belongs to."""
    number = order.get("kali") if isinstance(order, dict) else None
    try:
        return {"kali": number, "lembar": _keep(current_scope(), api.state(), current_name(), order)}
    except ValueError as refused:
        return {"kali": number, "kata": str(refused)}
    except (api.NotYet, DatabaseUnavailable, psycopg.Error) as problem:
        log.warning("serah-terima: %s", problem)
        return {"kali": number, "kata": AWAY}


def _keep(scope: Scope, state: State, who: str, order: object) -> int:
    """The number of the stored sheet. Raises ValueError with a line for the one who signs."""
    names = ("dari", "kepada", "catatan", "wilayah")
    given = [order.get(name) for name in names] if isinstance(order, dict) else [None]
    if not all(isinstance(value, str) for value in given):
        raise ValueError("Permintaan tidak dapat dibaca.")
    giver, taker, remark, area_code = given
    if area_code not in briefs.areas() or not scope.everything:
        raise ValueError(NOT_WHOLE)
    try:
        signature = handover.signature(remark, giver, taker)
    except ValueError:
        raise ValueError("Isi kedua nama (paling panjang 60 huruf); catatan paling panjang 500 huruf.") from None
    draft = handover.draft(scope, state, area_code)
    if draft["calls"] is None:
        raise DatabaseUnavailable("what was done cannot be read, so it cannot be signed")
    with desk_log.opened(settings().state_dsn) as connection:
        return handover.keep(connection, area_code, draft | signature, who)
