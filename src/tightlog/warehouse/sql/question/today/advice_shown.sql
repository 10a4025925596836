-- One row per piece of advice of the last refresh, with the words of its intervention and pattern.
select
    a.rank,
    a.intervention,
    i.title,
    i.category,
    i.dose,
    i.how_to,
    i.caution,
    i.evidence_note,
    a.pattern,
    coalesce(a.heading, p.title) as pattern_title,
    a.your_data,
    a.what_is_known,
    a.article_says
from advice as a
left join intervention as i on i.intervention = a.intervention
left join pattern as p on p.pattern = a.pattern
order by a.rank
