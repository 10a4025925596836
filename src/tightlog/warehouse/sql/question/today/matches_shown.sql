-- One row per pattern that stands on the last day, if that day is not before the one asked for; and
-- per pattern that is about the morning of a day asked for, also when it has been scored since.
-- $1 the earliest day to show
-- $2 the day whose morning it is
select
    m.day,
    m.pattern,
    p.title,
    p.grade,
    p.source,
    p.why,
    m.state,
    m.started_on,
    m.evidence
from pattern_match as m
inner join pattern as p on p.pattern = m.pattern
where
    (
        (m.day = (select max(d.day) from day as d) and coalesce(m.until_on >= $2, true))
        or m.until_on = $2
    )
    and m.day >= $1
    and m.pattern not in ('R0', 'R22')
qualify row_number() over (partition by m.pattern order by m.day desc) = 1
order by m.state, m.pattern
