-- One row per 30 s of each run, and of what may yet turn out to be one, of the incoming records.
-- A gap of more than 10 s between records adds neither time nor distance. What no runner does is
-- null in incoming_step already (domain/channels).
with step as (
    select
        r.activity_key,
        r.elapsed_s,
        r.cadence_spm,
        r.altitude_m,
        r.distance_m,
        r.heart_rate_bpm,
        r.ground_contact_ms,
        r.vertical_oscillation_mm,
        r.vertical_ratio_pct,
        r.ground_contact_left_pct,
        r.step_length_mm,
        r.next_elapsed_s - r.elapsed_s as step_s,
        r.speed_mps,
        -- The way between two positions is computed where the distance was not recorded.
        coalesce(
            r.next_distance_m - r.distance_m,
            2 * 6371008.8 * asin(sqrt(least(
                1.0,
                pow(sin(radians(r.next_latitude_deg - r.latitude_deg) / 2), 2)
                + cos(radians(r.latitude_deg)) * cos(radians(r.next_latitude_deg))
                * pow(sin(radians(r.next_longitude_deg - r.longitude_deg) / 2), 2)
            ))),
            r.speed_mps * (r.next_elapsed_s - r.elapsed_s)
        ) as step_m
    from incoming_step as r
    inner join incoming_activity as a on a.activity_key = r.activity_key
    where a.sport in ('running', 'generic') or a.sport_rule in ('name', 'list')
),

kept as (
    select *
    from step
    where step_s > 0 and step_s <= 10
)

select
    activity_key,
    cast(floor(elapsed_s / 30) as integer) as window_index,
    min(elapsed_s) as elapsed_s,
    sum(step_s) as seconds,
    coalesce(sum(step_m) / nullif(sum(step_s) filter (step_m is not null), 0), avg(speed_mps))
        as speed_mps,
    sum(cadence_spm * step_s) filter (cadence_spm > 0)
    / nullif(sum(step_s) filter (cadence_spm > 0), 0) as cadence_spm,
    case
        when
            sum(step_m) >= 30
            then (arg_max(altitude_m, elapsed_s) - arg_min(altitude_m, elapsed_s)) / sum(step_m)
    end as grade,
    sum(heart_rate_bpm * step_s)
    / sum(step_s) filter (heart_rate_bpm is not null) as heart_rate_bpm,
    sum(ground_contact_ms * step_s)
    / sum(step_s) filter (ground_contact_ms is not null) as ground_contact_ms,
    sum(vertical_oscillation_mm * step_s)
    / sum(step_s) filter (vertical_oscillation_mm is not null) as vertical_oscillation_mm,
    sum(vertical_ratio_pct * step_s)
    / sum(step_s) filter (vertical_ratio_pct is not null) as vertical_ratio_pct,
    sum(ground_contact_left_pct * step_s)
    / sum(step_s) filter (ground_contact_left_pct is not null) as ground_contact_left_pct,
    sum(step_length_mm * step_s) / sum(step_s) filter (step_length_mm is not null) as step_length_mm
from kept
group by activity_key, window_index
having sum(step_s) >= 15
order by activity_key, window_index
