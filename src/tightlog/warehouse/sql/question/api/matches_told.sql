-- One row per rule and day it matched, with what the rule is.
select
    m.day,
    m.pattern,
    p.title,
    m.state,
    m.started_on,
    m.evidence,
    m.value,
    m.threshold,
    p.grade,
    p.source
from pattern_match as m
inner join pattern as p on p.pattern = m.pattern
order by m.day, m.pattern
