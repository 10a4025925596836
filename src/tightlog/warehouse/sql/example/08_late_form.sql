-- In which long runs did my form fade towards the end?
select
    day,
    round(distance_m / 1000, 1) as run_km,
    round(moving_s / 60) as moving_min,
    round(cadence_drift_pct, 1) as cadence_drift_pct,
    round(ground_contact_drift_pct, 1) as ground_contact_drift_pct,
    round(decoupling_pct, 1) as decoupling_pct
from activity
where sport = 'running' and cadence_drift_pct is not null
order by cadence_drift_pct, day desc
limit 20
