-- One row per run from the first to the last day asked for, newest first.
-- $1 the first day
-- $2 the last day
select *
from activity
where
    day between cast($1 as date) and cast($2 as date)
    and sport = 'running'
    and is_counted
order by started_at desc
