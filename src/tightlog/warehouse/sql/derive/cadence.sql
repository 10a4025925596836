-- One row per record with a cadence above 0 of the given activities, while the timer runs.
select activity_id, cadence_spm as cadence
from ingest.record
where list_contains(cast(? as varchar[]), activity_id) and is_timer_running and cadence_spm > 0
order by activity_id, record_index
