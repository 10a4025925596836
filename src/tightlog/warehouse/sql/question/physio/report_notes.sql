-- One row per score with a note in the range asked for.
-- $1 the first day
-- $2 the last day
select
    day,
    moment,
    score,
    note
from tightness
where note is not null and day between $1 and $2
order by day, rated_at nulls first, entry_id
