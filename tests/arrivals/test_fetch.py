"""What is fetched lands whole, once and unchanged, and what goes wrong is told without a key."""

import gzip
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.arrivals.vendor_server import (
    CLIENT,
    CODE,
    KEY,
    SECRET,
    TOKEN,
    Vendor,
    vendor_server,
)
from tests.builders import home_at, run_fit, run_gpx
from tests.pipelines.schedules import within
from tightlog.answers.actions.fetching import leave_address, set_key, take_leave
from tightlog.answers.arriving.fetch_states import fetch_states
from tightlog.answers.doctor.arrival_checks import fetches
from tightlog.arrivals import asking
from tightlog.arrivals.fetch import fetch, planned
from tightlog.arrivals.fetch_notes import FetchNote, fetch_notes
from tightlog.errors import FetchFailed
from tightlog.home.arriving.keys import keep, keys
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

NOW = datetime.now(UTC)
DAY = f"{NOW - timedelta(days=9):%Y-%m-%d}"


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendor]:
    monkeypatch.setattr(asking, "PAUSE_S", 0.0)
    monkeypatch.setattr(asking, "FIRST_WAIT_S", 0.01)
    with vendor_server() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, vendor: Vendor) -> Home:
    home = home_at(tmp_path / "home")
    home.settings_file.write_text(
        'time_zone = "UTC"\n'
        f'[[fetch]]\nfrom = "intervals.icu"\naddress = "{vendor.address}"\n'
        f'[[fetch]]\nfrom = "polar"\naddress = "{vendor.address}"\n'
    )
    keep(home, "intervals_icu", {"key": KEY})
    keep(home, "polar", {"token": TOKEN})
    return home


def activity(number: str, days_ago: int = 9, source: str = "GARMIN_CONNECT") -> dict[str, str]:
    began = NOW - timedelta(days=days_ago)
    local = f"{began:%Y-%m-%dT07:00:00}"
    return {"id": number, "start_date_local": local, "type": "Run", "source": source}


def intervals(home: Home) -> FetchNote:
    return fetch(home, settings_of(home).fetches[0])


def fetched_names(home: Home, name: str = "intervals_icu") -> list[str]:
    return sorted(file.name for file in (home.fetched / name).iterdir())


def test_original_files_land_by_their_content_and_are_read(home: Home, vendor: Vendor) -> None:
    vendor.activities = [
        activity("i1"),
        activity("i1"),
        activity("i2", 200),
        activity("i3", 8),
        activity("i4", 7, "STRAVA"),
        activity("i5", 6, "MANUAL"),
        activity("i6", 5),
    ]
    vendor.files = {
        "i1": run_fit(),
        "i2": run_gpx(NOW - timedelta(days=200)),
        "i3": gzip.compress(run_fit(NOW - timedelta(days=8))),
    }
    note = intervals(home)
    assert (note.is_done, note.words) == (True, "3 new files, 3 activities without a file")
    endings = [name.partition(".")[2] for name in fetched_names(home)]
    assert endings == ["fit", "gpx", "gz"]
    assert not vendor.asked_for("i4"), "a copy from Strava is empty and not asked for"
    refresh(home, settings_of(home))
    assert store.relation(store.published_version(home), "activity").height == 3


def test_what_is_here_is_never_asked_for_or_changed(home: Home, vendor: Vendor) -> None:
    vendor.activities, vendor.files = [activity("i1")], {"i1": run_fit()}
    intervals(home)
    file = home.fetched / "intervals_icu" / f"i1_{DAY}.fit"
    before, facts = file.read_bytes(), file.stat()
    vendor.files["i1"] = run_gpx()
    vendor.activities.append(activity("i2"))
    vendor.files["i2"] = run_fit(NOW - timedelta(days=3))
    vendor.asked.clear()
    assert intervals(home).words == "1 new file"
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, facts.st_mtime_ns)
    assert not vendor.asked_for("/activity/i1/")
    assert len(vendor.asked_for("activities?")) == 1, "only the last weeks are listed again"


def test_a_lost_note_asks_for_the_list_and_for_no_file_again(home: Home, vendor: Vendor) -> None:
    vendor.activities, vendor.files = [activity("i1")], {"i1": run_fit()}
    intervals(home)
    (home.warehouse / "fetches.json").unlink()
    vendor.asked.clear()
    intervals(home)
    assert len(vendor.asked_for("activities?")) > 1
    assert not vendor.asked_for("/file")


@pytest.mark.parametrize(
    "trouble",
    [
        ("429", {"Retry-After": "0"}),
        ("429", {}),
        ("503", {"Retry-After": format_datetime(NOW - timedelta(days=1), usegmt=True)}),
        ("502", {}),
        ("cut", {}),
    ],
)
def test_a_passing_trouble_is_waited_for(
    home: Home, vendor: Vendor, trouble: tuple[str, dict[str, str]]
) -> None:
    vendor.activities, vendor.files = [activity("i1")], {"i1": run_fit()}
    vendor.troubles = [trouble, trouble]
    assert intervals(home).words == "1 new file"


@pytest.mark.parametrize(
    ("troubles", "words"),
    [
        ([("429", {"Retry-After": "3600"})], "asks to wait 3600 s"),
        ([("cut", {})] * 9, "no whole answer"),
        ([("500", {})] * 9, "answered 500"),
        ([("401", {})], "refused the key"),
        ([("302", {"Location": "http://elsewhere.example/"})], "leads to another address"),
        ([("200 <html>", {})], "no JSON"),
        ([("200 {}", {})], "something else than a list"),
        ([("200 " + "[" * 90_000, {})], "no JSON"),
        ([("bomb", {})], "more than"),
        ([("200 []", {"Content-Encoding": "zstd"})], "not asked for"),
    ],
)
def test_a_failure_is_told_in_words_and_without_the_key(
    home: Home, vendor: Vendor, troubles: list[tuple[str, dict[str, str]]], words: str
) -> None:
    vendor.troubles = troubles
    note = intervals(home)
    assert not note.is_done and words in note.words
    check = fetches(home)
    assert not check.is_ok and words in check.found and check.remedy
    told = json.dumps([check.found, check.remedy, note.words])
    stored = (home.warehouse / "fetches.json").read_text()
    assert KEY not in told + stored and fetch_notes(home)["intervals_icu"].through is None


def test_a_wrong_key_names_the_command_that_sets_it(home: Home, vendor: Vendor) -> None:
    vendor.key = "another"
    assert not intervals(home).is_done
    state = fetch_states(home, settings_of(home))[0]
    assert state.remedy.startswith("tightlog fetch intervals_icu --set-key")


def test_one_file_that_fails_keeps_no_other_and_is_asked_for_again(
    home: Home, vendor: Vendor
) -> None:
    vendor.activities = [activity("i1", 9), activity("i2", 8)]
    vendor.files = {"i1": run_fit(), "i2": run_fit(NOW - timedelta(days=8))}
    lists: list[tuple[str, dict[str, str]]] = [("200 []", {}), ("200 []", {})] * 4
    both = json.dumps(vendor.activities)
    vendor.troubles = [*lists, (f"200 {both}", {}), *[("500", {})] * 4]
    note = intervals(home)
    assert (note.is_done, note.words) == (True, "1 new file, 1 file to be asked for again")
    assert note.through is None or str(note.through) < DAY
    assert intervals(home).words == "1 new file"


def test_a_clock_that_is_behind_loses_no_day(home: Home, vendor: Vendor) -> None:
    vendor.skew = timedelta(days=400)
    late = NOW + timedelta(days=399)
    vendor.activities = [activity("i1") | {"start_date_local": f"{late:%Y-%m-%dT07:00:00}"}]
    vendor.files = {"i1": run_fit()}
    assert intervals(home).words == "1 new file"


def test_a_clock_that_is_ahead_does_not_count_days_to_come_as_asked_for(
    home: Home, vendor: Vendor
) -> None:
    vendor.skew = timedelta(days=-60)
    intervals(home)
    through = fetch_notes(home)["intervals_icu"].through
    assert through is not None and through <= (NOW - timedelta(days=59)).date()
    vendor.skew, vendor.asked = timedelta(0), []
    assert intervals(home).through == NOW.date() and vendor.asked_for("activities?")


def test_wellness_is_kept_for_days_that_are_over_and_read_as_nights(
    home: Home, vendor: Vendor
) -> None:
    days = [f"{NOW - timedelta(days=ago):%Y-%m-%d}" for ago in (3, 2, 0)]
    row = {"restingHR": 52, "hrv": 61.0, "hrvSDNN": None, "sleepSecs": 27_000, "steps": 9_000}
    vendor.wellness = [{"id": day, "ctl": 1.0, **row} for day in days]
    vendor.wellness.append({"id": f"{NOW - timedelta(days=5):%Y-%m-%d}", "ctl": 2.0, "hrv": None})
    assert intervals(home).words == "0 new files, nights and days of 2 days"
    assert fetched_names(home) == [f"wellness_{days[0]}_{days[1]}.json"]
    refresh(home, settings_of(home))
    context = store.relation(store.published_version(home), "context")
    values = {(str(r["day"]), r["name"]): r["value"] for r in context.iter_rows(named=True)}
    assert values[days[1], "sleep_h"] == 7.5
    assert values[days[1], "hrv_rmssd_ms"] == 61.0
    assert (days[2], "steps") not in values


def test_a_night_corrected_at_the_vendor_counts_as_corrected(home: Home, vendor: Vendor) -> None:
    days = [f"{NOW - timedelta(days=ago):%Y-%m-%d}" for ago in (4, 3, 2)]
    vendor.wellness = [{"id": days[0], "restingHR": 52, "hrv": 61, "sleepSecs": 27_000}]
    intervals(home)
    vendor.wellness = [
        {"id": days[0], "restingHR": 52, "hrv": 55, "sleepSecs": 25_200},
        {"id": days[1], "restingHR": 50, "hrv": 60, "sleepSecs": 28_800},
    ]
    intervals(home)
    assert len(fetched_names(home)) == 2, "the file fetched before stays as it was"
    refresh(home, settings_of(home))
    context = store.relation(store.published_version(home), "context")
    values = {(str(r["day"]), r["name"]): r["value"] for r in context.iter_rows(named=True)}
    assert (values[days[0], "sleep_h"], values[days[0], "hrv_rmssd_ms"]) == (7.0, 55.0)


@pytest.mark.parametrize("number", ["../../evil", "a/b", ".hidden", "", "i1\n"])
def test_an_id_that_is_no_id_writes_nothing(home: Home, vendor: Vendor, number: str) -> None:
    vendor.activities = [activity(number)]
    vendor.exercises = [{"id": number, "start_time": "2026-05-04T07:00:00"}]
    assert intervals(home).words == "0 new files"
    assert fetch(home, settings_of(home).fetches[1]).words == "0 new files"
    assert fetched_names(home) == []


def test_a_start_that_is_no_day_makes_a_plain_name(home: Home, vendor: Vendor) -> None:
    vendor.exercises = [{"id": "P1", "start_time": "../../../x"}]
    vendor.files = {"P1": run_fit()}
    assert fetch(home, settings_of(home).fetches[1]).words == "1 new file"
    (name,) = fetched_names(home, "polar")
    assert "/" not in name and name.endswith(".fit")


def test_polar_gives_fit_or_else_tcx(home: Home, vendor: Vendor) -> None:
    tcx = b'<?xml version="1.0"?><TrainingCenterDatabase></TrainingCenterDatabase>'
    vendor.exercises = [
        {"id": "P1", "start_time": "2026-05-04T07:00:00"},
        {"id": "P2", "start-time": "2026-05-05T07:00:00"},
        {"id": "P3", "start_time": "2026-05-06T07:00:00"},
    ]
    vendor.files, vendor.lost = {"P1": run_fit(), "P2": tcx}, frozenset({"P2/fit"})
    note = fetch(home, settings_of(home).fetches[1])
    assert note.words == "2 new files, 1 activity without a file"
    assert fetched_names(home, "polar") == ["P1_2026-05-04.fit", "P2_2026-05-05.tcx"]


def test_leave_for_polar_is_stored_and_a_code_works_once(home: Home, vendor: Vendor) -> None:
    one = settings_of(home).fetches[1]
    assert CLIENT in leave_address(home, one, CLIENT, SECRET)
    keep(home, "polar", {"token": "old"})
    take_leave(home, one, f"http://localhost/?state=x&code={CODE}\n")
    assert keys(home, "polar")["token"] == TOKEN
    with pytest.raises(FetchFailed, match="once") as refused:
        take_leave(home, one, CODE)
    assert SECRET not in str(refused.value)


def test_a_dry_run_asks_nothing_and_shows_no_key(home: Home, vendor: Vendor) -> None:
    lines = "\n".join(line for one in settings_of(home).fetches for line in planned(home, one))
    assert vendor.asked == [] and not home.fetched.exists()
    assert "/api/v1/athlete/0/activities" in lines and "/v3/exercises" in lines
    assert KEY not in lines and TOKEN not in lines


def test_keys_are_for_the_owner_only_and_the_environment_goes_first(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stat.S_IMODE(home.keys_file.stat().st_mode) == 0o600
    monkeypatch.setenv("TIGHTLOG_KEY_INTERVALS_ICU_KEY", "other")
    assert keys(home, "intervals_icu") == {"key": "other"}
    home.keys_file.chmod(0o644)
    note = intervals(home)
    assert not note.is_done and "chmod 600" in note.words


@pytest.mark.parametrize("text", ["", "two\nlines", "x" * 5000, "\x1b[31m"])
def test_a_key_that_can_be_none_is_refused(home: Home, text: str) -> None:
    with pytest.raises(FetchFailed):
        set_key(home, settings_of(home).fetches[0], text)
    assert keys(home, "intervals_icu") == {"key": KEY}


def with_command(home: Home, script: str, minutes: float = 1) -> FetchNote:
    words = json.dumps([sys.executable, "-c", script, "{folder}"])
    home.settings_file.write_text(
        f'time_zone = "UTC"\n[[fetch]]\nname = "own"\ncommand = {words}\nminutes = {minutes}\n'
    )
    return fetch(home, settings_of(home).fetches[0])


WRITES = "import sys, pathlib; pathlib.Path(sys.argv[1], 'a.gpx').write_text('<gpx/>')"


def test_an_own_command_fills_its_folder(home: Home) -> None:
    assert with_command(home, WRITES).words == "1 new file"
    assert with_command(home, WRITES + "; open('b.txt', 'w')").words.startswith("1 new file, the ")


def test_an_own_command_gets_its_values_and_no_others_and_its_words_hide_them(home: Home) -> None:
    keep(home, "own", {"GARMIN_WORD": "very-secret-word"})
    os.environ["TIGHTLOG_KEY_POLAR_TOKEN"] = "token-of-another"
    try:
        script = "import os, sys; print(sorted(os.environ.items())); sys.exit(3)"
        note = with_command(home, script)
        names = with_command(home, "import os, sys; sys.exit('GARMIN_WORD' in os.environ)")
    finally:
        del os.environ["TIGHTLOG_KEY_POLAR_TOKEN"]
    assert not note.is_done and "code 3" in note.words
    assert "very-secret-word" not in note.words and "token-of-another" not in note.words
    assert not names.is_done, "the value is there under its name"


def test_a_key_is_hidden_wherever_the_words_are_cut(home: Home) -> None:
    keep(home, "own", {"WORD": "very-secret-word"})
    script = "import os, sys; print(os.environ['WORD'] + 'x' * 292); sys.exit(1)"
    assert "word" not in with_command(home, script).words.partition("said:")[2]


def test_an_own_command_that_hangs_is_ended_with_its_children(home: Home) -> None:
    script = (
        "import subprocess, sys, time; "
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        "open('child', 'w').write(str(p.pid)); time.sleep(60)"
    )
    note = with_command(home, script, minutes=0.05)
    assert not note.is_done and "in time" in note.words
    child = int((home.fetched / "own" / "child").read_text())
    assert within(30, lambda: not is_running(child))


def is_running(pid: int) -> bool:
    """False for one that is gone, or that nobody has asked for its end yet."""
    said = subprocess.run(["ps", "-p", str(pid), "-o", "stat="], capture_output=True, check=False)
    return bool(said.stdout.strip()) and not said.stdout.startswith(b"Z")


def test_a_command_that_is_not_there_is_told(home: Home) -> None:
    home.settings_file.write_text('[[fetch]]\nname = "own"\ncommand = ["no-such-tool-here"]\n')
    note = fetch(home, settings_of(home).fetches[0])
    assert not note.is_done and "no-such-tool-here" in note.words


HOSTILE = {
    "a source that is a list": {"id": "i1", "start_date_local": DAY, "source": []},
    "an id that is no name": {"id": "\u0663", "start_date_local": DAY},
    "an id without end": {"id": "1" * 200, "start_date_local": DAY},
    "a day that leads out": {"id": "i1", "start_date_local": f"{DAY[:7]}/../../x"},
}


@pytest.mark.parametrize("row", HOSTILE.values(), ids=HOSTILE)
def test_no_answer_raises_or_leaves_its_folder(
    home: Home, vendor: Vendor, row: dict[str, object]
) -> None:
    vendor.activities = [row, activity("i9")]
    vendor.files = {str(row["id"]): run_gpx(), "i9": run_fit()}
    vendor.wellness = [{"id": DAY, "restingHR": 50, "comments": "\ud800"}]
    assert intervals(home).is_done
    names = fetched_names(home)
    assert f"i9_{DAY}.fit" in names and f"wellness_{DAY}_{DAY}.json" in names
    assert [one.name for one in home.fetched.iterdir()] == ["intervals_icu"]
    vendor.asked.clear()
    intervals(home)
    assert not vendor.asked_for("/file"), "what is here or no id is not asked for again"


def test_a_server_in_the_year_9999_is_not_believed(home: Home, vendor: Vendor) -> None:
    vendor.skew = datetime(9999, 12, 31, 12, tzinfo=UTC) - datetime.now(UTC)
    note = intervals(home)
    assert note.is_done and note.through is not None and note.through.year == NOW.year
    assert len(vendor.asked_for("activities?")) < 10


@pytest.mark.parametrize("address", ["https://a..example", f"https://{'a' * 300}.example"])
def test_an_address_that_is_none_is_a_note(home: Home, address: str) -> None:
    home.settings_file.write_text(f'[[fetch]]\nfrom = "intervals.icu"\naddress = "{address}"\n')
    assert not intervals(home).is_done
