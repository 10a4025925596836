-- One row per four weeks, the last of the range asked for and those before them: what was run and
-- how hard all sport was, with the number of days on which that is known.
-- $1 the last day
select
    day > $1 - 28 as is_recent,
    count(*) as day_count,
    count(run_distance_m) as known_run_day_count,
    sum(run_distance_m) as run_distance_m,
    sum(run_count) as run_count,
    max(longest_run_m) as longest_run_m,
    count(load_au) as known_load_day_count,
    sum(load_au) as load_au
from day
where day between $1 - 55 and $1
group by all
order by is_recent desc
