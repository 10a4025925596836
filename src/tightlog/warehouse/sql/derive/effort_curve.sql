-- One row per 10 s of each of the given activities, with what the effort was in them.
-- $1 the activities' ids
select
    activity_id,
    cast(floor(elapsed_s / 10) as integer) as step,
    avg(heart_rate_bpm) as heart_rate_bpm,
    avg(cadence_spm) filter (cadence_spm > 0) as cadence_spm,
    avg(speed_mps) as speed_mps
from ingest.record
where list_contains(cast($1 as varchar[]), activity_id) and elapsed_s >= 0
group by activity_id, step
order by activity_id, step
