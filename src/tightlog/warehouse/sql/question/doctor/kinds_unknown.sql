-- One row per activity whose kind nothing says.
select
    activity_id,
    day,
    distance_m
from activity
where is_counted and sport_rule = 'unknown'
