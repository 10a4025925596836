-- One row per day and thing noted, once however often it was written, with whether its file also
-- holds scores or interventions.
select
    c.day,
    c.name,
    c.value,
    c.unit,
    c.source,
    bool_or(
        c.sha256 in (
            select s.sha256
            from ingest.score as s
            union all
            select i.sha256
            from ingest.intervention as i
        )
    ) as is_beside_scores
from ingest.context as c
group by all
union all
-- A painkiller before a score shows nothing of whether yesterday's runs were recorded.
select distinct
    t.day - 1 as day,
    unnest(t.eased) as name,
    1.0 as value,
    'done' as unit,
    'diary' as source,
    false as is_beside_scores
from tightness as t
order by all
