-- One row per toss made so far: what the coin said, what was done, and the scores around it.
create or replace table trial_day as
select
    d.trial_id,
    d.day,
    d.block,
    d.is_assigned,
    d.is_done,
    d.score_before,
    d.score_after
from incoming_trial_day as d
order by d.trial_id, d.day;
comment on column trial_day.trial_id is 'the trial, see trial';
comment on column trial_day.day is 'local date of the toss';
comment on column trial_day.block is
'number of its block, from 1; null until the trial is over, because it would tell of tosses to '
'come';
comment on column trial_day.is_assigned is 'true when the coin said to do it';
comment on column trial_day.is_done is 'true when it was done; null when not logged';
comment on column trial_day.score_before is 'first score of that day, 0–10; null when none';
comment on column trial_day.score_after is 'first score of the next day, 0–10; null when none';
