"""What the simulated watch measures must survive the checks real files go through."""

from datetime import date
from statistics import fmean

import numpy as np
import pytest

from tightlog.simulation.sample.history import SampleHistory, sample_history
from tightlog.simulation.sample.recording import Recording, elapsed

EARTH_RADIUS_M = 6_371_000.0


@pytest.fixture(scope="module")
def history() -> SampleHistory:
    return sample_history(date(2026, 5, 31))


@pytest.fixture(scope="module")
def runs(history: SampleHistory) -> list[Recording]:
    return [recording for recording in history.recordings if recording.planned.sport == "running"]


def test_positions_move_as_far_as_the_distance_says(runs: list[Recording]) -> None:
    for run in runs:
        if "latitude_deg" in run.rows.columns:
            latitude, longitude = (
                np.radians(run.rows["latitude_deg"].to_numpy()),
                np.radians(run.rows["longitude_deg"].to_numpy()),
            )
            steps_m = EARTH_RADIUS_M * np.hypot(
                np.diff(latitude), np.diff(longitude) * np.cos(latitude[0])
            )
            assert steps_m.max() < 6.0
            assert steps_m.sum() == pytest.approx(run.distance_m, rel=0.01)


def test_distance_never_goes_back_and_speed_is_its_change(runs: list[Recording]) -> None:
    for run in runs:
        change_m = np.diff(run.rows["distance_m"].to_numpy())
        assert (change_m > 0).all()
        assert np.abs(change_m - run.rows["speed_mps"].to_numpy()[:-1]).max() < 0.35


def test_cadence_of_a_run_is_a_runners(runs: list[Recording]) -> None:
    means = [fmean(run.rows["cadence_spm"].filter(run.rows["cadence_spm"] > 0)) for run in runs]
    assert min(means) > 158.0
    assert max(means) < 178.0


def test_slow_phase_of_low_cadence_stands_out_at_equal_speed(runs: list[Recording]) -> None:
    def at_reference(run: Recording) -> float:
        return (
            fmean(run.rows["cadence_spm"].filter(run.rows["cadence_spm"] > 0))
            - 4.5 * run.planned.speed_mps
        )

    low = [
        at_reference(run)
        for run in runs
        if run.planned.cadence_shift_spm and run.planned.effort == "easy"
    ]
    usual = [
        at_reference(run)
        for run in runs
        if not run.planned.cadence_shift_spm and run.planned.effort == "easy"
    ]
    assert np.mean(usual) - np.mean(low) == pytest.approx(6.5, abs=1.0)


def test_altitude_is_smooth_and_agrees_with_the_totals(runs: list[Recording]) -> None:
    for run in runs:
        if "altitude_m" in run.rows.columns:
            assert run.ascent_m is not None
            assert np.abs(np.diff(run.rows["altitude_m"].to_numpy())).max() < 1.0
            assert run.ascent_m == pytest.approx(run.descent_m, abs=1.0)
            assert run.ascent_m == pytest.approx(run.planned.climb_m, rel=0.05, abs=2.0)


def test_treadmill_has_no_position_and_strength_no_distance(history: SampleHistory) -> None:
    treadmill = next(r for r in history.recordings if r.planned.sub_sport == "treadmill")
    strength = next(r for r in history.recordings if r.planned.effort == "strength")
    assert {"latitude_deg", "altitude_m"}.isdisjoint(treadmill.rows.columns)
    assert treadmill.ascent_m is None
    assert strength.distance_m is None
    assert "cadence_spm" not in strength.rows.columns


def test_swim_distance_counts_whole_lengths(history: SampleHistory) -> None:
    swims = [r for r in history.recordings if r.planned.sport == "swimming"]
    assert all(
        swim.distance_m == swim.planned.distance_m and swim.distance_m % 25.0 == 0.0
        for swim in swims
        if swim.distance_m
    )


def test_running_dynamics_come_with_the_newer_watch(runs: list[Recording]) -> None:
    for run in runs:
        assert ("ground_contact_ms" in run.rows.columns) == (run.planned.device == "watch two")
    assert max(run.planned.day for run in runs if run.planned.device == "watch one") < min(
        run.planned.day for run in runs if run.planned.device == "watch two"
    )


def test_step_length_is_speed_over_cadence(runs: list[Recording]) -> None:
    rows = next(run.rows for run in runs if run.planned.device == "watch two")
    expected_mm = rows["speed_mps"].to_numpy()[2:] * 60_000.0 / rows["cadence_spm"].to_numpy()[2:]
    assert rows["step_length_mm"].to_numpy()[2:] == pytest.approx(expected_mm)


def test_no_row_is_recorded_in_a_pause(runs: list[Recording]) -> None:
    paused = [run for run in runs if run.pauses]
    assert 0.2 < len(paused) / len(runs) < 0.6
    for run in paused:
        elapsed_s = run.rows["elapsed_s"].to_numpy()
        assert run.elapsed_s - run.moving_s == sum(length_s for _, length_s in run.pauses)
        for at_s, length_s in run.pauses:
            assert not ((elapsed_s > at_s) & (elapsed_s <= at_s + length_s)).any()


def test_elapsed_time_of_moments_round_two_pauses() -> None:
    moments_s = np.array([0.0, 10.0, 11.0, 20.0, 21.0])
    assert elapsed(moments_s, ((10, 30), (50, 5))).tolist() == [0.0, 10.0, 41.0, 50.0, 56.0]
