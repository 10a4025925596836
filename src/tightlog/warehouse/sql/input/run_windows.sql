-- One row per 30 s of each run kept, its cadence in steps per minute by the rule the twins settled.
-- $1 ids of the activities
select w.* replace (w.cadence_spm * coalesce(t.cadence_factor, 1) as cadence_spm)
from ingest.run_window as w
inner join activity as a on a.activity_id = w.activity_id
left join ingest.twin_fact as t on t.activity_id = w.activity_id
where a.sport = 'running' and w.activity_id in (select unnest($1))
