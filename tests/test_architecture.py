"""The house keeps its own rules; and each rule is shown to find what it forbids."""

from pathlib import Path

import pytest

from tests import architecture as rules

PROJECT = Path(__file__).resolve().parents[1]
FOLDERS = ("pages", "components", "data_access", "scoring", "demo")
# What the terminal commands print with; everything else returns values or raises.
COMMANDS = ("__main__.py", "commands.py", "command.py")
TALKING = {"demo/up.py", "demo/live.py", "demo/progress.py"}


def product() -> list[Path]:
    """Every Python file of the product."""
    files = [path for folder in FOLDERS for path in sorted((PROJECT / folder).rglob("*.py"))]
    return [path for path in [PROJECT / "app.py", *files] if path.exists()]


def files_of_tests() -> list[Path]:
    """Every test file."""
    return sorted((PROJECT / "tests").rglob("*.py"))


def assets() -> list[Path]:
    """Every style sheet and script."""
    return sorted(path for path in (PROJECT / "assets").rglob("*") if path.suffix in (".css", ".js"))


def assert_kept(rule, files) -> None:
    """No file offends against the rule; the message lists each offence as file:line."""
    assert files, "there are no files to check"
    offences = [f"{file.relative_to(PROJECT)}:{offence}" for file in files for offence in rule(file.read_text())]
    assert offences == [], f"{rule.__doc__}\n" + "\n".join(offences)


def test_modules_functions_and_callbacks_stay_short():
    assert_kept(rules.long_module, product() + files_of_tests())
    assert_kept(rules.long_functions, product())


def test_colours_are_named_in_the_theme_alone():
    assert_kept(rules.colours_in_python, [path for path in product() if path != PROJECT / "components" / "theme.py"])
    assert_kept(rules.colours_in_asset, [path for path in assets() if path.name != "00-tokens.css"])


def test_inline_styles_hold_computed_values_alone():
    assert_kept(rules.fixed_styles, product())


def test_only_commands_print():
    silent = [path for path in product() if path.name not in COMMANDS]
    assert_kept(rules.prints, [path for path in silent if str(path.relative_to(PROJECT)) not in TALKING])


def test_nothing_links_to_another_host():
    assert_kept(rules.links_in_python, product())
    assert_kept(rules.links_in_asset, assets())


def test_nobody_imports_app():
    assert_kept(rules.imports_of_app, product())


def test_every_test_asserts_something():
    assert_kept(rules.tests_without_assertion, [path for path in files_of_tests() if path.name.startswith("test_")])


def test_app_stays_small():
    assert len((PROJECT / "app.py").read_text().splitlines()) < 60


LONG_BODY = "\n".join(f"    x{i} = {i}" for i in range(16))

FORBIDDEN = [
    (rules.long_module, "x = 1\n" * 251),
    (rules.long_functions, "def f():\n" + "    x = 1\n" * 40),
    (rules.long_functions, f"@guarded_callback(Output())\ndef f():\n{LONG_BODY}\n"),
    (rules.colours_in_python, "ink = 'fill:#a1B2c3'"),
    (rules.colours_in_asset, ".a {\n  color: #fff;\n}"),
    (rules.fixed_styles, "html.Div(style={'width': '3px'})"),
    (rules.fixed_styles, "html.Div(style={'width': w, 'height': 3})"),
    (rules.prints, "if x:\n    print('hello')"),
    (rules.links_in_python, "u = 'https://cdn.example.org/x.js'"),
    (rules.links_in_python, "u = f'http://{host}/x.js'"),
    (rules.links_in_asset, "@import url(//fonts.example.org/a.css);"),
    (rules.links_in_asset, "fetch('https://example.org')"),
    (rules.imports_of_app, "from app import server"),
    (rules.imports_of_app, "def f():\n    import app"),
    (rules.tests_without_assertion, "def test_x():\n    run()"),
]
ALLOWED = [
    (rules.long_module, "# budget: a table\n" + "x = 1\n" * 251),
    (rules.long_functions, "def f():  # budget: one long list\n" + "    x = 1\n" * 40),
    (rules.long_functions, f"@cache\ndef f():\n{LONG_BODY}\n"),
    (rules.long_functions, "@callback(Output())\ndef f():\n    '''Says.'''\n" + "    x = 1\n" * 15),
    (rules.colours_in_python, '"""Not #ffffff."""\nx = "#feedback"'),
    (rules.colours_in_asset, "#fade {\n  /* #fff\n #000 */ color: var(--ink);\n}"),
    (rules.fixed_styles, "html.Div(style={'width': f'{share:.1%}'})"),
    (rules.fixed_styles, "html.Div(style={'width': '3px'})  # budget: Leaflet reads it"),
    (rules.prints, "'print(1)'"),
    (rules.links_in_python, '"""See https://example.org."""\nu = "http://127.0.0.1:8050"'),
    (rules.links_in_asset, "// https://example.org\nconst SVG = 'http://www.w3.org/2000/svg';"),
    (rules.imports_of_app, "from application import x"),
    (rules.tests_without_assertion, "def test_x():\n    with pytest.raises(ValueError):\n        run()"),
]


@pytest.mark.parametrize(("rule", "text"), FORBIDDEN)
def test_each_rule_finds_what_it_forbids(rule, text):
    assert len(rule(text)) == 1


@pytest.mark.parametrize(("rule", "text"), ALLOWED)
def test_each_rule_leaves_alone_what_it_allows(rule, text):
    assert rule(text) == []
