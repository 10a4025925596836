-- One row per pattern that stands on the last day, if that day is not before the one asked for.
-- $1 the earliest day to show
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
where m.day = (select max(d.day) from day as d) and m.day >= $1 and m.pattern not in ('R0', 'R22')
order by m.state, m.pattern
