-- One row per coin-flip trial, newest first.
select
    t.trial_id,
    i.title,
    t.intervention,
    t.state,
    t.verdict,
    t.n_assigned + t.n_not_assigned as n,
    t.n_assigned,
    t.n_not_assigned,
    t.tosses_made,
    t.tosses_planned,
    t.effect_points,
    t.effect_low,
    t.effect_high,
    t.p_value,
    t.e_value,
    t.smallest_detectable_points,
    t.planned_on,
    t.started_on,
    t.ended_on,
    t.ending,
    t.is_seed_right,
    'own record, by coin' as grade,
    t.sentence
from trial as t
left join intervention as i on i.intervention = t.intervention
order by t.planned_on desc, t.trial_id
