-- One row per activity and heart rate.
-- $1 ids of the activities
select
    a.activity_id,
    s.heart_rate_bpm,
    s.seconds
from read_parquet(['segment.parquet']) as s
inner join ingest.activity as a on a.activity_key = s.activity_key
where a.activity_id in (select unnest($1))
