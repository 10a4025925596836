-- One row per recording that nothing says the kind of.
select
    activity_id,
    day,
    distance_m
from activity
where coalesce(sport, 'generic') = 'generic'
