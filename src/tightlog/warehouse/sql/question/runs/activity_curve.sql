-- One row per stretch of an activity, of the width asked for in s (or in m): means weighted by time
-- while the timer ran; nulls where less than half of the stretch was recorded.
-- $1 the activity's id
-- $2 'distance' for stretches by distance, else by time
-- $3 their width, m or s
-- $4 the longest step between two records, s
with own as (
    select
        elapsed_s,
        distance_m,
        is_timer_running,
        speed_mps,
        altitude_m,
        power_w,
        heart_rate_bpm,
        -- The ranges of domain/channels (a test holds them equal): what no runner does.
        case when cadence_spm > 0 then cadence_spm end as cadence_spm,
        case when ground_contact_ms between 100 and 500 then ground_contact_ms end
            as ground_contact_ms,
        case when vertical_oscillation_mm between 20 and 200 then vertical_oscillation_mm end
            as vertical_oscillation_mm,
        case when vertical_ratio_pct between 2 and 25 then vertical_ratio_pct end
            as vertical_ratio_pct,
        lead(elapsed_s) over (order by record_index) - elapsed_s as step_s,
        lead(distance_m) over (order by record_index) - distance_m as step_m
    from record
    where activity_id = $1
),

step as (
    select
        * replace (coalesce(step_m, speed_mps * step_s) as step_m),
        cast(
            floor((case when $2 = 'distance' then distance_m else elapsed_s end) / $3) as integer
        ) as stretch
    from own
    -- A longer step is a pause or lost contact: it adds neither time nor distance.
    where is_timer_running and step_s > 0 and step_s <= $4
),

mean as (
    select
        stretch,
        -- In a pool the distance stands still and then leaps by a length: what it says of a short
        -- stretch is not its speed.
        case
            when
                (select median(step_m) from step) > 0
                then sum(step_m) / nullif(sum(step_s) filter (step_m is not null), 0)
            else sum(speed_mps * step_s) / nullif(sum(step_s) filter (speed_mps is not null), 0)
        end as speed_mps,
        sum(heart_rate_bpm * step_s)
        / sum(step_s) filter (heart_rate_bpm is not null) as heart_rate_bpm,
        sum(cadence_spm * step_s) / sum(step_s) filter (cadence_spm is not null) as cadence_spm,
        sum(ground_contact_ms * step_s)
        / sum(step_s) filter (ground_contact_ms is not null) as ground_contact_ms,
        sum(vertical_oscillation_mm * step_s)
        / sum(step_s) filter (vertical_oscillation_mm is not null) as vertical_oscillation_mm,
        sum(vertical_ratio_pct * step_s)
        / sum(step_s) filter (vertical_ratio_pct is not null) as vertical_ratio_pct,
        sum(power_w * step_s) / sum(step_s) filter (power_w is not null) as power_w,
        sum(altitude_m * step_s) / sum(step_s) filter (altitude_m is not null) as altitude_m
    from step
    group by stretch
    having case when $2 = 'distance' then sum(step_m) else sum(step_s) end >= $3 / 2
)

select
    (s.stretch + 0.5) * $3 as middle,
    m.speed_mps,
    m.heart_rate_bpm,
    m.cadence_spm,
    m.ground_contact_ms,
    m.vertical_oscillation_mm,
    m.vertical_ratio_pct,
    m.power_w,
    m.altitude_m
from (select unnest(generate_series(0, (select max(stretch) from mean))) as stretch) as s
left join mean as m on m.stretch = s.stretch
order by s.stretch
