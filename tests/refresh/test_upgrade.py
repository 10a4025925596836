"""Another tightlog's warehouse: an older one is read again and says so, a newer one is left
alone, and nothing is lost either way.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.builders import SETTINGS, home_at, made_by_another, run_fit
from tightlog.cli.main import main
from tightlog.errors import SettingsError, WarehouseAhead, WarehouseOutdated
from tightlog.home.settings import Home, settings_of
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import build, store

OLDER, NEWER = build.SCHEMA_VERSION - 1, build.SCHEMA_VERSION + 1
READING = ("today", "findings", "effects", "files", "features")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = home_at(tmp_path_factory.mktemp("made"), a_fit=run_fit())
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    refresh(home, SETTINGS)
    return home


def run(home: Home, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["--home", str(home.folder), *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("command", READING)
def test_older_warehouse_is_not_shown_half_and_says_what_to_do(
    made: Home, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    made_by_another(made, OLDER)
    code, _, err = run(made, capsys, command)
    assert (code, "older tightlog" in err, "`tightlog refresh`" in err) == (1, True, True)


def test_older_warehouse_is_read_anew_by_the_next_refresh_and_says_so(
    made: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    made_by_another(made, OLDER)
    with pytest.raises(WarehouseOutdated):
        store.published_version(made)
    code, out, _ = run(made, capsys, "refresh")
    assert code == 0
    assert " ".join(out.split()).startswith(
        "Everything was read again, because the warehouse was made by an older tightlog. 1 "
        "file seen: 1 read;"
    )
    assert (
        store.relation(store.published_version(made), "publication")["schema_version"].item()
        == build.SCHEMA_VERSION
    )
    assert "read again" not in run(made, capsys, "refresh")[1]


@pytest.mark.parametrize("command", [*READING, "refresh", "ingest"])
def test_newer_warehouse_is_left_alone(
    made: Home, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    version = made_by_another(made, NEWER)
    code, _, err = run(made, capsys, command)
    assert (code, "newer tightlog" in err, "Traceback" in err) == (1, True, False)
    assert store.linked_version(made) == version


def test_newer_warehouse_is_made_anew_when_the_runner_says_so(
    made: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    made_by_another(made, NEWER)
    with pytest.raises(WarehouseAhead):
        store.published_version(made)
    assert run(made, capsys, "rebuild")[0] == 0
    assert store.relation(store.published_version(made), "activity").height == 1


@pytest.mark.parametrize("schema_version", [OLDER, NEWER])
def test_plain_sql_answers_on_any_of_them(
    made: Home, capsys: pytest.CaptureFixture[str], schema_version: int
) -> None:
    made_by_another(made, schema_version)
    code, out, _ = run(made, capsys, "sql", "--json", "select count(*) as n from activity")
    assert (code, json.loads(out)) == (0, [{"n": 1}])


def test_doctor_names_the_newer_one_and_the_remedy(
    made: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    made_by_another(made, NEWER)
    assert "newer tightlog" in run(made, capsys, "doctor")[1]


def test_diary_lines_of_a_newer_tightlog_are_told_wherever_they_matter(
    made: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    refresh(made, SETTINGS, from_scratch=True)
    rate(made.journal, 3, Moment(date(2026, 5, 4), None))
    with open(made.journal, "a") as file:
        file.write('{"format": 2, "kind": "flag", "what": "something new"}\n')
    for command in ("diary", "today", "doctor"):
        assert "written by a newer tightlog" in " ".join(run(made, capsys, command)[1].split())


def test_settings_of_a_newer_tightlog_are_refused_and_of_this_one_may_say_so(
    tmp_path: Path,
) -> None:
    home = home_at(tmp_path)
    home.settings_file.write_text('format = 1\ntime_zone = "Europe/Zurich"\n')
    assert settings_of(home).time_zone == "Europe/Zurich"
    home.settings_file.write_text('format = 2\nzone = "Europe/Zurich"\n')
    with pytest.raises(SettingsError, match="install the newer tightlog"):
        settings_of(home)
