"""The second pre-registered family: nights and days as a watch or the diary has them, against the
score of the morning after.

Eight places, fixed before anybody looked at a runner's data, each in one window. What two makers
measure differently has two columns for one place, of which the one known before more scores is
tested: never by what the scores are.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
import polars as pl

from tightlog.findings.arrays import IntArray
from tightlog.findings.exposures import Exposure, column_values, lagged_values
from tightlog.language.catalogue import message
from tightlog.words.findings import DAILY_LIFE

# A night that ended on the morning of the score; only a score given that morning is tested.
_night = partial(Exposure, family=DAILY_LIFE, look_back_d=0, is_window_in_title=True)
# The day before: a day is known at its end, resting heart rate is rewritten until then, and SDNN is
# measured all day.
_day = partial(Exposure, family=DAILY_LIFE, is_window_in_title=True)

NEEDS_HRV = message(
    "nights of a watch with heart-rate variability, and two weeks of them to compare with"
)

PLACES: tuple[tuple[Exposure, ...], ...] = (
    (
        _night(
            "context_sleep_h",
            message("sleep the night before"),
            message("more sleep the night before"),
            "h",
            reaction_sign=-1,
            after=message("a long night (more than {end} of sleep)"),
            needs=message(
                "hours of sleep from a watch or your diary, and scores given in the morning"
            ),
            name="sleep",
            acts_for_days=True,
            more_goes_with=-1,
            weight=2.0,
        ),
    ),
    (
        _night(
            "hrv_rmssd_deviation_sd",
            message("heart-rate variability against your own norm the night before"),
            message("higher heart-rate variability than your own norm the night before"),
            "SD",
            reaction_sign=-1,
            after=message("a night of high heart-rate variability for you"),
            needs=NEEDS_HRV,
            name=message("heart-rate variability against your own norm"),
            more_goes_with=-1,
            weight=0.6,
        ),
        _day(
            "hrv_sdnn_deviation_sd",
            message("heart-rate variability against your own norm the day before"),
            message("higher heart-rate variability than your own norm the day before"),
            "SD",
            reaction_sign=-1,
            after=message("a day of high heart-rate variability for you"),
            needs=NEEDS_HRV,
            name=message("heart-rate variability against your own norm"),
            more_goes_with=-1,
            weight=0.6,
        ),
    ),
    (
        _day(
            "resting_heart_rate_deviation_bpm",
            message("resting heart rate against your own norm the day before"),
            message("a higher resting heart rate than your own norm the day before"),
            "bpm",
            reaction_sign=1,
            after=message("a day of high resting heart rate for you"),
            needs=message("resting heart rate from a watch, and two weeks of it to compare with"),
            name=message("resting heart rate against your own norm"),
            more_goes_with=1,
            weight=0.6,
        ),
    ),
    (
        _night(
            "bed_time_7d_spread_h",
            message("how much your bedtimes varied in the 7 nights before"),
            message("bedtimes that varied more in the 7 nights before"),
            "h",
            spans_d=7,
            reaction_column="context_bed_time_h",
            after=message("a week of uneven bedtimes"),
            needs=message("bedtimes from a watch, and scores given in the morning"),
            name=message("how much your bedtimes varied"),
            weight=0.6,
        ),
    ),
    (
        _day(
            "context_watch_stress",
            message("watch stress the day before"),
            message("more watch stress the day before"),
            reaction_sign=1,
            after=message("a stressful day by your watch (above {end})"),
            needs=message("the stress of a watch"),
            name=message("watch stress"),
            acts_for_days=True,
            more_goes_with=1,
            weight=1.5,
        ),
        # Some scales run backwards, so that no direction is expected.
        _day(
            "context_stress",
            message("noted stress the day before"),
            message("a higher noted stress the day before"),
            after=message("a day of a high noted stress (above {end})"),
            needs=message("stress noted in your diary"),
            name=message("noted stress"),
            acts_for_days=True,
            weight=1.5,
        ),
    ),
    (
        _day(
            "context_steps",
            message("steps the day before"),
            message("more steps the day before"),
            "steps",
            reaction_sign=-1,
            after=message("a day of many steps (more than {end})"),
            needs=message("the steps of a watch or phone"),
            name="steps",
            acts_for_days=True,
            weight=0.6,
        ),
    ),
    (
        _day(
            "context_stand_h",
            message("hours with some standing the day before"),
            message("more hours with some standing the day before"),
            "h",
            reaction_sign=-1,
            after=message("a day of many hours with some standing (more than {end})"),
            needs=message("the stand hours of a watch"),
            name=message("hours with some standing"),
            weight=0.6,
        ),
    ),
    # Over five hours a day went with relapses: da Silva et al. 2019, PMID 31208917.
    (
        _day(
            "context_sitting_h",
            message("sitting the day before"),
            message("more sitting the day before"),
            "h",
            after=message("a day of much sitting (more than {end})"),
            needs=message("hours of sitting noted in your diary"),
            name="sitting",
            acts_for_days=True,
            more_goes_with=1,
            weight=1.5,
        ),
    ),
)
LIFE_FAMILY: tuple[Exposure, ...] = tuple(one for place in PLACES for one in place)


def life_columns() -> list[str]:
    """The columns of the days that the family reads."""
    reacted = [one.reaction_column for one in LIFE_FAMILY if one.reaction_column]
    return [*(one.column for one in LIFE_FAMILY), *reacted]


def known_family(calendar: pl.DataFrame, rows: IntArray) -> tuple[Exposure, ...]:
    """One exposure for each place the home knows anything of, `rows` being the scored days; none in
    a home without such data, so that nothing is asked of it.
    """
    chosen = (_best_known(calendar, rows, place) for place in PLACES)
    return tuple(one for one in chosen if one is not None)


def _best_known(
    calendar: pl.DataFrame, rows: IntArray, place: Sequence[Exposure]
) -> Exposure | None:
    held = [one for one in place if not np.isnan(column_values(calendar, one.column)).all()]
    counts = [int((~np.isnan(lagged_values(calendar, one)[rows])).sum()) for one in held]
    return held[int(np.argmax(counts))] if held else None
