-- Is my back tighter after several run days in a row?
select
    least(before.run_streak_d, 5) as run_days_in_a_row,
    count(d.tightness_score) as mornings,
    median(d.tightness_score) as median_score,
    round(avg(d.tightness_score), 1) as mean_score
from day as d
inner join day as before on before.day = d.day - 1
where d.tightness_score is not null and before.run_streak_d is not null
group by run_days_in_a_row
order by run_days_in_a_row
