-- One row per coin-flip trial: its plan, its seal, and its answer once it has ended.
create or replace table trial as
select
    t.trial_id,
    t.intervention,
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
from incoming_trial as t
order by t.planned_on, t.trial_id;
comment on column trial.trial_id is 'id of the trial';
comment on column trial.intervention is 'what the coin decides, see intervention';
comment on column trial.planned_on is 'local date it was planned';
comment on column trial.started_on is 'local date it was started; null before';
comment on column trial.ended_on is 'local date it ended or was stopped; null before';
comment on column trial.state is 'planned, running, stopped or ended';
comment on column trial.ending is
'why it is over: planned (every toss made), early (clear answer), runner, red_flag or lost_seed';
comment on column trial.stop_note is
'why the runner stopped it, in the runner''s words; null when not said';
comment on column trial.tosses_planned is 'number of tosses planned';
comment on column trial.tosses_made is 'number of tosses made so far';
comment on column trial.power_at_1_point is
'chance to find a difference of 1 point, as printed before the start, 0–1; null when not known';
comment on column trial.seed_hash is
'SHA-256 of the secret seed, written before the first toss; null before the start';
comment on column trial.seed is 'the seed all tosses follow from; null until the trial is over';
comment on column trial.is_seed_right is
'true when seed, hash and tosses belong together; null until the trial is over';
comment on column trial.e_value is
'what a bet of 1 against the coin has grown to; may be looked at on any day';
comment on column trial.clear_at_toss is
'toss after which the bet had grown fortyfold, which ends a trial early; null when it has not';
comment on column trial.n_assigned is 'next scores after the coin said to do it';
comment on column trial.n_not_assigned is 'next scores after the coin said to leave it';
comment on column trial.n_as_told is 'tosses on which it was done or left as the coin said';
comment on column trial.effect_points is
'difference in the next score between do it and leave it, points 0–10; negative is better; null '
'while it runs';
comment on column trial.effect_low is 'lower end of its interval, points';
comment on column trial.effect_high is 'upper end of its interval, points';
comment on column trial.p_value is
'exact p-value of the coin drawn again; null unless every planned toss was made';
comment on column trial.smallest_detectable_points is
'smallest effect the trial would probably have shown, points';
comment on column trial.as_told_points is
'the same difference between days done and left as told, points; a side note';
comment on column trial.verdict is
'helps, hurts, nothing_seen, not_enough_data, stopped, running or planned';
comment on column trial.sentence is 'the answer in plain sentences';
