-- What were my longest gaps without a score?
with scored as (
    select
        day,
        lag(day) over (order by day) as score_before
    from day
    where tightness_score is not null
)

select
    score_before,
    day as next_score,
    day - score_before - 1 as days_without
from scored
where day - score_before > 1
order by days_without desc, next_score desc
limit 10
