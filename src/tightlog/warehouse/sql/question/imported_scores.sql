-- One row per score of a score file in the range asked for.
-- $1 the first day
-- $2 the last day
select
    entry_id,
    rated_at,
    day,
    moment,
    score,
    is_sharp,
    red_flags,
    eased,
    side,
    radiation,
    is_woken,
    note,
    source,
    raw_value,
    raw_moment,
    file_line
from tightness
where source <> 'diary' and day between $1 and $2
order by day, rated_at nulls first
