-- Which of the things I did go with a better score the next day?
select
    i.title,
    e.n_done as days_with,
    e.n_not_done as days_without,
    round(e.effect_points, 1) as points,
    round(e.effect_low, 1) as low,
    round(e.effect_high, 1) as high,
    e.verdict,
    round(e.smallest_detectable_points, 1) as smallest_these_data_could_show
from effect as e
inner join intervention as i on i.intervention = e.intervention
order by e.effect_points
