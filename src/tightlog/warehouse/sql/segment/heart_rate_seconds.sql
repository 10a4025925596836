-- One row per activity and heart rate, twins included, as the segments hold them.
create or replace view ingest.heart_rate_seconds as
select
    a.activity_id,
    s.* exclude (activity_key)
from read_parquet(['segment.parquet']) as s
inner join ingest.activity as a on a.activity_key = s.activity_key
