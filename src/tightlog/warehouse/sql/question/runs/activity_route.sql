-- One row per stretch of an activity, of the width asked for in s: metres east and north of the
-- start, and of the next stretch where the recording went on, with the speed between.
-- $1 the activity's id
-- $2 the width of a stretch, s
with own as (
    select
        cast(floor(elapsed_s / $2) as integer) as stretch,
        elapsed_s,
        latitude_deg,
        longitude_deg,
        speed_mps,
        first_value(latitude_deg) over (order by record_index) as start_latitude_deg,
        first_value(longitude_deg) over (order by record_index) as start_longitude_deg
    from record
    where
        activity_id = $1
        and is_timer_running
        and latitude_deg is not null
        and longitude_deg is not null
),

-- A degree is 111 195 m on a sphere of 6371 km; flat enough for one outing. The shift by 540° keeps
-- a route whole that crosses 180°.
metre as (
    select
        stretch,
        arg_min(
            111195.0
            * ((longitude_deg - start_longitude_deg + 540) % 360 - 180)
            * cos(radians(start_latitude_deg)),
            elapsed_s
        ) as east_m,
        arg_min(111195.0 * (latitude_deg - start_latitude_deg), elapsed_s) as north_m,
        avg(speed_mps) as speed_mps
    from own
    group by stretch
),

followed as (
    select
        stretch,
        east_m,
        north_m,
        speed_mps,
        lead(stretch) over (order by stretch) as next_stretch,
        lead(east_m) over (order by stretch) as next_east_m,
        lead(north_m) over (order by stretch) as next_north_m
    from metre
)

select
    east_m,
    north_m,
    speed_mps,
    case when next_stretch <= stretch + 2 then next_east_m end as next_east_m,
    case when next_stretch <= stretch + 2 then next_north_m end as next_north_m
from followed
order by stretch
