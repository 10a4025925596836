-- One row per day from the first to the last asked for, newest first.
-- $1 the first day
-- $2 the last day
select *
from day
where day between cast($1 as date) and cast($2 as date)
order by day desc
