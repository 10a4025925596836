-- One row per thing said of where the tightness of the range asked for was (kind: side, radiation,
-- is_woken), or what was had for it (eased): its value, and on how many days it was said.
-- $1 the first day
-- $2 the last day
with given as (
    select
        day,
        side,
        radiation,
        is_woken,
        eased
    from tightness
    where day between $1 and $2
),

said as (
    select
        day,
        'side' as kind,
        side as value
    from given
    union all
    select
        day,
        'radiation' as kind,
        radiation as value
    from given
    union all
    select
        day,
        'is_woken' as kind,
        is_woken::varchar as value
    from given
    union all
    select
        day,
        'eased' as kind,
        unnest(eased) as value
    from given
)

select
    kind,
    value,
    count(distinct day) as day_count
from said
where value is not null
group by all
order by kind, day_count desc, value
