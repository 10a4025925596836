-- How tight was my back the morning after my biggest descents?
select
    a.day,
    a.name,
    round(a.distance_m / 1000, 1) as run_km,
    a.descent_m,
    round(a.descent_m / (a.distance_m / 1000), 1) as descent_m_per_km,
    d.tightness_score as score_that_morning,
    next.tightness_score as score_next_morning
from activity as a
left join day as d on d.day = a.day
left join day as next on next.day = a.day + 1
where a.sport = 'running' and a.is_counted and a.descent_m > 0 and a.distance_m > 0
order by a.descent_m desc
limit 15
