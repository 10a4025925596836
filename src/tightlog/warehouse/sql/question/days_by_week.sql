-- One row per week of the range asked for, named by its first day: the medians of what Trends draws
-- of its days.
-- $1 the first day
-- $2 the last day
-- $3 how many days before Monday a week begins
select
    date_trunc('week', day + $3::integer)::date - $3::integer as day,
    median(tightness_score) as tightness_score,
    median(tightness_7d_median) as tightness_7d_median,
    median(cadence_spm) as cadence_spm,
    median(cadence_residual_pct) as cadence_residual_pct,
    median(load_7d_au) as load_7d_au,
    median(load_7d_estimated_share_pct) as load_7d_estimated_share_pct
from day
where day between $1 and $2
group by all
order by all
