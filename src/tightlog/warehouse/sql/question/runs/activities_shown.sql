-- One row per activity of a page of the list, newest first, with the counts of all and of those
-- that do not count: of one sport, shoe and range of days (null: of all), with a text in its name
-- or kind, and with what was asked to be known of it.
-- $1 the sport, null for all
-- $2 the first day, null for all
-- $3 the shoe, null for all
-- $4 a text in its name or kind, '' for all
-- $5 true for those with a cadence only
-- $6 true for those with a heart rate only
-- $7 true for those with running dynamics only
-- $8 true for those with a power only
-- $9 how many rows
-- $10 after how many
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
    shoe_source,
    count(*) over () as activity_count,
    count(*) filter (where not is_counted) over () as uncounted_count
from activity
where
    ($1::varchar is null or sport = $1)
    and ($2::date is null or day >= $2)
    and ($3::varchar is null or shoe = $3)
    and contains(lower(replace(concat_ws(' ', name, sport, sub_sport), '_', ' ')), lower($4))
    and (not $5::boolean or cadence_spm is not null)
    and (not $6::boolean or heart_rate_bpm is not null)
    and (not $7::boolean or ground_contact_ms is not null)
    and (not $8::boolean or power_w is not null)
order by started_at desc, activity_id
limit $9 offset $10
