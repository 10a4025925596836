-- One row per piece of advice of the last refresh.
select
    a.rank,
    a.intervention,
    i.title,
    i.dose,
    i.caution,
    a.pattern,
    p.grade,
    a.heading,
    a.your_data,
    a.what_is_known,
    a.article_says
from advice as a
left join intervention as i on i.intervention = a.intervention
left join pattern as p on p.pattern = a.pattern
order by a.rank
