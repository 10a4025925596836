-- What were the mornings after each side of the coin like?
select
    d.trial_id,
    t.intervention,
    d.is_assigned,
    count(*) as tosses,
    count(*) filter (where d.is_done = d.is_assigned) as as_told,
    round(avg(d.score_before), 2) as score_before,
    round(avg(d.score_after), 2) as score_after
from trial_day as d
inner join trial as t on d.trial_id = t.trial_id
group by d.trial_id, t.intervention, d.is_assigned
order by d.trial_id, d.is_assigned;
