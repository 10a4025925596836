-- One row per pattern and day it began on, in the range asked for.
select m.day, m.pattern, p.title, m.evidence
from pattern_match as m
inner join pattern as p on p.pattern = m.pattern
where m.state = 'new' and m.pattern not in ('R21', 'R22') and m.day between ? and ?
order by m.day, m.pattern
