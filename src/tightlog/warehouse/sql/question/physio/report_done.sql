-- One row per intervention done in the range asked for or ever compared: how often in the range,
-- and what went with it over all data.
-- $1 the first day
-- $2 the last day
with done as (
    select
        intervention,
        count(distinct day) as day_count,
        sum(minutes) as minutes,
        string_agg(distinct source, ', ' order by source) as sources
    from intervention_log
    where day between $1 and $2
    group by intervention
)

select
    coalesce(d.intervention, e.intervention) as intervention,
    coalesce(i.title, d.intervention, e.intervention) as title,
    coalesce(d.day_count, 0) as day_count,
    d.minutes,
    d.sources,
    e.n_done,
    e.n_not_done,
    e.effect_points,
    e.effect_low,
    e.effect_high,
    e.verdict,
    e.smallest_detectable_points,
    e.sentence
from done as d
full join effect as e on e.intervention = d.intervention
left join intervention as i on i.intervention = coalesce(d.intervention, e.intervention)
order by day_count desc, title
