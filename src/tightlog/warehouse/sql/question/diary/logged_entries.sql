-- One row per entry the warehouse holds, a score or an intervention done, with the file or
-- recording it was read from (null for the journal's).
-- $1 the first day, null for all
-- $2 the last day, null for all
with places as (
    select
        sha256,
        min(concat_ws(' › ', path, member)) as place
    from ingest.location
    where sha256 is not null
    group by sha256
),

read_from as (
    select
        entry_id,
        'score' as kind,
        min(sha256) as sha256
    from ingest.score
    group by entry_id
    union all
    select
        entry_id,
        'done' as kind,
        min(sha256) as sha256
    from ingest.intervention
    group by entry_id
),

entries as (
    select
        entry_id,
        'score' as kind,
        day,
        rated_at as at,
        score,
        moment,
        is_sharp,
        red_flags,
        eased,
        side,
        radiation,
        is_woken,
        note,
        source,
        raw_value,
        file_line
    from tightness
    union all by name
    select
        d.entry_id,
        'done' as kind,
        d.day,
        d.done_at as at,
        d.intervention,
        d.minutes,
        d.rpe,
        d.source,
        a.sha256
    from intervention_log as d
    left join activity as a on d.source = 'watch' and d.entry_id = 'watch-' || a.activity_id
)

select
    e.entry_id,
    e.kind,
    e.day,
    e.at,
    e.score,
    e.moment,
    e.is_sharp,
    e.red_flags,
    e.eased,
    e.side,
    e.radiation,
    e.is_woken,
    e.note,
    e.intervention,
    e.minutes,
    e.rpe,
    e.source,
    e.raw_value,
    e.file_line,
    p.place
from entries as e
left join read_from as f on f.entry_id = e.entry_id and f.kind = e.kind
left join places as p on p.sha256 = coalesce(f.sha256, e.sha256)
where
    ($1::date is null or e.day >= $1)
    and ($2::date is null or e.day <= $2)
order by e.day, e.at nulls first, e.entry_id
