-- What were the mornings after each side of the coin like?
select
    i.title,
    t.state,
    d.is_assigned as coin_said_do_it,
    count(*) as tosses,
    count(*) filter (where d.is_done = d.is_assigned) as as_told,
    round(avg(d.score_before), 2) as score_before,
    round(avg(d.score_after), 2) as score_after
from trial_day as d
inner join trial as t on d.trial_id = t.trial_id
inner join intervention as i on t.intervention = i.intervention
group by i.title, t.state, t.started_on, d.is_assigned
order by t.started_on, d.is_assigned
