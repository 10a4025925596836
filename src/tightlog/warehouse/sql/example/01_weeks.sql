-- How many kilometres did I run each week, and how tight was my back?
select
    date_trunc('week', day)::date as week,
    round(sum(run_distance_m) / 1000, 1) as run_km,
    median(tightness_score) as median_score,
    count(tightness_score) as scored_days
from day
group by week
order by week desc
