-- One row per activity kept and heart rate. One that takes its mean heart rate from a twin that
-- lasts as long takes the twin's samples as well.
-- $1 the share from which on a twin lasts as long
with lent as (
    select
        a.activity_id,
        min(b.activity_id) as twin_id
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
    activity_id,
    heart_rate_bpm,
    seconds
from ingest.heart_rate_seconds
where activity_id in (select activity_id from activity)
union all
select
    l.activity_id,
    s.heart_rate_bpm,
    s.seconds
from lent as l
inner join ingest.heart_rate_seconds as s on s.activity_id = l.twin_id
