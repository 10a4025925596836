-- One row per intervention done the warehouse holds, with the file or recording it was read from
-- (null for the journal's).
with places as (
    select
        sha256,
        min(concat_ws(' › ', path, member)) as place
    from ingest.location
    where sha256 is not null
    group by sha256
)

select
    d.entry_id,
    d.done_at,
    d.day,
    d.intervention,
    d.minutes,
    d.rpe,
    d.source,
    p.place
from intervention_log as d
left join ingest.intervention as f on f.entry_id = d.entry_id
left join activity as a on d.source = 'watch' and d.entry_id = 'watch-' || a.activity_id
left join places as p on p.sha256 = coalesce(f.sha256, a.sha256)
order by d.day, d.done_at nulls first, d.entry_id
