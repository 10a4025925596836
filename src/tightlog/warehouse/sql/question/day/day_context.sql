-- One row per quantity known of a day and of the night that ended on it: the value that counts.
-- $1 the day
select
    name,
    value,
    unit,
    source,
    device
from context
where day = $1 and is_chosen and value is not null
order by name
