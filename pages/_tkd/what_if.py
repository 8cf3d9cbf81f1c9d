"""What if reports were completed, moved, ticketed or reopened: a scenario beside the present score, never mixed."""

from dash import html

from components import ids, states, what_if
from components.formats import integer
from data_access import monitor
from data_access.live import State
from data_access.monitor import Reading
from data_access.scope import Scope
from pages._query import PER_DAY_AT_MOST, UNKNOWN_NAMES
from pages._tkd import scenario, scenario_changes, scenario_result, scenario_rows
from pages._tkd.scenario import Item
from pages._tkd.scenario_changes import Chosen
from pages._tkd.scenario_reports import Desk, desk
from pages._web.views import live_view, panel_or_error
from scoring.simulate import simulate

ASKS = ("unit", "periode", "sim", "perhari")
FIRST_ROWS = 12
ROWS_AT_MOST = 200
SENTENCES = {
    "sim": "Skenario pada alamat ini tidak dapat dibaca: terlalu panjang, atau berisi tanda yang tidak dikenal.",
    "perhari": f"Jumlah per hari pada alamat ini tidak dapat dipakai; tulis angka 1 sampai {PER_DAY_AT_MOST}.",
}


def section(query: str) -> html.Section:
    """The frame of the panel; it has an answer of its own, as a scenario is its author's alone."""
    data = {"data-subview": "tkd-simulasi", "data-query": query, "data-asks": ",".join(ASKS)}
    tag = html.Span("SIMULASI, bukan angka resmi", className="tag")
    head = [html.H2("Bagaimana jika"), html.Div([html.Span(id=ids.WHAT_IF_FACT), " ", tag], className="fact")]
    right = html.Div([what_if.outcome(), what_if.choices_of_many()], className="beside")
    columns = html.Div([what_if.choices(), right], className="simg")
    return html.Section([html.Div(head, className="head"), columns], className="p sim", **data)


@live_view("tkd-simulasi", asks=ASKS, unkept=("sim", "perhari"))
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The list of reports with what was chosen, and base against scenario."""
    return panel_or_error(ids.WHAT_IF_FACT, state, lambda: _parts(scope, query, state))


def _parts(scope: Scope, query: dict[str, str], state: State) -> dict:
    reading = monitor.asked(scope, state, query)
    if reading is None:
        return {}
    sentence = scenario_result.nothing(reading)
    if sentence:
        return {**_result(states.empty(sentence), ""), (ids.WHAT_IF_LIST, "hidden"): True}
    return _scenario(reading, scope)


def _scenario(reading: Reading, scope: Scope) -> dict:
    text, per_day = reading.query.get("sim", ""), reading.query.get("perhari")
    items, unread = scenario.parse(text)
    pace, table = int(per_day) if per_day else None, desk(reading)
    chosen = scenario_changes.chosen(table, items, pace)
    refused = [*_unreadable(reading, unread), *chosen.refused]
    simulation = simulate(table.card, chosen.changes)
    found = scenario_result.result(table, scope, chosen, simulation, refused)
    return {
        **_choices(table, items, chosen),
        **_result("", what_if.result_data(found)),
        (ids.WHAT_IF_PACE, "children"): what_if.pace(pace, scenario_changes.PACE_HOUR),
        (ids.WHAT_IF_CLEAR, "disabled"): not (text or per_day),
    }


def _choices(table: Desk, items: list[Item], chosen: Chosen) -> dict:
    """The four lists one can tick in."""
    first = scenario_rows.open_rows(table, items, chosen, 0, FIRST_ROWS)
    rest = scenario_rows.open_rows(table, items, chosen, FIRST_ROWS, ROWS_AT_MOST, beyond=True)
    groups = scenario_rows.group_rows(table, items) if rest else []
    done = scenario_rows.done_rows(table, items, chosen)
    opened = f"Tampilkan semua ({integer(len(table.open_rows))})"
    return {
        (ids.WHAT_IF_LIST, "hidden"): False,
        (ids.WHAT_IF_FIRST, "data-rows"): what_if.rows_data(first),
        **_closed(ids.WHAT_IF_REST, ids.WHAT_IF_REST_TITLE, opened, rest),
        **_closed(ids.WHAT_IF_GROUPS, ids.WHAT_IF_GROUPS_TITLE, "Pilih per kategori atau unit", groups),
        **_closed(ids.WHAT_IF_DONE, ids.WHAT_IF_DONE_TITLE, "Buka lagi laporan selesai", done),
    }


def _closed(rows_id: str, title_id: str, words: str, rows: list[what_if.Row]) -> dict:
    title = what_if.title_with_ticks(words, rows)
    return {(rows_id, "data-rows"): what_if.rows_data(rows), (title_id, "children"): title}


def _unreadable(reading: Reading, unread: list[str]) -> list[str]:
    unknown = reading.query.get(UNKNOWN_NAMES, "").split(",")
    whole = [sentence for name, sentence in SENTENCES.items() if name in unknown]
    return whole + [f"“{part[:40]}” bukan butir skenario." for part in unread]


def _result(sentence, data: str) -> dict:
    """The result, or the sentence in its place; and nothing where a failure would speak."""
    return {
        (ids.WHAT_IF_BODY, "children"): sentence,
        (ids.WHAT_IF_RESULT, "data-result"): data,
        (ids.WHAT_IF_FACT, "children"): "",
    }


@live_view("tkd-tujuan")
def units(_scope: Scope, _query: dict[str, str], state: State) -> dict:
    """Every unit a report can be moved to, as pairs (how an item writes it, its name); read by assets/74-what-if.js."""
    known = state.frame.names.units[1:]
    return {(ids.WHAT_IF_UNITS, "options"): [[scenario.token(unit.unit_id), unit.name] for unit in known]}
