-- In which long runs did my cadence fall towards the end?
-- The first ten minutes are left out; cadence falls with speed too, so the speeds stand beside it.
with moving as (
    select r.activity_id, r.cadence_spm, r.speed_mps, ntile(3) over (partition by r.activity_id order by r.record_index) as third
    from record as r
    inner join activity as a on a.activity_id = r.activity_id
    where a.sport = 'running' and a.moving_s >= 3600 and r.elapsed_s > 600 and r.is_timer_running and r.cadence_spm > 0
),
compared as (
    select
        activity_id,
        median(cadence_spm) filter (where third = 1) as first_third_spm,
        median(cadence_spm) filter (where third = 3) as last_third_spm,
        median(speed_mps) filter (where third = 1) as first_third_mps,
        median(speed_mps) filter (where third = 3) as last_third_mps
    from moving
    group by activity_id
)
select
    a.day,
    round(a.distance_m / 1000, 1) as run_km,
    round(c.first_third_spm) as first_third_spm,
    round(c.last_third_spm) as last_third_spm,
    round(c.last_third_spm - c.first_third_spm, 1) as change_spm,
    round(c.first_third_mps, 2) as first_third_mps,
    round(c.last_third_mps, 2) as last_third_mps
from compared as c
inner join activity as a on a.activity_id = c.activity_id
order by change_spm, a.day desc
limit 20
