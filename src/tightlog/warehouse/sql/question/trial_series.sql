-- One row per intervention of which two or more trials are over: every column of `trial_series`,
-- with the title of what the coin decided.
select
    s.*,
    i.title
from trial_series as s
left join intervention as i on s.intervention = i.intervention
order by i.title
