"""Half-minutes: which of them are seen, which move, and what an activity's row keeps of them."""

import numpy as np
import polars as pl
import pytest

from tightlog.domain.frames import RECORD_SCHEMA
from tightlog.readers.half_minutes import half_minutes, window_columns


def records(
    time_s: list[float], way_m: list[float], is_running: bool | None = True
) -> pl.DataFrame:
    """Records at these times, at these distances."""
    rows = pl.DataFrame({"elapsed_s": time_s, "distance_m": way_m}).with_columns(
        is_timer_running=pl.lit(is_running, pl.Boolean)
    )
    return rows.select(
        (pl.col(name) if name in rows.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in RECORD_SCHEMA.items()
    )


def steady(steps_s: list[float], speed_mps: float = 3.0) -> pl.DataFrame:
    """Records these seconds apart at one speed."""
    time_s = np.concatenate(([0.0], np.cumsum(steps_s)))
    return records(time_s.tolist(), (time_s * speed_mps).tolist())


def seen(steps_s: list[float]) -> int:
    found = half_minutes(steady(steps_s))
    assert found is not None
    return found.seen_count


def test_a_half_minute_is_thirty_seconds() -> None:
    assert seen([1.0] * 330) == 11
    assert seen([1.0] * 329) == 10
    assert seen([1.0] * 300) == 10


@pytest.mark.parametrize(("gap_s", "expected"), [(58.0, 12), (62.0, 9)])
def test_a_pause_shows_no_speed(gap_s: float, expected: int) -> None:
    # Half-minutes that begin within the gap are the ones it hides.
    assert seen([1.0] * 150 + [gap_s] + [1.0] * (210 - int(gap_s))) == expected


@pytest.mark.parametrize(
    ("usual_s", "gap_s", "is_seen"),
    [(40.0, 78.0, True), (40.0, 82.0, False), (65.0, 98.0, True), (65.0, 102.0, False)],
)
def test_sparse_records_show_the_movement_up_to_twice_their_usual_distance(
    usual_s: float, gap_s: float, is_seen: bool
) -> None:
    before, after = [usual_s] * 6, [usual_s] * 6
    lasting_s = 12 * usual_s + gap_s
    every = int((lasting_s + 1.0) // 30.0)
    assert (seen([*before, gap_s, *after]) == every) is is_seen


def test_a_recording_of_more_than_a_month_has_a_broken_clock() -> None:
    month_s = 30 * 86_400.0
    assert seen([10.0] * 30 + [month_s - 310.0]) == 10
    assert seen([10.0] * 30 + [month_s - 290.0]) == 0
    assert seen([10.0] * 30 + [4e11]) == 0


def test_what_stands_or_has_no_timer_is_not_on_the_way() -> None:
    standing = half_minutes(steady([5.0] * 60, 0.48))
    moving = half_minutes(steady([5.0] * 60, 0.52))
    assert standing is not None
    assert moving is not None
    assert (standing.seen_count, standing.speed_mps.size) == (10, 0)
    assert moving.speed_mps.size == 10
    times = [5.0 * step for step in range(61)]
    assert half_minutes(records(times, times, is_running=False)) is None
    unsaid = half_minutes(records(times, times, is_running=None))
    assert unsaid is not None
    assert unsaid.speed_mps.size == 10


def test_rows_out_of_order_are_the_same_movement() -> None:
    rows = steady([5.0] * 60)
    turned = half_minutes(rows.reverse())
    assert turned is not None
    assert turned.speed_mps.tolist() == pytest.approx([3.0] * 10)


def test_an_activity_keeps_counts_mean_high_and_spread() -> None:
    speeds = [2.0] * 5 + [3.0] * 10 + [4.0] * 4 + [6.4] + [0.3] * 4
    way_m = np.concatenate(([0.0], np.cumsum(np.repeat(speeds, 6) * 5.0)))
    columns = window_columns(records((np.arange(way_m.size) * 5.0).tolist(), way_m.tolist()))
    moving = speeds[:20]
    low, middle, high = np.percentile(moving, (10, 50, 90))
    assert columns == {
        "seen_window_count": 24,
        "moving_window_count": 20,
        "fast_window_count": 1,
        "window_speed_mps": pytest.approx(np.mean(moving)),
        "window_speed_high_mps": pytest.approx(high),
        "window_speed_spread": pytest.approx((high - low) / middle),
    }


def test_without_records_there_is_nothing_to_keep() -> None:
    assert set(window_columns(records([], [])).values()) == {0, None}
    assert set(window_columns(records([0.0], [0.0])).values()) == {0, None}
