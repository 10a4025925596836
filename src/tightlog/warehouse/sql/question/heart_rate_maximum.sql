-- One row with the maximum heart rate the loads rest on, and the highest one recorded; none in a
-- home whose loads do not rest on heart rate.
with used as (
    select
        load_max_bpm,
        load_max_rule
    from activity
    where load_max_bpm is not null
    limit 1
),

seen as (
    select
        heart_rate_held_bpm,
        heart_rate_peak_bpm,
        heart_rate_set_aside,
        day,
        device
    from activity
    where heart_rate_held_bpm is not null
    order by heart_rate_held_bpm desc, day desc, activity_id
    limit 1
),

aside as (
    select
        count(*) filter (heart_rate_set_aside = 'frozen') as frozen_count,
        count(*) filter (heart_rate_set_aside = 'reads_high') as high_count
    from activity
)

select
    u.load_max_bpm,
    u.load_max_rule,
    s.heart_rate_held_bpm,
    s.heart_rate_peak_bpm,
    s.heart_rate_set_aside,
    s.day,
    s.device,
    a.frozen_count,
    a.high_count
from used as u
cross join aside as a
left join seen as s on true
