-- One row per record with a cadence above 0 of the given activities, while the timer runs.
-- $1 the activities' ids
select
    a.activity_id,
    r.cadence_spm as cadence
from ingest.record as r
inner join ingest.activity as a on a.activity_key = r.activity_key
where
    list_contains(cast($1 as varchar[]), a.activity_id)
    and r.is_timer_running
    and r.cadence_spm > 0
order by a.activity_id, r.record_index
