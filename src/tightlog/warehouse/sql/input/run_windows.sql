-- One row per 30 s of each run kept, its cadence in steps per minute by the rule the twins settled.
-- $1 ids of the activities
select
    a.activity_id,
    w.* exclude (activity_key)
    replace (w.cadence_spm * coalesce(t.cadence_factor, 1) as cadence_spm)
from read_parquet(['segment.parquet']) as w
inner join ingest.activity as i on i.activity_key = w.activity_key
inner join activity as a on a.activity_id = i.activity_id
left join ingest.twin_fact as t on t.activity_id = i.activity_id
where a.sport = 'running' and i.activity_id in (select unnest($1))
