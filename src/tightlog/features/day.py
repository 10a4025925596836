"""One row per local calendar day: every feature joined on the calendar of coverage."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tightlog.domain.recorded import KnownBefore, Recorded
from tightlog.features.catalogue import features_of
from tightlog.features.context import context_days
from tightlog.features.coverage import calendar, noted_days
from tightlog.features.cross_training import cross_training, exercise_days
from tightlog.features.daily_load import daily_load
from tightlog.features.form import DAILY_MEANS, DAILY_SUMS, OF_RUN, daily_form
from tightlog.features.hearts.home_hearts import NO_HEARTS, HomeHearts, home_hearts
from tightlog.features.hearts.trimp import UNKNOWN_RUNNER, Runner
from tightlog.features.load import OF_ACTIVITY, activity_load
from tightlog.features.load_balance import load_balance
from tightlog.features.mileage import mileage, runs_of
from tightlog.features.nights import nights
from tightlog.features.recovery import recovery
from tightlog.features.renewed_form import MARKED, NO_FORM, renewed_form
from tightlog.features.shoes import shoe_distance
from tightlog.features.tightness import tightness
from tightlog.features.warm_up import warm_up

# What the features add to each activity: columns of the relation `activity`.
MEASURED = (*OF_ACTIVITY, *OF_RUN)

# Features of the runs of a day made elsewhere: unknown where an activity may be a run.
OF_RUNS_OF_THE_DAY = (*DAILY_MEANS, *DAILY_SUMS, "run_load_au", "shoe_distance_m")


@dataclass(frozen=True)
class FeatureInputs:
    """What the features are computed from: the kept activities and their recordings, the diary,
    the runner.

    `context` has for each row whether its file also holds scores or interventions
    (is_beside_scores).
    """

    activities: pl.DataFrame
    recorded: Recorded
    scores: pl.DataFrame
    interventions_done: pl.DataFrame
    context: pl.DataFrame
    runner: Runner = UNKNOWN_RUNNER
    # Tomorrow in the runner's time zone: no calendar goes beyond it.
    last_day: date | None = None

    @property
    def run_windows(self) -> pl.DataFrame:
        """The half-minutes of all activities."""
        return self.recorded.run_windows(self.activities["activity_id"])

    @property
    def heart_rate_seconds(self) -> pl.DataFrame:
        """The seconds at each heart rate of all activities."""
        return self.recorded.heart_rate_seconds(self.activities["activity_id"])


def day_features(inputs: FeatureInputs) -> pl.DataFrame:
    """One row per local day from the first to the last known, sorted, without gaps: `day` and
    every feature of the catalogue.
    """
    return day_features_of(inputs, measured_activities(inputs))


def counted(activities: pl.DataFrame) -> pl.DataFrame:
    """The activities that count as sessions: no accidental start, and nothing that is no
    exercise.
    """
    return activities.filter(pl.col("is_counted"))


def hearts_of(inputs: FeatureInputs, known: KnownBefore = NO_HEARTS) -> HomeHearts:
    """The heart rates of the activities that count."""
    return home_hearts(counted(inputs.activities), inputs.recorded, inputs.runner, known)


def measured_activities(inputs: FeatureInputs) -> pl.DataFrame:
    """The activities with what is measured of their heart rate, their load and their form (OF_RUN,
    and MARKED to know it again by); null for one that does not count.
    """
    return with_measured(inputs, form_of(inputs), hearts_of(inputs))


def form_of(inputs: FeatureInputs, known: KnownBefore = NO_FORM) -> pl.DataFrame:
    """The form of the activities that count (renewed_form)."""
    plain = inputs.activities.drop(*MEASURED, *MARKED, strict=False)
    return renewed_form(counted(plain), inputs.recorded, known)


def with_measured(inputs: FeatureInputs, form: pl.DataFrame, hearts: HomeHearts) -> pl.DataFrame:
    """measured_activities, of form and heart rates measured already."""
    loads = activity_load(counted(inputs.activities), hearts, inputs.runner)
    plain = inputs.activities.drop(*MEASURED, *MARKED, strict=False)
    with_load = plain.join(loads, on="activity_id", how="left", maintain_order="left")
    return with_load.join(form, on="activity_id", how="left", maintain_order="left")


def day_features_of(inputs: FeatureInputs, activities: pl.DataFrame) -> pl.DataFrame:
    """day_features from activities that measured_activities has measured already.

    An accidental start shows that something was recorded that day, and is nothing else.
    """
    diary_days = [
        inputs.scores["day"],
        inputs.interventions_done["day"],
        noted_days(inputs.context),
    ]
    days = calendar([activities["day"], *diary_days], activities["day"], inputs.last_day)
    activities = counted(activities)
    runs = mileage(days, activities)
    run_days = runs_of(activities)["day"]
    loads = daily_load(days, activities, inputs.interventions_done, inputs.runner.declared)
    noted = context_days(days, inputs.context)
    parts = [
        tightness(days, inputs.scores, activities),
        runs,
        recovery(
            days,
            runs["run_count"],
            run_days,
            exercise_days(activities, inputs.interventions_done),
        ),
        daily_form(days, activities),
        loads,
        load_balance(loads, activities),
        cross_training(
            days, activities, inputs.interventions_done, runs["run_28d_min"], inputs.runner.declared
        ),
        warm_up(days, runs, inputs.interventions_done),
        shoe_distance(days, activities),
        nights(noted, inputs.context),
        noted,
    ]
    for part in parts:
        days = days.join(part, on="day", how="left", maintain_order="left")
    may_have_run = pl.col("run_count").is_null()
    days = days.with_columns(
        pl.when(~may_have_run).then(name).alias(name) for name in OF_RUNS_OF_THE_DAY
    )
    return days.select("day", *(feature.feature for feature in features_of(inputs.context)))
