-- One row: how an activity was recorded: rows, how far they reach in time and distance, the usual
-- step between two, and how many have a position.
-- $1 the activity's id
with own as (
    select
        elapsed_s,
        distance_m,
        latitude_deg is not null and longitude_deg is not null as has_position,
        lead(elapsed_s) over (order by record_index) - elapsed_s as step_s
    from record
    where activity_id = $1
)

select
    count(*) as record_count,
    max(elapsed_s) as span_s,
    max(distance_m) as span_m,
    median(step_s) filter (step_s > 0) as step_s,
    count(*) filter (has_position) as position_count
from own
