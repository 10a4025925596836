"""Every column of the day frame but `day`: what it says, in which unit, and where its definition comes from."""

from dataclasses import asdict, dataclass

import polars as pl

OURS = "tightlog's definition"
SPIKE_SOURCE = "Schuster Brandt Frandsen et al. 2025, Br J Sports Med, PMID 40623829"
TRIMP_SOURCE = "Banister 1991 (TRIMP); Foster 1998, Med Sci Sports Exerc (session-RPE)"
CADENCE_SOURCE = "tightlog's model of the runner's own cadence; why it matters: Drozda 2024, PMID 38905854"


@dataclass(frozen=True)
class Feature:
    """A column of the day frame: its name, unit, family, definition in words and source."""

    feature: str
    unit: str
    family: str
    definition: str
    source: str = OURS


def feature_frame() -> pl.DataFrame:
    """One row per feature: feature, unit, family, definition, source."""
    return pl.DataFrame([asdict(feature) for feature in FEATURES], schema=dict.fromkeys(Feature.__dataclass_fields__, pl.String))


COVERAGE = (
    Feature("coverage", "word", "coverage", "watched: a file or diary entry that day, or between two at most 14 days apart; else unknown"),
)
TIGHTNESS = (
    Feature("tightness_score", "points 0-10", "tightness", "First rating of the day given before any run of that day"),
    Feature("tightness_moment", "word", "tightness", "Moment of that rating; assumed_morning where the source gives only a date"),
    Feature("tightness_7d_median", "points 0-10", "tightness", "Median score of the last 7 days, this one included; null below 3 scores"),
    Feature("tightness_28d_median", "points 0-10", "tightness", "Median score of the last 28 days, this one included; null below 7 scores"),
    Feature("scored_28d_count", "days", "tightness", "Days with a tightness_score among the last 28, this one included"),
)
MILEAGE = (
    Feature("run_count", "runs", "mileage", "Runs started on that day, treadmill included; 0 on a recorded day without one. "
            "Null on unknown days, and more than 14 days before the first activity file"),
    Feature("run_distance_m", "m", "mileage", "Distance of the day's runs; null when that of one run is unknown"),
    Feature("run_min", "min", "mileage", "Moving time of the day's runs"),
    Feature("longest_run_m", "m", "mileage", "Longest single run of the day; 0 without a run"),
    Feature("run_distance_7d_m", "m", "mileage", "Run distance of the last 7 days, this one included; null unless all are known"),
    Feature("run_7d_min", "min", "mileage", "Moving time of runs of the last 7 days, this one included; null unless all are known"),
    Feature("run_distance_28d_m", "m", "mileage", "Run distance of the last 28 days, this one included; null unless all are known"),
    Feature("run_28d_min", "min", "mileage", "Moving time of runs of the last 28 days, this one included; null unless all are known"),
    Feature("longest_run_30d_m", "m", "mileage", "Longest single run of the 30 days before the day; null with less than 14 days since the "
            "first recorded run, an unknown day among them, or no run", SPIKE_SOURCE),
    Feature("session_spike_ratio", "ratio", "mileage", "Longest run of the day over longest_run_30d_m, minus 1", SPIKE_SOURCE),
    Feature("session_spike_state", "word", "mileage", "On a run day: normal (up to +10 %), over_10_pct, over_30_pct, over_100_pct, "
            "return_after_break (no run in 30 days), not_enough_history", SPIKE_SOURCE),
    Feature("since_run_d", "days", "mileage", "Days since the last run, 0 on a run day; null when an unknown day lies between"),
    Feature("run_streak_d", "days", "mileage", "Recorded run days in a row up to the day, 0 on a rest day"),
    Feature("ascent_m", "m", "mileage", "Metres climbed in the day's runs"),
    Feature("descent_m", "m", "mileage", "Metres descended in the day's runs; null without a barometer",
            "tightlog's definition; why it matters: Levine 2007, PMC1896074"),
)
CADENCE = (
    Feature("cadence_spm", "steps/min", "cadence", "Steps of both feet per minute, mean of the day's runs weighted by moving time"),
    Feature("cadence_residual_pct", "%", "cadence", "Cadence above or below the one expected at that speed and grade from the runs of the "
            "90 days before (at least 5 runs, 60 half-minutes); median per run, mean of the runs weighted by moving time", CADENCE_SOURCE),
)
LOAD = (
    Feature("load_au", "au", "load", "Load of all the day's exercise on the home's one scale: TRIMP from heart rate, or RPE times minutes; "
            "null when one activity has none", TRIMP_SOURCE),
    Feature("load_7d_au", "au", "load", "Load of the last 7 days, this one included; null unless all are known", TRIMP_SOURCE),
    Feature("load_28d_au", "au", "load", "Load of the last 28 days, this one included; null unless all are known", TRIMP_SOURCE),
)
_KIND_RULE = "null until first seen, logged or declared, and on a day with a session of unknown length"
CROSS_TRAINING = (
    Feature("swim_min", "min", "cross_training", f"Minutes of swimming; {_KIND_RULE}"),
    Feature("cycle_min", "min", "cross_training", f"Minutes of cycling, indoors too; {_KIND_RULE}"),
    Feature("strength_min", "min", "cross_training", f"Minutes of strength training; {_KIND_RULE}"),
    Feature("core_min", "min", "cross_training", f"Minutes of core training; {_KIND_RULE}"),
    Feature("mobility_min", "min", "cross_training", f"Minutes of yoga, Pilates, flexibility and stretching; {_KIND_RULE}"),
    Feature("other_min", "min", "cross_training", f"Minutes of any other exercise, walks and hikes among them; {_KIND_RULE}"),
    Feature("cross_training_min", "min", "cross_training", "Minutes of all kinds but running that are watched; null before any is"),
    Feature("cross_training_7d_min", "min", "cross_training", "Its sum over the last 7 days, this one included; null unless all are known"),
    Feature("cross_training_28d_min", "min", "cross_training", "Its sum over 28 days, this one included; null unless all are known"),
    Feature("cycle_distance_7d_m", "m", "cross_training", "Distance ridden in the last 7 days, this one included; null unless known"),
    Feature("strength_14d_count", "sessions", "cross_training", "Strength and core sessions of the last 14 days, this one included"),
    Feature("since_strength_d", "days", "cross_training", "Days since the last strength or core session, 0 on its day; "
            "null when an unknown day lies between"),
    Feature("run_share_28d_pct", "%", "cross_training", "Running's share of all exercise minutes of the last 28 days",
            "tightlog's definition; why it matters: Maselli et al. 2020, PMC7271446"),
)

FEATURES: tuple[Feature, ...] = COVERAGE + TIGHTNESS + MILEAGE + CADENCE + LOAD + CROSS_TRAINING
