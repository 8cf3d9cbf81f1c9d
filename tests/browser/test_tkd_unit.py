"""What the screen of a unit shows, in Chromium, is what `python -m scoring` says of the same rows."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from components.formats import decimal
from data_access.scored_reports import RULEBOOK
from scoring import periods, rulebook
from scoring.grades import shown
from tests.browser import clock
from tests.browser.scoring_files import export, score_json, standings
from tests.conftest import PROJECT

pytestmark = [pytest.mark.db, pytest.mark.browser]

READY = ".sp .sum"
OF_EACH_KIND = """
with counted as (
    select unit_id, unit_type, count(*) as reports from crm.report join crm.unit using (unit_id)
    where entered_at between date_trunc('month', now()) + interval '7 hours' and now() group by 1, 2
)
(select unit_id from counted where unit_type = 'sudin' order by reports desc limit 1)
union (select unit_id from counted where unit_type = 'kelurahan' order by reports desc limit 1)
union (select unit_id from counted where unit_type = 'kelurahan' and reports = 1 limit 1)
union select 'D-BM' union select 'W-31.71' union select 'W-31.71.07'
"""


@pytest.fixture(scope="module")
def as_of():
    return clock.now()


@pytest.fixture(scope="module")
def answer(own_city, as_of):
    return score_json(own_city.dsn(), str(periods.open_at(as_of)[0]), as_of)


@pytest.fixture
def units(crm):
    return [unit_id for (unit_id,) in crm.execute(OF_EACH_KIND)]


def plan_json(files: dict[str, Path], unit_id: str, target: str, as_of: datetime) -> dict:
    """What the command line says of the plan of a unit to a grade."""
    options = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    asked = ["--unit", unit_id, "--target", target, "--period", str(periods.open_at(as_of)[0]), "--at"]
    command = [sys.executable, "-m", "scoring", "plan", *options, *asked, as_of.isoformat(), "--json"]
    return json.loads(subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout)


def nearest_to_a_grade(answer: dict, limits: dict[str, float]) -> list[tuple[str, str]]:
    """(unit of own reports with some open, a grade above its own), the one with the fewest points to it first."""
    upper = {unit["unit_id"] for unit in answer["aggregates"] if unit["units_below_count"]}
    above = [
        (limit - unit["final"], unit["unit_id"], letter)
        for unit in answer["units"]
        if unit["unit_id"] not in upper and unit["complete"] < unit["total"]
        for letter, limit in limits.items()
        if limit > unit["final"]
    ]
    return [(unit_id, letter) for _, unit_id, letter in sorted(above)]


def number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def test_score_and_grade_of_every_kind_of_unit(wall_url, open_page, answer, units, as_of):
    wanted, seen = standings(answer), {}
    assert len(units) >= 5
    for unit_id in units:
        page = open_page(f"{wall_url}/tkd/{unit_id}", 1366, 900, ready=READY)
        figure = page.locator(".hero .fig").first.inner_text().split()
        seen[unit_id] = (figure[0], figure[1])
        assert page.troubles == []
    grades = rulebook.load(RULEBOOK).at(periods.open_at(as_of)[0]).grades
    assert seen == {unit_id: (shown(*wanted[unit_id], grades), wanted[unit_id][1]) for unit_id in units}


def test_the_parts_of_a_score_and_their_sum(wall_url, open_page, answer, crm):
    unit_id = crm.execute("select unit_id from crm.report where unit_id like 'S-BM%' limit 1").fetchone()[0]
    page = open_page(f"{wall_url}/tkd/{unit_id}", 1366, 900, ready=READY)
    unit = next(found for found in answer["units"] if found["unit_id"] == unit_id)
    got = [number(text.split()[0]) for text in page.locator(".sp .got").all_inner_texts()]
    shares = {"completion": 0.2, "time": 0.4, "weight": 0.2, "effort": 0.2}
    assert got == pytest.approx([shares[part] * unit[part] for part in shares], abs=0.011)
    total = page.locator(".sp .sum").inner_text()
    assert decimal(unit["obtained"], 2) in total and decimal(unit["maximum"], 2) in total


def test_the_plan_is_the_plan_of_the_command_line(wall_url, open_page, own_city, as_of, answer, tmp_path):
    grades = rulebook.load(RULEBOOK).at(periods.open_at(as_of)[0]).grades
    limits = dict(list(grades.items())[:3])  # those the screen offers as a target
    files = export(own_city.dsn(), tmp_path)
    near = nearest_to_a_grade(answer, limits)
    found = ((unit_id, target, plan_json(files, unit_id, target, as_of)) for unit_id, target in near)
    some = range(1, 11)  # as many as the screen lists
    unit_id, target, plan = next(one for one in found if one[2]["reachable"] and len(one[2]["complete"]) in some)
    page = open_page(f"{wall_url}/tkd/{unit_id}?target={target}", 1366, 900, ready=READY)
    words = page.locator(".plan").inner_text()
    assert all(report_id in words for report_id in plan["complete"])
    assert decimal(plan["final"], 2) in words
