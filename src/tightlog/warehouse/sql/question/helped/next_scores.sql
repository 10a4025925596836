-- One row per score of a day that days with an intervention and days without it share: how many
-- there are of each, and the mean of the next day's score after them.
-- $1 the intervention
with done as (
    select distinct day
    from intervention_log
    where intervention = $1
),

pairs as (
    select
        s.tightness_score as score,
        n.tightness_score as next_score,
        d.day is not null as is_done
    from day as s
    inner join day as n on n.day = s.day + 1
    left join done as d on d.day = s.day
    where s.tightness_score is not null and n.tightness_score is not null
)

select
    score,
    count(*) filter (where is_done) as with_count,
    count(*) filter (where not is_done) as without_count,
    avg(next_score) filter (where is_done) as next_score_with,
    avg(next_score) filter (where not is_done) as next_score_without
from pairs
group by score
having count(*) filter (where is_done) > 0 and count(*) filter (where not is_done) > 0
order by score
