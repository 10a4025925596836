-- One row per intervention of which two or more trials are over: what they say together.
create or replace table trial_series as
select
    s.intervention,
    s.trials,
    s.tosses_made,
    s.n_assigned,
    s.n_not_assigned,
    s.effect_points,
    s.effect_low,
    s.effect_high,
    s.e_value,
    s.verdict,
    s.sentence
from incoming_trial_series as s
order by s.intervention;
comment on column trial_series.intervention is 'what the coin decided, see intervention';
comment on column trial_series.trials is
'trials with an answer, those stopped among them; one whose seed does not fit is left out';
comment on column trial_series.tosses_made is 'tosses of all of them';
comment on column trial_series.n_assigned is 'next scores after the coin said to do it';
comment on column trial_series.n_not_assigned is 'next scores after the coin said to leave it';
comment on column trial_series.effect_points is
'difference in the next score between do it and leave it, points 0–10; negative is better; the '
'mean of the trials, the more precise ones count more';
comment on column trial_series.effect_low is 'lower end of its interval, points';
comment on column trial_series.effect_high is 'upper end of its interval, points';
comment on column trial_series.e_value is
'what a bet of 1 against the coin has grown to over all trials, those stopped before an answer '
'among them; may be looked at on any day';
comment on column trial_series.verdict is
'helps or hurts when the bet has grown fortyfold, else nothing_seen';
comment on column trial_series.sentence is 'the same in plain sentences';
