-- One row per activity of a day, in the order they began.
-- $1 the day
select
    activity_id,
    day,
    started_at,
    utc_offset_s,
    sport,
    sub_sport,
    sport_rule,
    is_counted,
    name,
    distance_m,
    moving_s,
    elapsed_s,
    speed_mps,
    cadence_spm,
    cadence_residual_pct,
    heart_rate_bpm,
    ascent_m,
    load_au,
    load_rule,
    shoe,
    shoe_source
from activity
where day = $1
order by started_at, activity_id
