-- One row: scored days, days they span with longer breaks (bound, days) counted as one, and how many were scored after the training.
with scored as (
    select day, tightness_moment, day - lag(day) over (order by day) as gap_d from day where tightness_score is not null
)
select
    count(*) as score_count,
    coalesce(sum(case when gap_d is null or gap_d > ? then 1 else gap_d end), 0)::integer as diary_day_count,
    count(*) filter (where tightness_moment in ('evening', 'after')) as evening_count
from scored
