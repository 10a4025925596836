-- One row per intervention done.
select
    entry_id,
    done_at,
    day,
    intervention,
    minutes,
    rpe
from intervention_log
