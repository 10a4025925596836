-- One row per activity that is there, by key.
-- $1 the smallest key
-- $2 the largest key
select
    activity_key,
    record_count
from ingest.activity
where activity_key between $1 and $2
order by activity_key
