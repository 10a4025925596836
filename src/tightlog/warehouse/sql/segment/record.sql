-- One row per timestamped row of any file, twins included, as the segments hold them.
create or replace view ingest.record as
select *
from read_parquet(['segment.parquet'])
