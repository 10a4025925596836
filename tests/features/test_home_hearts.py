"""The heart rates of a home, renewed, are those measured of all, to the last digit."""

from dataclasses import replace

import polars as pl
import pytest

from tightlog.domain.recorded import KnownBefore, Recorded, recorded_in
from tightlog.features.hearts.home_hearts import HomeHearts, home_hearts
from tightlog.features.hearts.trimp import UNKNOWN_RUNNER, Runner
from tightlog.simulation.population.hearts import HeartFrames, drawn_heart, heart_frames

GIVEN = Runner("female", 195.0, 52.0)


def spoilt(seed: int) -> HeartFrames:
    """Sixty runs with two watches, of which one reads high, counts steps and begins with static."""
    heart = replace(drawn_heart(seed), run_count=60, locked_share=0.2, static_share=0.1)
    return heart_frames(heart, seed)


def recorded(frames: HeartFrames) -> Recorded:
    return recorded_in(frames.run_windows, frames.heart_rate_seconds)


def without(frames: HeartFrames, ids: list[str]) -> HeartFrames:
    others = ~pl.col("activity_id").is_in(ids)
    return HeartFrames(*(frame.filter(others) for frame in vars(frames).values()))


def hearts(
    frames: HeartFrames, runner: Runner = UNKNOWN_RUNNER, known: HomeHearts | None = None
) -> HomeHearts:
    before = {} if known is None else {"known": KnownBefore(known.rows)}
    return home_hearts(frames.activities, recorded(frames), runner, **before)


def assert_same(found: HomeHearts, wanted: HomeHearts) -> None:
    assert found.rows.equals(wanted.rows)
    assert found.trust.equals(wanted.trust)
    assert found.maximum == wanted.maximum


@pytest.mark.parametrize("seed", range(4))
def test_runs_that_come_and_go_leave_what_measuring_all_gives(seed: int) -> None:
    frames = spoilt(seed)
    ids = frames.activities["activity_id"].to_list()
    whole = hearts(frames)
    assert whole.rows["sampled_au"].count() > 50
    for gone in (ids[-1:], ids[:1], ids[20:40]):
        fewer = without(frames, gone)
        part = hearts(fewer)
        assert_same(hearts(frames, known=part), whole)
        assert_same(hearts(fewer, known=whole), part)


def test_another_maximum_adds_every_run_up_again() -> None:
    frames = spoilt(1)
    known = hearts(frames, GIVEN)
    higher = replace(GIVEN, heart_rate_max_bpm=201.0)
    again = hearts(frames, higher, known)
    assert_same(again, hearts(frames, higher))
    changed = again.rows["sampled_au"].ne_missing(known.rows["sampled_au"])
    assert changed.sum() == known.rows["sampled_au"].count()


def test_only_what_is_new_is_read() -> None:
    frames = spoilt(2)
    ids = frames.activities["activity_id"].to_list()
    part = hearts(without(frames, ids[-1:]), GIVEN)
    asked: list[str] = []
    every = recorded(frames)

    def listened(read_ids: pl.Series) -> pl.DataFrame:
        asked.extend(read_ids)
        return every.run_windows(read_ids)

    home_hearts(
        frames.activities, replace(every, run_windows=listened), GIVEN, KnownBefore(part.rows)
    )
    assert set(asked) == {ids[-1]}


def test_a_changed_recording_is_measured_again() -> None:
    frames = spoilt(0)
    changed_id = frames.activities["activity_id"][5]
    is_changed = pl.col("activity_id") == changed_id
    faster = frames.heart_rate_seconds.with_columns(
        seconds=pl.when(is_changed).then(pl.col("seconds") + 30.0).otherwise("seconds")
    )
    other = replace(frames, heart_rate_seconds=faster)
    known = hearts(frames, GIVEN)
    again = hearts(other, GIVEN, known)
    assert_same(again, hearts(other, GIVEN))
    differs = again.rows["sampled_s"].ne_missing(known.rows["sampled_s"])
    assert again.rows.filter(differs)["activity_id"].to_list() == [changed_id]


def test_another_seed_measures_everything_again() -> None:
    frames = spoilt(3)
    every = recorded(frames)
    known = home_hearts(frames.activities, every, GIVEN)
    wrong = known.rows.with_columns(sampled_au=pl.lit(-77.0), rest_bpm=pl.lit(-77.0))
    again = home_hearts(frames.activities, every, GIVEN, KnownBefore(wrong, seed=7))
    assert again.rows.drop("heart_mark", "sampled_mark").equals(
        known.rows.drop("heart_mark", "sampled_mark")
    )
