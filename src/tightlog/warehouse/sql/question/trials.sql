-- One row per coin-flip trial, newest first, with the title of what the coin decided.
select
    t.trial_id,
    t.intervention,
    i.title,
    t.planned_on,
    t.started_on,
    t.ended_on,
    t.state,
    t.ending,
    t.stop_note,
    t.tosses_planned,
    t.tosses_made,
    t.power_at_1_point,
    t.seed_hash,
    t.seed,
    t.is_seed_right,
    t.e_value,
    t.clear_at_toss,
    t.n_assigned,
    t.n_not_assigned,
    t.n_as_told,
    t.effect_points,
    t.effect_low,
    t.effect_high,
    t.p_value,
    t.smallest_detectable_points,
    t.as_told_points,
    t.verdict,
    t.sentence
from trial as t
left join intervention as i on t.intervention = i.intervention
order by t.planned_on desc, t.trial_id desc
