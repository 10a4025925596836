-- One row per week and kind of cross-training in the range asked for: minutes, and days known.
-- $1 the first day
-- $2 the last day
with long as (
    unpivot (
        select
            day,
            swim_min,
            cycle_min,
            strength_min,
            core_min,
            mobility_min,
            other_min
        from day
    )
    on swim_min, cycle_min, strength_min, core_min, mobility_min, other_min
    into name kind value minutes
)

select
    date_trunc('week', day)::date as week,
    replace(kind, '_min', '') as kind,
    sum(minutes) as minutes,
    count(*) as known_day_count
from long
where week between date_trunc('week', $1::date)::date and $2
group by all
order by week, kind
