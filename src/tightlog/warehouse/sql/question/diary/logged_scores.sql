-- One row per tightness score the warehouse holds, with the file it was read from (null for the
-- journal's).
with places as (
    select
        sha256,
        min(concat_ws(' › ', path, member)) as place
    from ingest.location
    where sha256 is not null
    group by sha256
)

select
    t.entry_id,
    t.rated_at,
    t.day,
    t.moment,
    t.score,
    t.is_sharp,
    t.red_flags,
    t.note,
    t.source,
    t.raw_value,
    p.place
from tightness as t
left join ingest.score as s on s.entry_id = t.entry_id
left join places as p on p.sha256 = s.sha256
order by t.day, t.rated_at nulls first, t.entry_id
