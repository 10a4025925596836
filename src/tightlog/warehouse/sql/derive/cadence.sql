-- One row per record with a cadence above 0 of the given activities, while the timer runs.
-- $1 the activities' ids
select
    activity_id,
    cadence_spm as cadence
from ingest.record
where list_contains(cast($1 as varchar[]), activity_id) and is_timer_running and cadence_spm > 0
order by activity_id, record_index
