"""The map in Chromium, alone on a page, under the strict script policy of the product."""

import threading
from itertools import combinations

import pytest
from dash import Dash, Input, Output, dcc, html
from werkzeug.serving import make_server

from components import density_map as dm
from components.basemap import Mark
from data_access import geography
from tests.components.test_density_map import ASSETS, LINES, SHEET

pytestmark = pytest.mark.browser
MARKS = [
    Mark(-6.13, 106.75, 31.0, "Kapuk", over_24h=True),
    Mark(-6.34, 106.82, 26.0, "<b>Jaga</b>", over_24h=True),
    Mark(-6.20, 106.90, 9.0, "Pulo Gadung", over_24h=False),
]
HTML = (
    '<!doctype html><html lang="id" data-bs-theme="dark"{attribute}><head>{{%metas%}}{{%css%}}</head>'
    "<body>{{%app_entry%}}<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer></body></html>"
)

# The first answer comes after the layers were mounted and before they were built, as on a slow machine: React is made
# to pause between the two (time leaps at every look at the clock), and the answer is kept back until then.
ANSWER_WHILE_BUILDING = """(function () {
  const post = MessagePort.prototype.postMessage, now = performance.now.bind(performance), fetchNow = window.fetch;
  let answer, layers = 0, before = null, leap = 0;
  const held = new Promise((resolve) => { answer = resolve; });
  function drawn() {
    const entry = document.getElementById("react-entry-point");
    return entry[Object.keys(entry).find((name) => name.startsWith("__reactContainer"))].stateNode.current;
  }
  window.fetch = function (url) {
    const sent = fetchNow.apply(this, arguments);
    if (!String(url.url || url).includes("_dash-update-component")) return sent;
    return Promise.all([sent, held]).then(([response]) => response);
  };
  performance.now = () => now() + (before ? (leap += 6) : 0);
  MessagePort.prototype.postMessage = function (...message) {
    const between = before && answer && drawn() !== before;
    if (between) { answer(); answer = null; window.answeredWhileBuilding = true; }
    if (between) setTimeout(() => post.apply(this, message), 100);
    else post.apply(this, message);
  };
  const wait = setInterval(function () {
    if (!window.L) return;
    clearInterval(wait);
    const build = L.GeoJSON.prototype.initialize;
    L.GeoJSON.prototype.initialize = function (...options) {
      if (++layers === 7) before = drawn();
      return build.apply(this, options);
    };
  }, 1);
})();"""


def page(attribute: str) -> Dash:
    app = Dash(__name__, assets_folder=str(ASSETS), assets_ignore=r"^(?!(00-|60-))", update_title=None)
    app.index_string = HTML.format(attribute=attribute).replace("{{", "{").replace("}}", "}")
    drawing = dm.density_map("peta", LINES, geography.mainland_rings())
    box = {"width": "min(598px, 100%)", "height": "508px", "display": "flex", "flexDirection": "column"}
    app.layout = html.Div([html.Div(drawing, id="box", style=box), dcc.Input(id="count", type="number", value=0)])
    areas = geography.wall_areas_km2()

    @app.callback(
        Output("peta-classes", "data"),
        Output("peta-marks", "data"),
        Output("peta-labels", "data"),
        Input("count", "value"),
    )
    def update(count):
        counts = [count or 0] * len(areas)
        return dm.classes_geojson(counts, areas), dm.marks_geojson(MARKS, SHEET), dm.labels_geojson(MARKS, SHEET)

    @app.server.after_request
    def policy(response):
        hashes = " ".join(app.csp_hashes())
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
        )
        return response

    return app


@pytest.fixture
def opened(browser, request):
    """Open the page for (html attribute, width, height); gives the page, its errors and the hosts it asked."""
    server = tab = thread = None

    def open_page(attribute: str, width: int, height: int, script: str = ""):
        nonlocal server, tab, thread
        server = make_server("127.0.0.1", 0, page(attribute).server, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        tab = browser.new_page(viewport={"width": width, "height": height})
        tab.problems, tab.hosts = [], set()
        tab.on("console", lambda message: tab.problems.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: tab.problems.append(str(error)))
        tab.on("request", lambda sent: tab.hosts.add(sent.url.split("/")[2].split(":")[0]))
        tab.add_init_script(script)
        tab.goto(f"http://127.0.0.1:{server.server_port}/")
        tab.wait_for_selector(".peta-teks")
        return tab

    yield open_page
    if tab:
        tab.close()
    server.shutdown()
    thread.join()
    server.server_close()


def box_of(tab, selector: str) -> dict:
    return tab.locator(selector).first.bounding_box()


def test_the_wall_shows_cells_lines_marks_and_names_and_asks_no_other_host(opened):
    tab = opened(' data-layar="dinding"', 1920, 1080)
    assert tab.locator("path.cell").count() == len(geography.mainland_rings())
    assert [tab.locator(f"path.{name}").count() for name in ("coast", "kota", "kec", "w24", "w6", "ld")] == [
        1,
        1,
        1,
        2,
        1,
        2,
    ]
    assert tab.locator(".peta-nama span").all_inner_texts() == list(dm.KOTA_NAMES)
    assert tab.locator(".peta-teks b").all_inner_texts() == ["Kapuk", "<b>Jaga</b>"]
    assert tab.problems == []
    assert tab.hosts == {"127.0.0.1"}


def test_an_update_changes_the_class_of_the_same_element_so_that_it_can_fade(opened):
    tab = opened(' data-layar="dinding"', 1920, 1080)
    first = tab.locator("path.cell").first
    assert "m0" in first.get_attribute("class")
    first.evaluate("element => { element.kept = true }")
    tab.fill("#count", "9")
    tab.wait_for_selector("path.cell.m5")
    assert first.evaluate("element => element.kept") is True
    assert "fill 0.6s" in first.evaluate("element => getComputedStyle(element).transition")
    assert tab.locator("path.cell.m0").count() == 0


def test_an_answer_that_comes_while_the_layers_are_built_is_drawn_all_the_same(opened):
    tab = opened("", 390, 844, ANSWER_WHILE_BUILDING)
    assert tab.evaluate("window.answeredWhileBuilding") is True
    assert [tab.locator(f"path.{name}").count() for name in ("w24", "w6", "ld")] == [2, 1, 2]


def test_both_themes_recolour_the_same_map_at_once(opened):
    tab = opened(' data-layar="dinding"', 1920, 1080)
    sea = tab.locator("path.coast").first
    dark = sea.evaluate("element => getComputedStyle(element).fill")
    tab.evaluate("document.documentElement.dataset.bsTheme = 'light'")
    assert sea.evaluate("element => getComputedStyle(element).fill") != dark


def test_the_whole_of_jakarta_fits_its_panel_again_when_the_panel_changes(opened):
    tab = opened("", 1366, 768)
    tab.evaluate("Object.assign(document.querySelector('#box').style, {width: '300px', height: '246px'})")
    tab.wait_for_timeout(500)
    panel, cells = box_of(tab, "#box"), [part.bounding_box() for part in tab.locator("path.cell.m0").all()[::10]]
    assert max(cell["x"] + cell["width"] for cell in cells) <= panel["x"] + panel["width"] + 6
    assert max(cell["y"] + cell["height"] for cell in cells) <= panel["y"] + panel["height"] + 6


@pytest.mark.parametrize(
    ("attribute", "width", "height", "movable"),
    [(' data-layar="dinding"', 1920, 1080, False), ("", 1366, 768, True), ("", 390, 844, False)],
    ids=["wall", "desk", "phone"],
)
def test_only_a_desk_can_move_the_map_with_mouse_and_keyboard(opened, attribute, width, height, movable):
    tab = opened(attribute, width, height)
    leaflet = tab.locator(".leaflet-container")
    assert leaflet.get_attribute("tabindex") == ("0" if movable else "-1")
    before = box_of(tab, "path.kota")
    leaflet.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_timeout(600)
    assert (box_of(tab, "path.kota")["x"] != before["x"]) is movable
    if movable:
        leaflet.dblclick(position={"x": 300, "y": 20})
        tab.wait_for_timeout(200)
        assert box_of(tab, "path.kota")["x"] == pytest.approx(before["x"], abs=1)


def test_names_as_wide_as_the_machine_draws_them_stay_clear_of_each_other_and_of_the_scale(opened):
    tab = opened(' data-layar="dinding"', 1920, 1080)
    boxes = [part.bounding_box() for part in tab.locator(".peta-teks, .peta-skala > *").all()]
    assert len(boxes) == 5
    for one, two in combinations(boxes, 2):
        assert (
            one["x"] + one["width"] <= two["x"]
            or two["x"] + two["width"] <= one["x"]
            or one["y"] + one["height"] <= two["y"] + 1
            or two["y"] + two["height"] <= one["y"] + 1
        )
