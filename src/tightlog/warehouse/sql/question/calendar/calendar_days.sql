-- One row per known day of the range: what is known of it, kilometres run, and the patterns that
-- began.
-- $1 the first day
-- $2 the last day
with began as (
    select
        m.day,
        list(p.title order by m.pattern) as began
    from pattern_match as m
    inner join pattern as p on p.pattern = m.pattern
    where m.state = 'new' and m.pattern not in ('R0', 'R21', 'R22') and m.day between $1 and $2
    group by m.day
)

select
    d.day,
    d.coverage,
    d.run_distance_m / 1000.0 as run_km,
    b.began
from day as d
left join began as b on b.day = d.day
where d.day between $1 and $2
order by d.day
