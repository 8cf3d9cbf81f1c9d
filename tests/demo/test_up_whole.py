"""The real room from a fresh copy of the project: the city, the migrations, the web, the simulator, the scheduler."""

import shutil

import pytest

from tests.conftest import PROJECT
from tests.demo.room import Room

pytestmark = [pytest.mark.db, pytest.mark.timeout(420)]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", ".*_cache", "__pycache__", ".hypothesis", ".env")


class WholeRoom(Room):
    """The project itself instead of the tiny processes."""

    def _fill(self) -> None:
        shutil.copytree(PROJECT, self.folder, ignore=NOT_COPIED)


@pytest.fixture
def room(tmp_path):
    made = WholeRoom(tmp_path / "room", deadline_seconds=180)
    yield made
    made.clean()


def test_a_fresh_copy_comes_up_with_fourteen_months_and_comes_back_after_kill_9(room):
    room.up()
    assert room.get("/healthz/ready")[0] == 200
    assert room.get("/")[0] == 200
    months = "SELECT count(DISTINCT date_trunc('month', entered_at)) >= 14, count(*) > 150000 FROM crm.report"
    assert room.ask(months, room.database()) == (True, True)
    assert room.ask("SELECT obj_description('crm'::regnamespace, 'pg_namespace')", room.database()) == (
        "DATA SIMULASI",
    )
    room.end(9)
    room.up()
    assert room.get("/healthz/ready")[0] == 200
    assert room.end() == 0
    assert room.processes() == []
