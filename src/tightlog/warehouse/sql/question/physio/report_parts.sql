-- One row per week or month (the part asked for) of the range: scores, distance, load, cadence.
-- Only days of the range count.
-- $1 'week' or 'month'
-- $2 the first day
-- $3 the last day
-- $4 how many days before Monday a week begins; 0 for months
select
    date_trunc($1::varchar, day + $4::integer)::date - $4::integer as first_day,
    count(*) as day_count,
    count(tightness_score) as scored_day_count,
    median(tightness_score) as median_score,
    max(tightness_score) as highest_score,
    sum(run_count) as run_count,
    count(run_distance_m) as known_run_day_count,
    sum(run_distance_m) as run_distance_m,
    max(longest_run_m) as longest_run_m,
    count(load_au) as known_load_day_count,
    sum(load_au) as load_au,
    median(cadence_spm) as median_cadence_spm,
    sum(cross_training_min) as cross_training_min
from day
where day between $2 and $3
group by all
order by first_day
