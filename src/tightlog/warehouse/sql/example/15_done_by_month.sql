-- What did I do for my back, month by month?
select
    date_trunc('month', l.day)::date as month,
    i.title,
    count(distinct l.day) as days,
    round(sum(l.minutes)) as minutes,
    string_agg(distinct l.source, ', ' order by l.source) as known_from
from intervention_log as l
inner join intervention as i on i.intervention = l.intervention
group by month, i.title
order by month desc, days desc, i.title
