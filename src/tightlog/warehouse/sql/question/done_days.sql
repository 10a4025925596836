-- One row per intervention and day it was done, in the range asked for; the one done most first.
-- $1 the first day
-- $2 the last day
select
    l.day,
    coalesce(i.title, l.intervention) as title,
    sum(l.minutes) as minutes,
    count(*) over (partition by l.intervention) as done_day_count
from intervention_log as l
left join intervention as i on i.intervention = l.intervention
where l.day between $1 and $2
group by l.day, l.intervention, i.title
order by done_day_count desc, title, l.day
