-- One row: the first and the last known day.
select
    min(day) as first_day,
    max(day) as last_day
from day
