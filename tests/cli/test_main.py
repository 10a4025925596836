"""The command line keeps its contract: exit codes, --json, --home on either side, errors with a
next step.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import home_at, run_fit
from tightlog import __version__
from tightlog.cli.main import main
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return made_home(tmp_path / "home")


def made_home(folder: Path) -> Home:
    home = home_at(
        folder,
        a_fit=run_fit(),
        broken_fit=b"not a FIT file",
        scores_csv=b"date,score\n2026-05-04,3\n",
    )
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    return home


@pytest.fixture(scope="module")
def read_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """That home, refreshed; it is only read."""
    made = made_home(tmp_path_factory.mktemp("read") / "home")
    refresh(made, settings_of(made))
    return made


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_refresh_json_is_the_contract(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--home", home.folder, "refresh", "--json")
    said = json.loads(out)
    assert code == 0
    assert said["files"] == {
        "read": 2,
        "partial": 0,
        "duplicate": 0,
        "no_activity": 0,
        "unreadable": 1,
        "unchanged": 0,
    }
    assert (said["activities"], said["scores"], said["warehouse"]) == (1, 1, str(home.database))


def test_home_may_stand_on_either_side_of_the_command(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(capsys, "--home", home.folder, "refresh", "--json")[1]
        != run(capsys, "refresh", "--json", "--home", home.folder)[1]
    )
    assert (
        json.loads(run(capsys, "files", "--json", "--home", home.folder)[1])[0]["path"] == "a.fit"
    )


def test_empty_home_variable_counts_as_unset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("TIGHTLOG_HOME", "")
    monkeypatch.chdir(tmp_path)
    _, out, _ = run(capsys, "refresh", "--json")
    assert json.loads(out)["warehouse"] == str(tmp_path / "data" / "warehouse" / "tightlog.duckdb")


def test_missing_home_is_created(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--home", tmp_path / "new" / "home", "refresh")[0] == 0
    assert (tmp_path / "new" / "home" / "data" / "raw").is_dir()


def test_reading_before_any_refresh_says_what_to_do_and_exits_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "--home", tmp_path, "today")
    assert code == 1
    assert "tightlog refresh" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["rate", "11"],
        ["rate"],
        ["did", "plonk"],
        ["rate", "3", "--red-flag", "sniffles"],
        ["rate", "3", "--at", "soon"],
        ["diary", "withdraw", "r0"],
        ["sql", "drop table activity"],
    ],
)
def test_what_cannot_be_done_exits_1_with_a_reason_and_no_traceback(
    read_home: Home, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, _, err = run(capsys, "--home", read_home.folder, *arguments)
    assert code == 1
    assert err.startswith("tightlog: ")


@pytest.mark.parametrize("arguments", [["rate", "three"], ["fly"], ["refresh", "--fast"]])
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_settings_that_say_nonsense_are_named(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.settings_file.write_text('time_zone = "Mars/Olympus"\n')
    code, _, err = run(capsys, "--home", home.folder, "refresh")
    assert code == 1
    assert "Mars/Olympus" in err


def test_typo_in_an_intervention_gets_a_suggestion(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Plank" in run(capsys, "--home", home.folder, "did", "plankk")[2]


def test_rated_score_is_in_the_diary_and_after_a_refresh_in_sql(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    run(
        capsys,
        "--home",
        home.folder,
        "rate",
        "4",
        "--at",
        "2026-05-05T07:00",
        "--moment",
        "morning",
        "--note",
        "stiff",
    )
    assert (
        json.loads(run(capsys, "--home", home.folder, "diary", "--json")[1])["entries"][0]["note"]
        == "stiff"
    )
    run(capsys, "--home", home.folder, "refresh")
    _, out, _ = run(
        capsys,
        "--home",
        home.folder,
        "sql",
        "--json",
        "select day, score, rated_at from tightness where source = 'diary'",
    )
    assert json.loads(out) == [
        {"day": "2026-05-05", "score": 4.0, "rated_at": "2026-05-05 05:00:00+00:00"}
    ]


def test_red_flag_is_said_at_once_and_replaces_every_advice_until_cleared(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--home", home.folder, "refresh")
    _, said, _ = run(capsys, "--home", home.folder, "rate", "5", "--red-flag", "saddle_numbness")
    assert "emergency" in said.lower()
    advice = json.loads(run(capsys, "--home", home.folder, "today", "--json")[1])["advice"]
    assert [row["intervention"] for row in advice] == ["G4"]
    run(capsys, "--home", home.folder, "rate", "--clear-red-flag")
    advice = json.loads(run(capsys, "--home", home.folder, "today", "--json")[1])["advice"]
    assert "G4" not in [row["intervention"] for row in advice]


def test_clearing_never_swallows_a_new_warning_sign(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(
        capsys, "--home", home.folder, "rate", "--clear-red-flag", "--red-flag", "saddle_numbness"
    )
    assert (code, "by itself" in err) == (1, True)
    assert (
        "emergency"
        in run(capsys, "--home", home.folder, "rate", "--red-flag", "saddle_numbness")[1].lower()
    )
    assert "saddle numbness" in run(capsys, "--home", home.folder, "diary")[1]


def test_decimal_comma_is_a_number(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--home", home.folder, "rate", "3,5")[0] == 0
    assert "tightness 3.5" in run(capsys, "--home", home.folder, "diary")[1]


def test_word_in_place_of_a_score_is_called_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["rate", "three"])
    assert "'three' is not a number" in capsys.readouterr().err


def test_effort_of_an_intervention_is_listed(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--home", home.folder, "did", "swimming", "--minutes", "40", "--rpe", "4")
    assert (
        run(capsys, "--home", home.folder, "diary")[1]
        .rstrip()
        .endswith("Swimming  40 min  effort 4")
    )


def test_row_of_too_many_columns_is_printed_line_by_line(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--home", home.folder, "refresh")
    _, out, _ = run(capsys, "--home", home.folder, "sql", "from day where run_count = 1 limit 1")
    lines = dict(
        line.split(maxsplit=1) for line in out.splitlines() if line and not line.startswith("(")
    )
    assert lines["run_count"] == "1"
    assert "context_sleep_h" not in lines  # missing, so not said
    assert "do not fit" in out and "--format csv" in out


def test_place_that_cannot_be_written_is_said_without_a_traceback(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--home", home.folder, "refresh")
    (home.folder / "a file").write_text("")
    code, _, err = run(capsys, "--home", home.folder, "export", home.folder / "a file" / "out")
    assert (code, err.startswith("tightlog: ")) == (1, True)


def test_ingest_copies_into_the_inbox_and_keeps_the_original(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "from the watch.fit"
    given.write_bytes(run_fit(datetime(2026, 5, 8, 6, 0, tzinfo=UTC)))
    code, out, _ = run(capsys, "--home", home.folder, "ingest", given, "--json")
    assert (code, json.loads(out)["activities"]) == (0, 2)
    assert given.exists()
    assert (home.inbox / given.name).read_bytes() == given.read_bytes()


def test_today_says_that_files_were_only_read(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--home", home.folder, "ingest")
    assert "not analysed yet" in run(capsys, "--home", home.folder, "today")[1]
    run(capsys, "--home", home.folder, "refresh")
    assert "not analysed yet" not in run(capsys, "--home", home.folder, "today")[1]


def test_another_file_of_the_same_name_in_the_inbox_is_kept(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, minutes in (("one", 20), ("two", 25)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "run.fit").write_bytes(run_fit(minutes=minutes))
        run(capsys, "--home", home.folder, "ingest", tmp_path / folder / "run.fit")
    assert len(list(home.inbox.iterdir())) == 2


@pytest.mark.parametrize("command", ["today", "findings", "effects", "files", "features", "doctor"])
def test_every_reading_command_prints_words_and_json(
    read_home: Home, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    code, words, _ = run(capsys, "--home", read_home.folder, command)
    # Half of this home's files are broken, and doctor reports that.
    assert code == (1 if command == "doctor" else 0)
    assert words.strip()
    json.loads(run(capsys, "--home", read_home.folder, command, "--json")[1])


def test_features_are_listed_by_family_without_cutting_a_word(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--home", home.folder, "refresh")
    _, words, _ = run(capsys, "--home", home.folder, "features")
    shown = " ".join(words.split())
    listed = json.loads(run(capsys, "--home", home.folder, "features", "--json")[1])
    assert len(listed) > 50
    assert all(f"{row['feature']} [{row['unit']}] {row['definition']}" in shown for row in listed)
    # In a pipe nothing is wrapped: a name and its definition each have one line.
    lines = [line.strip() for line in words.splitlines()]
    assert all(any(line.startswith(row["definition"]) for line in lines) for row in listed)
    assert words.splitlines()[0] == "Coverage"
    assert "\nCross training\n" in words


def test_activity_is_corrected_by_the_start_of_its_id(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--home", home.folder, "refresh")
    _, out, _ = run(
        capsys, "--home", home.folder, "sql", "--json", "select activity_id from activity"
    )
    start = json.loads(out)[0]["activity_id"][:6]
    assert (
        run(
            capsys,
            "--home",
            home.folder,
            "activity",
            start,
            "--sport",
            "trail running",
            "--shoe",
            "blue",
        )[0]
        == 0
    )
    run(capsys, "--home", home.folder, "refresh")
    _, out, _ = run(
        capsys,
        "--home",
        home.folder,
        "sql",
        "--json",
        "select sport, sub_sport, shoe from activity",
    )
    assert json.loads(out) == [{"sport": "running", "sub_sport": "trail", "shoe": "blue"}]
    code, _, err = run(capsys, "--home", home.folder, "activity", "zzz", "--ignore")
    assert (code, "no activity has an id" in err) == (1, True)
    assert run(capsys, "--home", home.folder, "activity", start, "--sport", "quidditch")[0] == 1


def test_export_writes_every_relation(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--home", home.folder, "refresh")
    assert run(capsys, "--home", home.folder, "export", tmp_path / "out", "--format", "csv")[0] == 0
    assert (tmp_path / "out" / "activity.csv").read_text().startswith("activity_id,")


def test_sample_refuses_a_folder_that_holds_something_else(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "sample", home.folder)
    assert code == 1
    assert "something else" in err


def test_installed_command_answers_with_its_version() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "tightlog.cli.main", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    assert said.stdout.strip() == f"tightlog {__version__}"
