-- One row per 30 s of a run, twins included, as the segments hold them.
create or replace view ingest.run_window as
select
    a.activity_id,
    w.* exclude (activity_key)
from read_parquet(['segment.parquet']) as w
inner join ingest.activity as a on a.activity_key = w.activity_key
