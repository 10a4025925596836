-- One row per activity the runner left out, newest first.
select
    activity_id,
    day,
    sport,
    distance_m
from ignored_activity
order by started_at desc, activity_id
