-- One row per day of the range asked for, with what Trends draws.
-- $1 the first day
-- $2 the last day
select
    day,
    coverage,
    tightness_score,
    tightness_7d_median,
    cadence_spm,
    cadence_residual_pct,
    load_7d_au,
    load_7d_estimated_share_pct
from day
where day between $1 and $2
order by day
