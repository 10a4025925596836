"""`tightlog files --explain` shows every message of a FIT file, wherever it lies."""

import gzip
import json
from pathlib import Path

import pytest

from tests.builders import home_at, run_fit, run_gpx, zipped
from tightlog.cli.main import main
from tightlog.home.settings import Home

Out = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(tmp_path / "home", monday_fit=run_fit(minutes=1), track_gpx=run_gpx())
    inner = zipped({"activities/1.fit.gz": gzip.compress(run_fit(minutes=1))})
    (home.raw / "export.zip").write_bytes(zipped({"deep/part.zip": inner}))
    return home


def explained(home: Home, name: str, *options: str) -> int:
    return main(["files", "--home", str(home.folder), "--explain", name, *options])


@pytest.mark.parametrize(
    "name", ["monday.fit", "export.zip/deep/part.zip/activities/1.fit.gz", "OUTSIDE"]
)
def test_a_file_is_found_below_data_raw_in_archives_and_anywhere(
    home: Home, tmp_path: Path, name: str, capsys: Out
) -> None:
    outside = tmp_path / "elsewhere.fit"
    outside.write_bytes(run_fit(minutes=1))
    assert explained(home, str(outside) if name == "OUTSIDE" else name) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 64
    assert lines[1].startswith("1  record  timestamp 2026-05-0")
    assert "heart_rate 145 bpm" in lines[1]


def test_json_holds_each_message_on_a_line_of_its_own(home: Home, capsys: Out) -> None:
    assert explained(home, "monday.fit", "--json") == 0
    text = capsys.readouterr().out
    rows = json.loads(text)
    assert len(rows) == 64 and len(text.splitlines()) == 66
    heart_rate = next(one for one in rows[5]["fields"] if one["name"] == "heart_rate")
    assert heart_rate == {
        "name": "heart_rate", "value": 145, "unit": "bpm", "number": 3, "added_by_maker": False,
    }  # fmt: skip


def test_a_broken_file_ends_with_what_is_wrong(home: Home, capsys: Out) -> None:
    (home.raw / "cut.fit").write_bytes(run_fit(minutes=1)[:600])
    assert explained(home, "cut.fit") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("problem  the file ends early")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("track.gpx", "it is not a FIT file"),
        ("nowhere.fit", "there is no such file"),
        ("export.zip/nowhere.fit", "there is no such file"),
    ],
)
def test_what_has_no_messages_is_said(home: Home, name: str, reason: str, capsys: Out) -> None:
    assert explained(home, name) == 1
    assert reason in capsys.readouterr().err
