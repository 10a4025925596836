"""The columns associate and effects return, without loading the statistics."""

import polars as pl

FINDING_SCHEMA: dict[str, type[pl.DataType]] = {
    "exposure": pl.String, "title": pl.String, "lag_window": pl.String, "unit": pl.String, "n_days": pl.Int64, "exposure_days": pl.Int64,
    "exposure_low": pl.Float64, "exposure_high": pl.Float64, "effect_points": pl.Float64, "effect_low": pl.Float64,
    "effect_high": pl.Float64, "p_value": pl.Float64, "max_t_p": pl.Float64, "q_value": pl.Float64, "verdict": pl.String,
    "smallest_detectable_points": pl.Float64, "earlier_half_points": pl.Float64, "later_half_points": pl.Float64,
    "reaction_p": pl.Float64, "yesterday_rated_points": pl.Float64, "yesterday_rated_p": pl.Float64, "rank_p": pl.Float64,
    "held_fixed": pl.String, "still_needed": pl.String, "would_have_shown": pl.String, "sentence": pl.String,
    "verdict_reason": pl.String, "had": pl.Float64, "needed": pl.Float64, "statement": pl.String, "is_event": pl.Boolean,
    "unit_size": pl.Float64, "look_back_d": pl.Int64, "spans_d": pl.Int64, "is_window_in_title": pl.Boolean,
    "score_count": pl.Int64, "scores_needed": pl.Int64, "diary_days": pl.Int64, "diary_days_needed": pl.Int64, "is_rated_in_evening": pl.Boolean,
}  # fmt: skip

EFFECT_SCHEMA: dict[str, type[pl.DataType]] = {
    "intervention": pl.String, "n_done": pl.Int64, "n_not_done": pl.Int64, "effect_points": pl.Float64, "effect_low": pl.Float64,
    "effect_high": pl.Float64, "p_value": pl.Float64, "q_value": pl.Float64, "verdict": pl.String,
    "smallest_detectable_points": pl.Float64, "is_run_held_fixed": pl.Boolean, "inseparable_from": pl.String, "sentence": pl.String,
    "verdict_reason": pl.String, "had": pl.Float64, "needed": pl.Float64, "still_needed": pl.String, "statement": pl.String,
}  # fmt: skip
