-- One row: what is known of a day, and kilometres run; none for a day outside the calendar known.
-- $1 the day
select
    coverage,
    run_distance_m / 1000.0 as run_km
from day
where day = $1
