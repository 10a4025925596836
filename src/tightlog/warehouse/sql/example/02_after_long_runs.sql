-- How tight is my back on the morning after a long run?
with long_from as (
    select quantile_cont(longest_run_m, 0.9) as distance_m from day where longest_run_m > 0
),

kind as (
    select
        d.day,
        case
            when
                d.longest_run_m >= l.distance_m
                then 'long run, ' || round(l.distance_m / 1000, 1) || ' km or more'
            when d.longest_run_m > 0 then 'shorter run'
            when d.longest_run_m = 0 then 'no run'
        end as day_before
    from day as d
    cross join long_from as l
)

select
    k.day_before,
    count(next.tightness_score) as mornings,
    median(next.tightness_score) as median_score,
    round(avg(next.tightness_score), 1) as mean_score
from kind as k
inner join day as next on next.day = k.day + 1
where k.day_before is not null and next.tightness_score is not null
group by k.day_before
order by mean_score desc
