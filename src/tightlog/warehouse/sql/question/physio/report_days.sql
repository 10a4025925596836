-- One row per day of the range asked for, with what the report draws.
-- $1 the first day
-- $2 the last day
select
    day,
    tightness_score,
    tightness_7d_median
from day where day between $1 and $2 order by day
