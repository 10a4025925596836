-- One row per activity kept, with a mark of all that says how its recording is read, and in lent_by
-- the twin whose samples it takes as well: it takes its mean heart rate from it, and the twin lasts
-- as long.
-- $1 the share from which on a twin lasts as long
with lent as (
    select
        a.activity_id,
        min(b.activity_id) as lent_by
    from activity as a
    inner join ingest.twin as t on t.kept_activity_id = a.activity_id
    inner join ingest.activity as b on b.activity_id = t.activity_id
    where
        list_contains(a.from_twin, 'heart_rate_bpm')
        and b.heart_rate_bpm = a.heart_rate_bpm
        and b.elapsed_s between $1 * a.elapsed_s and a.elapsed_s / $1
    group by a.activity_id
)

select
    a.activity_id,
    l.lent_by,
    concat_ws(' ', a.sport = 'running', coalesce(f.cadence_factor, 1), l.lent_by) as recorded_mark
from activity as a
left join ingest.twin_fact as f on f.activity_id = a.activity_id
left join lent as l on l.activity_id = a.activity_id
order by all
