-- In which months are there days nothing is known of?
select
    date_trunc('month', day)::date as month,
    count(*) as days,
    count(*) filter (where coverage = 'unknown') as unknown_days,
    count(*) filter (where run_distance_m is null) as days_of_unknown_distance,
    count(tightness_score) as scored_days
from day
group by month
order by unknown_days desc, month desc
