-- One row per intervention compared, the telling ones first.
select e.intervention, coalesce(i.title, e.intervention) as title, e.verdict, e.sentence
from effect as e
left join intervention as i on i.intervention = e.intervention
order by list_position(['helps', 'hurts', 'nothing_seen', 'not_enough_data'], e.verdict) nulls last, e.p_value nulls last, e.intervention
