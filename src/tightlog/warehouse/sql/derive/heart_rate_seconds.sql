-- One row per activity and heart rate among the incoming records.
with step as (
    select
        activity_key,
        cast(round(heart_rate_bpm) as integer) as heart_rate_bpm,
        least(next_elapsed_s - elapsed_s, 30.0) as step_s
    from incoming_step
)

select
    activity_key,
    heart_rate_bpm,
    sum(step_s) as seconds
from step
where heart_rate_bpm > 0 and step_s > 0
group by activity_key, heart_rate_bpm
order by activity_key, heart_rate_bpm
