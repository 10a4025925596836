-- One row per toss made so far.
select
    trial_id,
    day,
    block,
    is_assigned,
    is_done,
    score_before,
    score_after
from trial_day
