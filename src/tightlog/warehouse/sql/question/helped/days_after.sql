-- One row per day after an intervention, the first to the third: how far the score lay from that of
-- the day itself, with it, and without it on days that began at the same scores.
-- $1 the intervention
with done as (
    select distinct day
    from intervention_log
    where intervention = $1
),

lag as (
    select unnest([1, 2, 3]) as after_d
),

later as (
    select
        s.day,
        s.tightness_score as score,
        x.after_d,
        n.tightness_score as later_score,
        d.day is not null as is_done
    from day as s
    cross join lag as x
    inner join day as n on n.day = s.day + x.after_d::integer
    left join done as d on d.day = s.day
    where s.tightness_score is not null and n.tightness_score is not null
),

without as (
    select
        after_d,
        score,
        avg(later_score) as later_score
    from later
    where not is_done
    group by
        after_d,
        score
)

select
    l.after_d,
    count(*) as day_count,
    avg(l.later_score - l.score) as change_with,
    avg(w.later_score - l.score) as change_without
from later as l
inner join without as w on w.after_d = l.after_d and w.score = l.score
where l.is_done
group by l.after_d
order by l.after_d
