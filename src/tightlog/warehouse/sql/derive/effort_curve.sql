-- One row per 10 s of each of the given activities, with what the effort was in them.
-- $1 the activities' ids
select
    a.activity_id,
    cast(floor(r.elapsed_s / 10) as integer) as step,
    avg(r.heart_rate_bpm) as heart_rate_bpm,
    avg(r.cadence_spm) filter (r.cadence_spm > 0) as cadence_spm,
    avg(r.speed_mps) as speed_mps
from ingest.record as r
inner join ingest.activity as a on a.activity_key = r.activity_key
where list_contains(cast($1 as varchar[]), a.activity_id) and r.elapsed_s >= 0
group by a.activity_id, step
order by a.activity_id, step
