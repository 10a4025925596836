-- One row per file with scores: how many do not say when on their day they were given.
-- $1 true for the files alone that the last refresh read
with counted as (
    select
        sha256,
        count(*) filter (where moment = 'unknown') as untimed_count,
        count(*) as score_count
    from ingest.score
    group by sha256
)

select
    concat_ws('/', f.path, f.member) as place,
    c.untimed_count,
    c.score_count
from counted as c
inner join source_file as f on f.sha256 = c.sha256
where f.status <> 'duplicate' and (f.is_new or not $1::boolean)
order by place
