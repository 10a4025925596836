"""Episodes, the quiet day, and what is watched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from tightlog.errors import SettingsError
from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.match import (
    MATCH_SCHEMA,
    PATTERN_SCHEMA,
    matches,
    pattern_frame,
    threshold_frame,
)
from tightlog.patterns.pattern import RED_FLAG_SCHEMA, PatternInputs
from tightlog.simulation.steady.routine import steady_runner
from tightlog.words.patterns import needs_words


def test_every_known_day_has_a_match_and_r22_stands_alone() -> None:
    found = matches(replace(steady_runner(400, 4), scores=None))
    by_day = found.group_by("day").agg(pl.len(), is_quiet=(pl.col("pattern") == "R22").any())
    assert by_day.height == 400 and by_day.filter("is_quiet")["len"].max() == 1


def test_quiet_day_says_when_it_is_too_early(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    found = matched("R22", days_frame(20, {"tightness_score": 1.0}))
    assert found[4]["evidence"] == (
        "Too early to say: 5 known days of 14 needed. 5 tightness scores in the last 28 days: "
        "too few to compare."
    )
    assert (
        found[13]["evidence"]
        == "Nothing stood out in what you record. 14 tightness scores in the last 28 days."
    )


def test_history_of_long_ago_is_no_history(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    days = days_frame(
        100, {"tightness_score": 1.0}, {"coverage": dict.fromkeys(range(30, 98), "unknown")}
    )
    assert matched("R22", days)[98]["evidence"].startswith(
        "Too early to say: 1 known day of 14 needed"
    )


def test_quiet_day_says_that_no_score_says_nothing_of_the_back(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    assert matched("R22", days_frame(20))[15]["evidence"].endswith(
        "There is no tightness score of the last 28 days, so nothing can be said about your back."
    )


def test_quiet_day_says_nothing_of_running_when_no_run_file_came(
    days_frame: Callable[..., pl.DataFrame],
    matched: Callable[..., dict[int, dict[str, Any]]],
    day_of: Callable[[int], date],
) -> None:
    found = matched(
        "R22", days_frame(40, {"tightness_score": 1.0, "run_count": 0.0}, {"run_count": {10: 1.0}})
    )
    assert found[24]["evidence"].startswith("Nothing stood out")
    assert found[25]["evidence"] == (
        "26 tightness scores in the last 28 days. No run file since 13 March 2025: nothing can be "
        "said about your running."
    )
    never = matched("R22", days_frame(5, {"tightness_score": 1.0, "run_count": None}))
    assert never[0]["evidence"] == (
        "1 tightness score in the last 28 days: too few to compare. No run file yet: nothing can "
        "be said about your running."
    )


def test_day_with_a_high_score_is_not_called_quiet(
    days_frame: Callable[..., pl.DataFrame],
    matched: Callable[..., dict[int, dict[str, Any]]],
    day_of: Callable[[int], date],
) -> None:
    days = days_frame(20, {"tightness_score": 4.0})
    scores = pl.DataFrame({"day": [day_of(19)] * 4, "score": [4.0, 5.0, 6.0, 8.0]})
    assert 19 in matched("R22", days) and 19 not in matched("R22", days, scores=scores)
    assert 18 in matched("R22", days, scores=scores)
    assert 19 in matched("R22", days, scores=scores.with_columns(score=pl.lit(5.9)))
    assert matched("R22", days_frame(1, {"tightness_score": 6.0})) == {}


def test_unknown_days_have_no_match_at_all(days_frame: Callable[..., pl.DataFrame]) -> None:
    found = matches(
        PatternInputs(
            days_frame(10, {"tightness_score": 9.0}, {"coverage": {4: "unknown", 5: "unknown"}})
        )
    )
    assert found.filter(pl.col("day").dt.day().is_in([7, 8])).is_empty()


def test_consecutive_days_are_one_episode_and_a_gap_starts_another(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    scores = dict.fromkeys((*range(20), *range(40, 60)), 6.0)
    found = matched("R1", days_frame(60, changes={"tightness_score": scores}))
    new = [number for number, row in found.items() if row["state"] == "new"]
    assert len(new) == 2
    assert all(row["started_on"] <= row["day"] for row in found.values())
    assert {row["started_on"] for row in found.values()} == {found[number]["day"] for number in new}


def test_days_of_quiet_up_to_a_week_do_not_make_news_again(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    high = dict.fromkeys((*range(10, 20), *range(23, 40), *range(47, 60)), 170_000.0)
    base = {"tightness_score": 3.0, "cycle_distance_7d_m": 30_000.0}
    found = matched("R15", days_frame(60, base, {"cycle_distance_7d_m": high}))
    assert [number for number, row in found.items() if row["state"] == "new"] == [10]
    apart = dict.fromkeys((*range(10, 20), *range(28, 40)), 170_000.0)
    found = matched("R15", days_frame(60, base, {"cycle_distance_7d_m": apart}))
    assert [number for number, row in found.items() if row["state"] == "new"] == [10, 28]


def test_what_stands_for_six_weeks_is_told_no_more_until_it_was_gone(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    high = dict.fromkeys((*range(10, 80), *range(100, 110)), 170_000.0)
    found = matched(
        "R15",
        days_frame(
            120,
            {"tightness_score": 3.0, "cycle_distance_7d_m": 30_000.0},
            {"cycle_distance_7d_m": high},
        ),
    )
    assert sorted(found) == [*range(10, 52), *range(100, 110)]
    # The day is not left without a word.
    assert 60 in matched(
        "R22",
        days_frame(
            120,
            {"tightness_score": 3.0, "cycle_distance_7d_m": 30_000.0},
            {"cycle_distance_7d_m": high},
        ),
    )


def test_red_flag_and_high_scores_are_told_as_long_as_they_stand(
    days_frame: Callable[..., pl.DataFrame],
    matched: Callable[..., dict[int, dict[str, Any]]],
    day_of: Callable[[int], date],
) -> None:
    flag = pl.DataFrame(
        [(day_of(2), None, ["fever"], "fever")], schema=dict(RED_FLAG_SCHEMA), orient="row"
    )
    assert max(matched("R0", days_frame(100), red_flags=flag)) == 99
    assert max(matched("R1", days_frame(100, {"tightness_score": 5.0}))) == 99


@pytest.mark.parametrize(
    "days", [pl.DataFrame(), pl.DataFrame(schema={"day": pl.Date, "coverage": pl.String})]
)
def test_home_without_days_gives_no_matches_in_the_right_columns(days: pl.DataFrame) -> None:
    found = matches(PatternInputs(days))
    assert found.is_empty() and found.schema == pl.Schema(MATCH_SCHEMA)


def test_days_may_come_unsorted() -> None:
    inputs = steady_runner(200, 6)
    shuffled = replace(inputs, days=inputs.days.sample(fraction=1.0, shuffle=True, seed=1))
    assert matches(shuffled).equals(matches(inputs))


def test_what_is_not_recorded_is_not_watched_and_says_what_it_needs(
    days_frame: Callable[..., pl.DataFrame],
) -> None:
    frame = pattern_frame(PatternInputs(days_frame(30)))
    assert frame.schema == pl.Schema(PATTERN_SCHEMA)
    watched = frame.filter("is_watched")["pattern"].to_list()
    assert watched == ["R0", "R22"]
    assert dict(frame.select("pattern", "needs").iter_rows()) == {
        item.pattern: item.needs for item in PATTERNS
    }
    unwatched = frame.filter(~pl.col("is_watched"))
    assert unwatched.height and all(
        needs_words(row).startswith("needs ") for row in unwatched.iter_rows(named=True)
    )


def test_strength_recorded_long_ago_is_not_watched_any_more(
    days_frame: Callable[..., pl.DataFrame],
) -> None:
    def is_watched(since: float) -> bool:
        frame = pattern_frame(
            PatternInputs(days_frame(5, {"since_strength_d": since, "strength_14d_count": 0.0}))
        )
        return bool(frame.filter(pl.col("pattern") == "R12")["is_watched"].item())

    assert is_watched(20.0) and not is_watched(91.0)


def test_own_threshold_is_shown_beside_the_default(days_frame: Callable[..., pl.DataFrame]) -> None:
    frame = pattern_frame(PatternInputs(days_frame(3), thresholds={"R2": {"spike_pct": 20.0}}))
    assert (
        "spike_pct = 20\u00a0% (yours; default 10)"
        in frame.filter(pl.col("pattern") == "R2")["threshold"].item()
    )


@pytest.mark.parametrize("thresholds", [{"R99": {"spike_pct": 1.0}}, {"R2": {"spike": 1.0}}])
def test_unknown_threshold_is_refused(
    days_frame: Callable[..., pl.DataFrame], thresholds: dict[str, dict[str, float]]
) -> None:
    with pytest.raises(SettingsError, match="known"):
        matches(PatternInputs(days_frame(3), thresholds=thresholds))


def test_thresholds_are_rows_with_the_number_in_force(
    days_frame: Callable[..., pl.DataFrame],
) -> None:
    frame = threshold_frame(
        PatternInputs(days_frame(30), thresholds={"R6": {"residual_pct": -5.0}})
    )
    low = frame.filter(pl.col("pattern") == "R6", pl.col("name") == "residual_pct").row(
        0, named=True
    )
    assert (low["value"], low["default_value"], low["unit"]) == (-5.0, -3.0, "%")
    assert frame.filter(pl.col("value") != pl.col("default_value")).height == 1
    assert set(frame["pattern"]) == {item.pattern for item in PATTERNS if item.thresholds}
