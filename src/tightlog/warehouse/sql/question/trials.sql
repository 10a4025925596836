-- One row per coin-flip trial, newest first: every column of `trial`, with the title of what the
-- coin decided.
select
    t.*,
    i.title
from trial as t
left join intervention as i on t.intervention = i.intervention
order by t.planned_on desc, t.trial_id desc
