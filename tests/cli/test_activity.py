"""Many activities corrected at once: all of unknown kind, or of a range, a device or a folder."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import START, copied, home_at, run_fit, untyped_gpx
from tightlog.cli.main import main
from tightlog.home.settings import Home


@pytest.fixture(scope="module")
def refreshed_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = home_at(
        tmp_path_factory.mktemp("refreshed") / "home",
        a_gpx=untyped_gpx(),
        b_gpx=untyped_gpx(START + timedelta(days=31)),
        c_fit=run_fit(START + timedelta(days=32)),
    )
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n', encoding="utf-8")
    assert main(["--home", str(home.folder), "refresh", "--json"]) == 0
    return home


@pytest.fixture
def home(refreshed_home: Home, tmp_path: Path) -> Home:
    """A copy of that home to write into."""
    return copied(refreshed_home, tmp_path)


def test_all_of_unknown_kind_are_corrected_at_once(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--home", str(home.folder)]
    bulk = [*at, "activity", "--all-of-unknown-kind", "--sport", "running"]
    capsys.readouterr()
    assert main([*bulk, "--where", "2026-06", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["activity_ids"]) == 1
    assert main(bulk) == 0
    assert "Saved for 2 activities" in capsys.readouterr().out
    assert main([*at, "refresh"]) == 0
    capsys.readouterr()
    query = "select sport_rule from activity order by started_at"
    assert main([*at, "sql", "--json", query]) == 0
    rules = [row["sport_rule"] for row in json.loads(capsys.readouterr().out)]
    assert rules == ["correction", "correction", "file"]
    assert main(bulk) == 0
    assert "0 activities meant" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (["2026-05"], 1),
        (["2026-05-04..2026-06-04"], 2),
        (["2026-06.."], 2),
        (["..2026-05-04"], 1),
        (["folder=c.fit"], 1),
        (["folder=data/raw/c"], 0),
        (["device=GARMIN"], 1),
        (["device=phone", "2026-06"], 1),
    ],
)
def test_where_means_days_a_device_or_a_folder(
    home: Home, where: list[str], count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    words = [word for text in where for word in ("--where", text)]
    assert main(["--home", str(home.folder), "activity", *words, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (len(said["activity_ids"]), said["entries"]) == (count, [])


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["3f2a", "--all-of-unknown-kind"],
        ["--where", "last week"],
        ["--where", "2026-02-30"],
        ["--where", "x=1"],
        ["--where", ".."],
    ],
)
def test_what_is_not_clear_is_wrong_usage(home: Home, words: list[str]) -> None:
    try:
        code: object = main(["--home", str(home.folder), "activity", *words])
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
