-- What is my cadence at each pace?
-- From every record of the outdoor runs of the last 90 days that is faster than a walk.
with recent as (
    select activity_id
    from activity
    where
        sport = 'running'
        and is_counted
        and not coalesce(is_indoor, false)
        and day > (select max(day) - 90 from day)
)

select
    round(floor(r.speed_mps * 4) / 4, 2) as speed_from_mps,
    round(1000 / 60 / (floor(r.speed_mps * 4) / 4 + 0.125), 1) as pace_min_per_km,
    count(*) as records,
    round(median(r.cadence_spm)) as median_cadence_spm,
    round(quantile_cont(r.cadence_spm, 0.1)) as lowest_tenth_spm,
    round(quantile_cont(r.cadence_spm, 0.9)) as highest_tenth_spm
from record as r
inner join recent on recent.activity_id = r.activity_id
where r.is_timer_running and r.cadence_spm > 120 and r.speed_mps > 1.8
group by all
having count(*) >= 60
order by speed_from_mps
