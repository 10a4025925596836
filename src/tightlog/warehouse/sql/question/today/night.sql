-- One row per value of the nights up to the day asked for that is compared: those of the days
-- whose value counts.
-- $1 the day
-- $2 the first day of the nights it is compared with
select
    c.day,
    c.name,
    c.value,
    c.unit,
    c.source,
    c.device,
    c.is_chosen
from context as c
where c.day between $2 and $1 and c.is_chosen
order by c.day, c.name
