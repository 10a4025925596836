-- One row per day with a morning score.
select
    day,
    tightness_score
from day
where tightness_score is not null
order by day
