-- Which watch or program recorded me, from when to when?
select
    coalesce(device, 'not said') as device,
    min(day) as first_day,
    max(day) as last_day,
    count(*) as activities,
    count(cadence_spm) as with_cadence,
    count(heart_rate_bpm) as with_heart_rate,
    count(vertical_oscillation_mm) as with_running_dynamics
from activity
group by all
order by first_day
