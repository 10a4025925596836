-- One row per pattern and day it began on, in the range asked for.
-- $1 the first day
-- $2 the last day
select
    m.day,
    m.pattern,
    p.title,
    m.evidence
from pattern_match as m
inner join pattern as p on p.pattern = m.pattern
where m.state = 'new' and m.pattern not in ('R21', 'R22') and m.day between $1 and $2
order by m.day, m.pattern
