"""The columns of the relation `hypothesis`, without loading the statistics."""

import polars as pl

from tightlog.findings.columns import FINDING_SCHEMA

# Of a finding, what is told of a hypothesis too.
TOLD_COLUMNS = (
    "lag_window",
    "n_days",
    "exposure_days",
    "exposure_low",
    "exposure_high",
    "effect_points",
    "effect_low",
    "effect_high",
    "shrunk_points",
    "p_value",
    "q_value",
    "e_value",
    "smallest_detectable_points",
    "score_count",
    "scores_needed",
    "robustness_pct",
    "tests",
    "verdict",
    "verdict_reason",
    "had",
    "needed",
    "still_needed",
    "would_have_shown",
    "statement",
    "sentence",
)
HYPOTHESIS_SCHEMA: dict[str, type[pl.DataType]] = {
    "entry_id": pl.String,
    "name": pl.String,
    "expression": pl.String,
    "unit": pl.String,
    "declared_on": pl.Date,
    "withdrawn_on": pl.Date,
    "reason": pl.String,
    **{name: FINDING_SCHEMA[name] for name in TOLD_COLUMNS},
}
