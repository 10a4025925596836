-- One row per lap of an activity, in order.
-- $1 the activity's id
select
    lap_index,
    elapsed_s,
    moving_s,
    distance_m,
    cadence_spm,
    heart_rate_bpm,
    trigger
from lap
where activity_id = $1
order by lap_index
