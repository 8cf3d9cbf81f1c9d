"""The wall as a whole in Chromium: nothing scrolls, nothing is cut, one picture for both themes, rows that slide."""

import threading
from importlib.metadata import distribution

import pytest
from dash import Dash, Input, Output, dcc, html
from flask import send_file
from werkzeug.serving import make_server

from components import ids
from components.changes import changes_list
from components.filters import filter_bar
from components.grades import grades_body
from components.panels import panel
from components.shell import shell
from components.status_chart import status_body
from components.strip import figures
from components.theme import TOKENS_CSS, tokens
from components.unit_rows import unit_rows
from components.waiting_list import waiting_list
from tests.components.test_panel_rows import mover, unit
from tests.components.test_status_chart import CHANGES, COUNTS, DAY
from tests.components.test_strip import MEASURED
from tests.components.test_waiting_list import waiting
from tests.components.tree import nodes, row

pytestmark = pytest.mark.browser
BOOTSTRAP_CSS = distribution("bootstrap-flask").locate_file("flask_bootstrap/static/bootstrap5/css/bootstrap.min.css")
SCREENS = [(1920, 1080), (3840, 2160), (1366, 768), (1366, 690), (390, 844)]
UNIT_NAMES = (
    "Satpol PP,Bina Marga,Perhubungan,Pertamanan,Sumber Daya Air,Cipta Karya,Lingkungan Hidup,Sosial,Kesehatan,Bapenda"
)
# Boxes whose words are wider or higher than they are; long names end in an ellipsis on purpose and are left out.
CUT = """() => [...document.querySelectorAll('.figs *, .fact, .wl b, .sl5 *, .units b, .units .w, .g, .mv b, .key')]
  .filter(e => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1).map(e => e.className + ': ' + e.textContent)"""


def grade_movers():
    moves = [
        mover(51, 48.7, "D", "E"),
        mover(60.8, 57.9, "C", "D"),
        mover(74.2, 76, "C", "B"),
        mover(84.1, 85.6, "B", "A"),
    ]
    counts = {"A": 61, "B": 112, "C": 70, "D": 18, "E": 6}
    return row(counts=counts, previous_counts=counts, movers=moves)


def waits(turned: bool):
    rows = [waiting(hours * 60 + 12, f"JK{hours}") for hours in (31, 29, 27, 26, 24, 19, 17)]
    return waiting_list([*rows[3:], *rows[:3]] if turned else rows, 37)


def wall() -> html.Main:
    """The six panels with ordinary data."""
    filled = {
        ids.WAITING_BODY: waits(False),
        ids.STATUS_BODY: status_body(COUNTS, CHANGES, [DAY] * 22, 30, 500, "Okt"),
        ids.UNITS_BODY: unit_rows([unit(name) for name in UNIT_NAMES.split(",")], 1750, "Okt"),
        ids.GRADES_BODY: grades_body(grade_movers()),
        ids.CHANGES_BODY: changes_list([]),
        ids.WAITING_FACT: "7 dari 37",
        ids.GRADES_FACT: "267 kelurahan, garis = Okt",
    }
    main = html.Main(
        [
            filter_bar(),
            panel("Menunggu paling lama", ids.WAITING_BODY, fact_id=ids.WAITING_FACT, class_name="wait"),
            panel("Kepadatan laporan, 7 hari", ids.MAP_BODY, fact_id=ids.MAP_FACT, class_name="peta"),
            panel("Laporan menurut status", ids.STATUS_BODY, fact_id=ids.STATUS_FACT, class_name="status"),
            panel("Dinas, badan, biro terbanyak", ids.UNITS_BODY, fact_id=ids.UNITS_FACT, class_name="ten"),
            panel("TKD sementara", ids.GRADES_BODY, fact_id=ids.GRADES_FACT, class_name="tkd"),
            panel("Jam ini", ids.CHANGES_BODY, fact_id=ids.CHANGES_FACT, class_name="feed"),
        ],
        className="wall",
    )
    for node in nodes(main):
        node.children = filled.get(getattr(node, "id", None), getattr(node, "children", None))
    return main


@pytest.fixture(scope="module")
def address():
    styles = {
        "assets_folder": str(TOKENS_CSS.parent),
        "assets_ignore": r"^(15|6)",
        "external_stylesheets": ["/bootstrap.css"],
    }
    app = Dash(__name__, update_title=None, **styles)
    app.server.add_url_rule("/bootstrap.css", "bootstrap", lambda: send_file(BOOTSTRAP_CSS))
    turn = dcc.Input(id="turn", type="hidden")  # what the polling script does on the real page
    app.layout = shell([("Ruang Pantau", "/"), ("Peta", "/peta")], html.Div([wall(), turn], className="page"), True)
    next(node for node in nodes(app.layout) if getattr(node, "id", None) == ids.FIGURES).children = figures(
        row(**MEASURED)
    )

    @app.callback(Output(ids.WAITING_BODY, "children"), Input("turn", "value"), prevent_initial_call=True)
    def turned(_value):
        return waits(True)

    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()


@pytest.fixture
def screen(browser, address):
    contexts = []

    def at(width: int, height: int, query: str = "", **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        page = contexts[-1].new_page()
        page.goto(address + query)
        page.wait_for_selector(".barlayer .point path", state="attached")
        return page

    yield at
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_nothing_is_cut_or_scrolls_sideways_and_only_the_phone_scrolls_down(screen, width, height):
    page = screen(width, height)
    wide, high = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert wide <= width
    assert high <= height or width == 390
    assert page.evaluate(CUT) == []


def test_bootstrap_leaves_no_spacing_or_weight_of_its_own(screen):
    foreign = """() => [...document.querySelectorAll('.app :is(p, ol, ul, dl, dt, dd, h2)')].filter(e => {
      const style = getComputedStyle(e);
      return style.marginBottom !== '0px' || (e.matches('ol, ul') && style.paddingLeft !== '0px')
        || (e.matches('dt') && style.fontWeight !== '400');
    }).map(e => e.tagName + ' ' + e.className)"""
    assert screen(1366, 768).evaluate(foreign) == []


@pytest.mark.parametrize(("theme", "query"), [("dark", "?tema=gelap"), ("light", "?tema=terang")])
def test_bars_take_the_colours_of_the_theme(screen, theme, query):
    page = screen(1366, 768, query)
    fill = page.eval_on_selector(".barlayer .trace:nth-child(1) path", "e => getComputedStyle(e).fill")
    wanted = tokens(theme)["menunggu"]
    assert fill == f"rgb({', '.join(str(int(wanted[i : i + 2], 16)) for i in (1, 3, 5))})"


def test_hover_gives_exact_numbers_in_indonesian(screen):
    page = screen(1366, 768)
    box = page.locator(".frame").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 21.5 / 30, box["y"] + box["height"] * 0.8)
    page.wait_for_selector(".hoverlayer .legend", state="attached")
    words = page.locator(".hoverlayer").text_content()
    assert words.startswith("Masuk tanggal 22")
    assert "Selesai : 385" in words


COUNT_MOVES = """() => {
  window.moves = [];
  const still = Element.prototype.animate;
  Element.prototype.animate = function (...given) {
    window.moves.push(this.dataset.key);
    return still.apply(this, given);
  };
}"""


@pytest.mark.parametrize(("motion", "slid"), [("no-preference", 7), ("reduce", 0)])
def test_rows_slide_to_their_new_rank_unless_motion_is_unwanted(screen, motion, slid):
    page = screen(1366, 768, reduced_motion=motion)
    page.wait_for_timeout(200)
    page.evaluate(COUNT_MOVES)
    page.evaluate("dash_clientside.set_props('turn', {value: 1})")
    page.wait_for_selector(".wl li:first-child[data-key='JK26']")
    page.wait_for_timeout(200)
    assert len(page.evaluate("window.moves")) == slid


def test_every_stop_of_the_keyboard_is_seen(screen):
    page = screen(1366, 768)
    stops = []
    for _ in range(5):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("(e => [e.className, getComputedStyle(e).outlineStyle])(document.activeElement)"))
    names = " ".join(name for name, _ in stops)
    assert "link" in names and "theme" in names and names.count("form-select") == 2
    assert {outline for _, outline in stops} == {"solid"}


@pytest.mark.parametrize(("width", "height", "least"), [(1366, 768, 32), (390, 844, 44)])
def test_the_theme_button_is_large_enough_to_hit(screen, width, height, least):
    box = screen(width, height).locator("button.theme").bounding_box()
    assert min(box["width"], box["height"]) >= least
    assert box["x"] + box["width"] <= width


def test_a_notice_is_seen_on_the_wall_and_the_selects_are_not(screen):
    page = screen(1920, 1080)
    place = page.locator(".filters")
    assert place.bounding_box()["height"] == 0
    page.evaluate(f"dash_clientside.set_props('{ids.FILTER_NOTICE}', {{children: 'Unit “X” tidak dikenal'}})")
    page.wait_for_selector(".filters .notice:not(:empty)")
    assert place.bounding_box()["height"] > 20
    assert not page.locator(f"#{ids.UNIT_SELECT}").is_visible()


def test_the_wall_hides_pointer_and_links_until_somebody_moves(screen):
    page = screen(1920, 1080)
    seen = "[getComputedStyle(document.body).cursor, getComputedStyle(document.querySelector('nav')).opacity]"
    assert page.evaluate(seen) == ["none", "0"]
    page.mouse.move(500, 500)
    assert page.evaluate(seen) == ["auto", "1"]
