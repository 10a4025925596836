"""Columns of the tables of a trial: tosses in, answer out, and both as relations."""

import polars as pl

from tightlog.domain.frames import Columns

TRIAL_DAY_SCHEMA: Columns = {
    "day": pl.Date,
    "block": pl.Int32,
    "is_assigned": pl.Boolean,
    "is_done": pl.Boolean,
    "score_before": pl.Float64,
    "score_after": pl.Float64,
}
ANSWER_SCHEMA: Columns = {
    "tosses_made": pl.Int32,
    "n_assigned": pl.Int32,
    "n_not_assigned": pl.Int32,
    "n_as_told": pl.Int32,
    "effect_points": pl.Float64,
    "effect_low": pl.Float64,
    "effect_high": pl.Float64,
    "p_value": pl.Float64,
    "e_value": pl.Float64,
    "clear_at_toss": pl.Int32,
    "smallest_detectable_points": pl.Float64,
    "as_told_points": pl.Float64,
    "verdict": pl.String,
    "sentence": pl.String,
}
TRIAL_SCHEMA: Columns = {
    "trial_id": pl.String,
    "intervention": pl.String,
    "planned_on": pl.Date,
    "started_on": pl.Date,
    "ended_on": pl.Date,
    "tosses_planned": pl.Int32,
    "seed_hash": pl.String,
    "seed": pl.String,
    "power_at_1_point": pl.Float64,
    "state": pl.String,
    "ending": pl.String,
    "is_seed_right": pl.Boolean,
    "stop_note": pl.String,
    **ANSWER_SCHEMA,
}
SERIES_SCHEMA: Columns = {
    "intervention": pl.String,
    "trials": pl.Int32,
    "tosses_made": pl.Int32,
    "n_assigned": pl.Int32,
    "n_not_assigned": pl.Int32,
    "effect_points": pl.Float64,
    "effect_low": pl.Float64,
    "effect_high": pl.Float64,
    "e_value": pl.Float64,
    "verdict": pl.String,
    "sentence": pl.String,
}
TOSS_SCHEMA: Columns = {"trial_id": pl.String, **TRIAL_DAY_SCHEMA}
