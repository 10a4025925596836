-- One row per lap of an activity, in order, with its mean speed.
-- $1 the activity's id
select
    lap_index,
    elapsed_s,
    moving_s,
    distance_m,
    distance_m / coalesce(nullif(moving_s, 0), nullif(elapsed_s, 0)) as speed_mps,
    cadence_spm,
    heart_rate_bpm,
    trigger
from lap
where activity_id = $1
order by lap_index
