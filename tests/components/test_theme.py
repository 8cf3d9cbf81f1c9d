"""The tokens keep what the design promises: text that can be read, statuses and grades that can be told apart."""

import re
from itertools import combinations

import plotly.io as pio
import pytest

from components.theme import GRADES, STATUS, TEMPLATE, TOKENS_CSS, tokens
from tests.components.colour import ciede2000, contrast, distance

HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
THEMES = ("dark", "light")
FLOOR = {"normal": 15, "deuteran": 12, "protan": 12, "tritan": 11, "grey": 5}
SETS = {"status": [status.token for status in STATUS.values()], "grade": list(GRADES.values())}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["bg", "surface"])
@pytest.mark.parametrize("ink", ["text", "text-2", "text-3", "alarm"])
def test_text_has_a_contrast_of_seven_on_both_grounds(theme, ground, ink):
    colours = tokens(theme)
    assert contrast(colours[ink], colours[ground]) >= 7


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_the_alarm_block_has_a_contrast_of_seven(theme):
    assert contrast(tokens(theme)["text"], tokens(theme)["alarm-bg"]) >= 7


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_the_red_banner_have_a_contrast_of_seven(theme):
    assert contrast(tokens(theme)["bg"], tokens(theme)["alarm"]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mark", [*SETS["status"], "warn", "ok", "quiet", "ref"])
def test_marks_and_bars_have_a_contrast_of_three(theme, mark):
    assert contrast(tokens(theme)[mark], tokens(theme)["bg"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", FLOOR)
@pytest.mark.parametrize("name", SETS)
def test_every_pair_can_be_told_apart_by_every_eye_and_in_grey(name, sight, theme):
    colours = tokens(theme)
    closest = min((distance(colours[a], colours[b], sight), a, b) for a, b in combinations(SETS[name], 2))
    assert closest[0] >= FLOOR[sight], closest


def test_the_colour_measures_agree_with_published_values():
    # Sharma, Wu, Dalal 2005, table 1, pairs 1 and 17; WCAG: black on white.
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_both_themes_define_the_same_colours():
    assert tokens("dark").keys() == tokens("light").keys()
    assert "menunggu" in tokens("dark")


def test_an_unknown_theme_is_refused_with_its_name():
    with pytest.raises(ValueError, match="no block for the theme 'sepia'"):
        tokens("sepia")


def test_no_other_stylesheet_script_or_module_names_a_colour():
    project = TOKENS_CSS.parent.parent
    files = [
        path
        for found in ("assets/*.css", "assets/*.js", "components/*.py", "pages/*.py")
        for path in project.glob(found)
    ]
    offenders = {path.name: HEX.findall(path.read_text("utf-8")) for path in files if path != TOKENS_CSS}
    assert {name: found for name, found in offenders.items() if found} == {}
    assert HEX.findall(TOKENS_CSS.read_text("utf-8")), "the pattern finds no colour where there are many"


def test_the_template_leaves_colours_to_the_stylesheet_and_writes_indonesian_numbers():
    layout = pio.templates[TEMPLATE].layout
    assert layout.separators == ",."
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
