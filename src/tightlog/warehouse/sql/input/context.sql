-- One row per day and thing noted, with whether a file that notes it also holds scores or
-- interventions. What was said with a score is of no file: it shows nothing of whether the runs of
-- its day were recorded.
select
    c.day,
    c.name,
    c.value,
    c.unit,
    c.source,
    c.device,
    c.is_chosen,
    coalesce(
        bool_or(
            i.sha256 in (
                select s.sha256
                from ingest.score as s
                union all
                select d.sha256
                from ingest.intervention as d
            )
        ),
        false
    ) as is_beside_scores
from context as c
left join ingest.context as i
    on
        c.day = i.day
        and c.name = i.name
        and c.value is not distinct from i.value
        and c.unit is not distinct from i.unit
        and c.source = i.source
group by all
order by all
