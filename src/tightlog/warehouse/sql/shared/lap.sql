-- One row per lap of a kept activity.
select
    activity_id,
    lap_index,
    started_at,
    elapsed_s,
    moving_s,
    distance_m,
    cadence_spm,
    heart_rate_bpm,
    trigger
from lap
