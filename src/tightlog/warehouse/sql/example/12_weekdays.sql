-- On which weekday is my back tightest?
select
    dayname(day) as weekday,
    count(tightness_score) as scores,
    median(tightness_score) as median_score,
    round(avg(tightness_score), 1) as mean_score,
    round(avg(run_distance_m) / 1000, 1) as mean_run_km
from day
group by weekday, isodow(day)
order by isodow(day)
