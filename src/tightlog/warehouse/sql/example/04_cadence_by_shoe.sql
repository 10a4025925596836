-- What is my cadence in each pair of shoes, and how far have they gone?
select
    coalesce(shoe, 'shoe not known') as shoe,
    count(*) as runs,
    round(sum(distance_m) / 1000) as run_km,
    round(median(cadence_spm)) as median_cadence_spm,
    round(median(cadence_residual_pct), 1) as median_off_own_norm_pct,
    min(day) as first_run,
    max(day) as last_run
from activity
where sport = 'running' and is_counted
group by all
order by run_km desc
