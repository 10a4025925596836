"""Totals from records alone: worked by hand on invented tracks."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tightlog.domain.channels import CHANNELS
from tightlog.readers.totals import Totals
from tightlog.readers.totals import totals as totals_of_records
from tightlog.readers.travelled import (
    FOOT_TOP_SPEED_MPS,
    Numbers,
    haversine_m,
    top_speed_mps,
)

START = datetime(2026, 5, 31, 6, 0, tzinfo=UTC)
DEGREE_M = 111_195.08


def totals(
    recorded: tuple[Numbers, dict[str, Numbers]],
    top_speed_mps: float = FOOT_TOP_SPEED_MPS,
    restarts: Numbers | None = None,
) -> Totals:
    return totals_of_records(*recorded, top_speed_mps, restarts)


def records(
    seconds: list[float], **columns: Sequence[float | None]
) -> tuple[Numbers, dict[str, Numbers]]:
    empty = [None] * len(seconds)
    return np.array(seconds) + START.timestamp(), {
        channel.name: np.array(columns.get(channel.name, empty), dtype=np.float64)
        for channel in CHANNELS
    }


def north(metres: list[float]) -> dict[str, list[float | None]]:
    return {
        "latitude_deg": [10.0 + way / DEGREE_M for way in metres],
        "longitude_deg": [20.0] * len(metres),
    }


def seconds(first: int, last: int) -> list[float]:
    return [float(second) for second in range(first, last + 1)]


def test_one_degree_of_latitude_is_its_length() -> None:
    assert haversine_m(np.array([0.0, 1.0]), np.array([0.0, 0.0]))[0] == pytest.approx(
        DEGREE_M, rel=1e-6
    )


def test_recorded_distance_comes_before_positions() -> None:
    time_s = seconds(0, 100)
    assert (
        totals(
            records(
                time_s,
                distance_m=[2.0 * second for second in time_s],
                **north([3.0 * second for second in time_s]),
            )
        ).distance_m
        == 200.0
    )


def test_positions_give_the_distance_where_none_is_recorded() -> None:
    time_s = seconds(0, 100)
    assert totals(
        records(time_s, **north([3.0 * second for second in time_s]))
    ).distance_m == pytest.approx(300.0, rel=1e-4)


def test_single_jump_of_the_receiver_adds_no_distance() -> None:
    way = [3.0 * second for second in range(101)]
    way[50] += 400.0
    assert totals(records(seconds(0, 100), **north(way))).distance_m == pytest.approx(
        300.0, rel=1e-4
    )


def test_jump_that_stays_adds_no_distance() -> None:
    way = [3.0 * second + (5_000.0 if second > 50 else 0.0) for second in range(101)]
    assert totals(records(seconds(0, 100), **north(way))).distance_m == pytest.approx(
        297.0, rel=1e-3
    )


@pytest.mark.parametrize(("top", "jump_m", "counts"), [
    (12.0, 11.5, True), (12.0, 12.5, False), (45.0, 44.0, True), (45.0, 46.0, False),
])  # fmt: skip
def test_nobody_is_faster_than_the_top_speed(top: float, jump_m: float, counts: bool) -> None:
    way = [3.0 * at + (jump_m - 3.0 if at > 50 else 0.0) for at in range(101)]
    sport = "running" if top == 12.0 else "cycling"
    found = totals(records(seconds(0, 100), **north(way)), top_speed_mps(sport)).distance_m
    assert found == pytest.approx(297.0 + (jump_m if counts else 0.0), abs=0.1)


@pytest.mark.parametrize(("driven_s", "counts"), [(300, True), (270, False)])
def test_five_minutes_in_a_vehicle_are_no_jump_of_the_receiver(driven_s: int, counts: bool) -> None:
    way = [3.0 * at + 17.0 * max(0, at - 600) for at in range(601 + driven_s)]
    found = totals(records(seconds(0, 600 + driven_s), **north(way))).distance_m
    assert found == pytest.approx(1800.0 + (20.0 * driven_s if counts else 0.0), rel=0.01)


@pytest.mark.parametrize(("step_s", "counts"), [(60, True), (66, False)])
def test_a_drive_is_seen_by_positions_a_minute_apart(step_s: int, counts: bool) -> None:
    time_s = [float(step_s * row) for row in range(21)]
    found = totals(records(time_s, **north([20.0 * at for at in time_s]))).distance_m
    assert found == (pytest.approx(20.0 * time_s[-1], rel=0.01) if counts else None)


@pytest.mark.parametrize("jump_m", [40.0, 400.0])
def test_a_receiver_that_jumps_to_and_fro_is_in_no_vehicle(jump_m: float) -> None:
    way = [3.0 * at + (jump_m if at % 4 == 3 else 0.0) for at in range(1201)]
    found = totals(records(seconds(0, 1200), **north(way))).distance_m
    assert found == pytest.approx(3600.0, rel=0.01)


@pytest.mark.parametrize(("step_s", "gap_s", "is_pause"), [
    (1, 10.4, True), (1, 9.6, False), (6, 31.0, True), (6, 29.0, False),
])  # fmt: skip
def test_a_pause_is_ten_seconds_and_five_usual_steps(
    step_s: int, gap_s: float, is_pause: bool
) -> None:
    before = [float(at) for at in range(0, 121, step_s)]
    after = [120 + gap_s + at for at in before]
    way = [*(3.0 * at for at in before), *(360.0 + 3.0 * at for at in before)]
    found = totals(records([*before, *after], distance_m=list(way))).moving_s
    assert found == pytest.approx(240.0 + (0.0 if is_pause else gap_s))


@pytest.mark.parametrize(("gap_s", "is_pause"), [(20.5, True), (19.5, False)])
def test_without_a_distance_a_pause_is_twenty_seconds(gap_s: float, is_pause: bool) -> None:
    found = totals(records([*seconds(0, 60), *(60 + gap_s + at for at in range(61))])).moving_s
    assert found == pytest.approx(120.0 + (0.0 if is_pause else gap_s))


def test_speed_of_a_ride_is_no_jump_for_a_ride() -> None:
    recorded = records(seconds(0, 100), **north([15.0 * second for second in range(101)]))
    assert totals(recorded, top_speed_mps=45.0).distance_m == pytest.approx(1500.0, rel=1e-4)
    assert totals(recorded).distance_m is None


def test_standing_pause_is_not_moving_but_a_tunnel_is() -> None:
    time_s = [*seconds(0, 60), *seconds(180, 240)]
    standing = [
        *(3.0 * second for second in range(61)),
        *(180.0 + 3.0 * second for second in range(61)),
    ]
    tunnel = [3.0 * second for second in time_s]
    assert totals(records(time_s, distance_m=list(standing))).moving_s == 120.0
    assert totals(records(time_s, distance_m=list(tunnel))).moving_s == 240.0
    assert totals(records(time_s, distance_m=list(standing))).elapsed_s == 240.0


@pytest.mark.parametrize(
    ("pause_mps", "distance_m", "moving_s"), [(1.45, 360.0, 120.0), (1.55, 415.8, 156.0)]
)
def test_what_is_walked_in_a_pause_is_neither_distance_nor_moving(
    pause_mps: float, distance_m: float, moving_s: float
) -> None:
    # Usual speed 3 m/s; nothing recorded for 36 s.
    time_s = [*seconds(0, 60), *seconds(96, 156)]
    walked = 36.0 * pause_mps
    way = [3.0 * at if at <= 60 else 180.0 + walked + 3.0 * (at - 96) for at in time_s]
    found = totals(records(time_s, **north(way)))
    assert found.distance_m == pytest.approx(distance_m, abs=0.5)
    assert found.moving_s == moving_s


def test_way_through_a_tunnel_counts_while_the_heart_is_recorded() -> None:
    time_s = seconds(0, 156)
    way = north([3.0 * min(at, 60) + 1.0 * max(0, at - 60) for at in time_s])
    for name, values in way.items():
        way[name] = [
            value if at <= 60 or at >= 96 else None
            for at, value in zip(time_s, values, strict=True)
        ]
    found = totals(records(time_s, heart_rate_bpm=[150.0] * len(time_s), **way))
    assert found.distance_m == pytest.approx(276.0, abs=0.5)


def test_sparse_recording_has_no_pauses_between_its_rows() -> None:
    time_s = [60.0 * minute for minute in range(20)]
    assert (
        totals(records(time_s, distance_m=[2.0 * second for second in time_s])).moving_s == 1140.0
    )
    assert totals(records(time_s)).moving_s == 1140.0


def test_long_gap_without_any_distance_is_a_pause() -> None:
    assert totals(records([*seconds(0, 60), *seconds(180, 240)])).moving_s == 120.0


def test_known_restart_is_a_pause_however_short_and_adds_no_distance() -> None:
    time_s = [*seconds(0, 60), *seconds(65, 125)]
    way = [3.0 * second for second in time_s]
    restarts = np.array([1.0 if second == 65 else 0.0 for second in time_s])
    found = totals(records(time_s, **north(way)), restarts=restarts)
    assert (found.moving_s, found.elapsed_s) == (120.0, 125.0)
    assert found.distance_m == pytest.approx(360.0, rel=1e-3)


def test_no_signal_does_not_lower_the_mean_heart_rate() -> None:
    found = totals(
        records(
            seconds(0, 3),
            heart_rate_bpm=[0.0, 150.0, None, 160.0],
            power_w=[0.0, 200.0, None, 100.0],
        )
    )
    assert (found.heart_rate_bpm, found.power_w) == (155.0, 100.0)


def test_nothing_gives_nothing() -> None:
    assert totals(records([])) == Totals()
    single = totals(records([0.0], **north([0.0])))
    assert (single.elapsed_s, single.moving_s, single.distance_m) == (0.0, 0.0, None)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 1e5), st.none() | st.floats(-80, 80), st.none() | st.floats(0, 1e5)),
        max_size=30,
    )
)
def test_moving_time_never_exceeds_elapsed_and_distance_is_never_negative(
    rows: list[tuple[float, float | None, float | None]],
) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    recorded = records(
        [row[0] for row in rows],
        latitude_deg=[row[1] for row in rows],
        longitude_deg=[row[1] for row in rows],
        distance_m=[row[2] for row in rows],
    )
    found = totals(recorded)
    assert (found.moving_s or 0.0) <= (found.elapsed_s or 0.0) + 1e-6
    assert (found.distance_m or 0.0) >= 0.0
