-- One row per activity and heart rate.
-- $1 ids of the activities
select
    activity_id,
    heart_rate_bpm,
    seconds
from ingest.heart_rate_seconds
where activity_id in (select unnest($1))
