-- One row: the scores of the range asked for, and how many of its days have one.
-- $1 the first day
-- $2 the last day
select
    count(*) filter (where coverage = 'watched') as watched_day_count,
    count(run_distance_m) as known_run_day_count,
    count(tightness_score) as scored_day_count,
    median(tightness_score) as median_score,
    min(tightness_score) as lowest_score,
    max(tightness_score) as highest_score,
    count(*) filter (where tightness_score >= 5) as day_count_of_5_or_more,
    sum(run_count) as run_count,
    sum(run_distance_m) as run_distance_m,
    max(longest_run_m) as longest_run_m,
    median(cadence_spm) as median_cadence_spm
from day
where day between $1 and $2
