-- One row per toss of a trial, in the order of their days.
-- $1 the trial's id
select
    day,
    block,
    is_assigned,
    is_done,
    score_before,
    score_after
from trial_day
where trial_id = $1
order by day
