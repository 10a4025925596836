"""The simulated runner's home: real files, honest totals, the same bytes every time."""

import csv
import gzip
import hashlib
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fitparse
import numpy as np
import pytest

from tightlog.simulation.files.fit_activity import fit_activity
from tightlog.simulation.home import SampleSummary, write_sample
from tightlog.simulation.sample.history import SampleHistory, sample_files, sample_history
from tightlog.simulation.sample.recording import Recording

LAST_DAY = date(2026, 5, 31)
GPX = "{http://www.topografix.com/GPX/1/1}"


@pytest.fixture(scope="module")
def history() -> SampleHistory:
    return sample_history(LAST_DAY)


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> SampleSummary:
    return write_sample(tmp_path_factory.mktemp("home"), LAST_DAY)


@pytest.fixture(scope="module")
def files(history: SampleHistory) -> dict[str, bytes]:
    return dict(sample_files(history))


def raw_files(summary: SampleSummary) -> list[Path]:
    return sorted(path for path in (summary.folder / "data" / "raw").rglob("*") if path.is_file())


def first_of(history: SampleHistory, effort: str, device: str = "watch") -> Recording:
    return next(
        r
        for r in history.recordings
        if r.planned.effort == effort and r.planned.device.startswith(device)
    )


def fit_message(recording: Recording, name: str) -> dict[str, Any]:
    messages = fitparse.FitFile(io.BytesIO(fit_activity(recording))).get_messages(name)
    values: dict[str, Any] = next(iter(messages)).get_values()
    return values


@pytest.mark.parametrize("weekday", range(7))
def test_nothing_of_the_sample_lies_after_its_last_day(weekday: int) -> None:
    last = LAST_DAY + timedelta(days=weekday)
    made = sample_history(last, months=2)
    days = [
        *(done.done_at.date() for done in made.diary.interventions),
        *(rated_at.date() for rated_at in made.diary.scores["rated_at"]),
        *(recorded.started_at.date() for recorded in made.recordings),
        *(toss.day for trial in made.diary.trials for toss in trial.logged.tosses),
    ]
    assert len(days) > 80 and max(days) <= last


def test_eighteen_months_hold_what_a_runner_does_and_stay_small(summary: SampleSummary) -> None:
    assert 350 <= summary.activity_count <= 420
    assert summary.run_count > 200
    assert summary.size_bytes < 80_000_000
    assert (summary.first_day, summary.last_day) == (date(2024, 11, 29), LAST_DAY)
    assert summary.file_count == len(raw_files(summary))


def test_about_one_activity_in_seven_comes_from_the_phone(history: SampleHistory) -> None:
    phone = sum(recording.planned.device == "phone" for recording in history.recordings)
    assert 0.08 < phone / len(history.recordings) < 0.20


def test_every_sport_of_a_mixed_runner_is_there(history: SampleHistory) -> None:
    kinds = {
        (recording.planned.sport, recording.planned.sub_sport) for recording in history.recordings
    }
    assert kinds >= {
        ("running", "generic"),
        ("running", "trail"),
        ("running", "treadmill"),
        ("swimming", "lap_swimming"),
        ("cycling", "road"),
        ("training", "strength_training"),
        ("training", "yoga"),
        ("walking", "generic"),
    }


def test_the_files_page_has_something_to_show(summary: SampleSummary) -> None:
    names = [
        path.relative_to(summary.folder / "data" / "raw").as_posix() for path in raw_files(summary)
    ]
    assert sum(name.endswith(".fit.gz") for name in names) == 1
    assert sum("battery-died" in name for name in names) == 1
    assert sum("same-run-from-the-portal" in name for name in names) == 1
    assert sum(path.stat().st_size == 0 for path in raw_files(summary)) == 1
    assert [name for name in names if "monitoring" in name] == [
        f"watch/monitoring/{LAST_DAY.isoformat()}.fit"
    ]


def test_the_duplicate_gpx_starts_when_its_fit_starts(files: dict[str, bytes]) -> None:
    twin = next(path for path in files if "same-run" in path)
    stem = Path(twin).name.removesuffix("-same-run-from-the-portal.gpx")
    fit = next(content for path, content in files.items() if path.endswith(f"{stem}.fit"))
    session = next(iter(fitparse.FitFile(io.BytesIO(fit)).get_messages("session"))).get_values()
    points = ElementTree.fromstring(files[twin]).findall(f".//{GPX}trkpt")
    assert points[0].findtext(f"{GPX}time") == session["start_time"].strftime("%Y-%m-%dT%H:%M:%SZ")
    assert len(points) == session["total_timer_time"] + 1


@pytest.mark.parametrize(
    "effort",
    ["easy", "long", "intervals", "trail", "treadmill", "ride", "swim", "strength", "yoga"],
)
def test_fit_session_totals_are_what_was_simulated(history: SampleHistory, effort: str) -> None:
    recording = first_of(history, effort)
    session = fit_message(recording, "session")
    assert (session["sport"], session["sub_sport"]) == (
        recording.planned.sport,
        recording.planned.sub_sport,
    )
    assert session["total_elapsed_time"] == recording.elapsed_s
    assert session["total_timer_time"] == recording.moving_s
    assert session.get("total_distance") == (
        None if recording.distance_m is None else pytest.approx(recording.distance_m, abs=0.006)
    )
    assert session["start_time"] == recording.started_at.astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize("effort", ["easy", "long", "intervals", "trail", "ride", "swim"])
def test_laps_add_up_to_the_session(history: SampleHistory, effort: str) -> None:
    recording = first_of(history, effort)
    laps = [
        lap.get_values()
        for lap in fitparse.FitFile(io.BytesIO(fit_activity(recording))).get_messages("lap")
    ]
    assert len(laps) == len(recording.lap_ends) > 1
    assert sum(lap["total_distance"] for lap in laps) == pytest.approx(
        recording.distance_m, abs=0.1
    )
    assert sum(lap["total_elapsed_time"] for lap in laps) == pytest.approx(
        recording.elapsed_s, abs=0.1
    )
    assert sum(lap["total_timer_time"] for lap in laps) == pytest.approx(
        recording.moving_s, abs=0.1
    )


def test_fit_records_hold_strides_of_one_leg(history: SampleHistory) -> None:
    recording = first_of(history, "easy")
    records = [
        record.get_values()
        for record in fitparse.FitFile(io.BytesIO(fit_activity(recording))).get_messages("record")
    ]
    strides = [
        record["cadence"] + record["fractional_cadence"] for record in records if record["cadence"]
    ]
    steps = recording.rows["cadence_spm"].filter(recording.rows["cadence_spm"] > 0).mean()
    assert len(records) == recording.rows.height
    assert 2.0 * float(np.mean(strides)) == pytest.approx(steps, abs=0.01)


def test_local_time_of_the_watch_follows_summer_time_and_travel(history: SampleHistory) -> None:
    offsets_h = set()
    for recording in history.recordings:
        offset = recording.started_at.utcoffset()
        assert offset is not None
        offsets_h.add((recording.planned.place.zone, offset.total_seconds() / 3600.0))
    assert {("Europe/Oslo", 1.0), ("Europe/Oslo", 2.0)} < offsets_h
    assert any(zone == "Europe/Helsinki" for zone, _ in offsets_h)
    activity = fit_message(first_of(history, "easy"), "activity")
    assert (
        activity["local_timestamp"] - activity["timestamp"]
        == first_of(history, "easy").started_at.utcoffset()
    )


def test_no_activity_overlaps_another(history: SampleHistory) -> None:
    for before, after in zip(history.recordings, history.recordings[1:], strict=False):
        assert before.started_at + timedelta(seconds=before.elapsed_s) < after.started_at


def test_phone_files_are_gpx_with_heart_rate_and_steps(
    history: SampleHistory, files: dict[str, bytes]
) -> None:
    recording = first_of(history, "easy", "phone")
    path = f"phone/{recording.started_at:%Y-%m-%d-%H%M}-running.gpx"
    track = ElementTree.fromstring(files[path])
    cadences = [
        int(cadence.text or "")
        for cadence in track.iter("{http://www.garmin.com/xmlschemas/TrackPointExtension/v1}cad")
    ]
    hearts = [
        int(heart.text or "")
        for heart in track.iter("{http://www.garmin.com/xmlschemas/TrackPointExtension/v1}hr")
    ]
    assert len(track.findall(f".//{GPX}trkseg")) == len(recording.pauses) + 1
    assert 155 < np.median(cadences) < 180
    assert 110 < np.median(hearts) < 180


def test_scores_are_a_csv_with_a_morning_time_and_no_red_flag(summary: SampleSummary) -> None:
    rows = list(
        csv.DictReader((summary.folder / "data" / "raw" / "tightness.csv").open(newline=""))
    )
    assert list(rows[0]) == ["timestamp", "score", "note"]
    assert len(rows) == summary.score_count
    assert {datetime.fromisoformat(row["timestamp"]).hour for row in rows} <= {6, 7, 8}
    assert {int(row["score"]) for row in rows} <= set(range(8))
    assert 0.70 < len(rows) / ((summary.last_day - summary.first_day).days + 1) < 0.88


def test_ratings_come_before_the_runs_of_their_day(history: SampleHistory) -> None:
    rated_at = {moment.date(): moment for moment in history.diary.scores["rated_at"]}
    for recording in history.recordings:
        if recording.planned.day in rated_at:
            assert rated_at[recording.planned.day] < recording.started_at.replace(tzinfo=None)


def test_interventions_are_local_times_and_ids_of_the_catalogue(summary: SampleSummary) -> None:
    assert {done.intervention for done in summary.interventions} == {
        "S1",
        "S2",
        "S5",
        "C1",
        "C2",
        "C3",
        "G1",
        "M3",
    }
    assert all(done.done_at.tzinfo is None for done in summary.interventions)
    assert all(
        summary.first_day <= done.done_at.date() <= summary.last_day
        for done in summary.interventions
    )
    assert list(summary.interventions) == sorted(
        summary.interventions, key=lambda done: (done.done_at, done.intervention)
    )


def test_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (
        write_sample(tmp_path / name, LAST_DAY, months=3) for name in ("first", "second")
    )
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in raw_files(first)] == [
        hashlib.sha256(path.read_bytes()).hexdigest() for path in raw_files(second)
    ]
    assert first.interventions == second.interventions


def test_another_seed_is_another_runner() -> None:
    one, other = (
        sample_history(LAST_DAY, seed=1, months=2),
        sample_history(LAST_DAY, seed=2, months=2),
    )
    assert [r.distance_m for r in one.recordings] != [r.distance_m for r in other.recordings]


@pytest.mark.parametrize("last_day", [date(2024, 2, 29), date(2025, 12, 31), date(2026, 3, 4)])
def test_any_last_day_and_a_single_month_work(tmp_path: Path, last_day: date) -> None:
    summary = write_sample(tmp_path, last_day, months=1)
    assert summary.activity_count > 8
    assert summary.last_day == last_day


def test_zipped_file_opens_to_a_fit_file(summary: SampleSummary) -> None:
    zipped = next(path for path in raw_files(summary) if path.name.endswith(".fit.gz"))
    assert fitparse.FitFile(io.BytesIO(gzip.decompress(zipped.read_bytes()))).messages
