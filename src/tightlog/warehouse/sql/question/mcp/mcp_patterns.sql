-- One row per rule and day it matched, from the first day asked for, newest first.
-- $1 the first day
-- $2 the last day
select
    m.day,
    m.pattern,
    p.title,
    m.state,
    m.started_on,
    m.evidence,
    m.value,
    m.threshold,
    1 as n,
    null as effect_low,
    null as effect_high,
    'matched' as verdict,
    p.grade,
    p.source,
    p.why
from pattern_match as m
inner join pattern as p on p.pattern = m.pattern
where m.day between cast($1 as date) and cast($2 as date) and m.pattern <> 'R22'
order by m.day desc, m.pattern
