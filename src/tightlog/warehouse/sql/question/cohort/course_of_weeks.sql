-- One row: the scores of the last 7 days and of the 28 days before, and the gaps between files.
-- $1 the local day
with scores as (
    select
        day,
        tightness_score as score
    from day
    where tightness_score is not null and day <= $1
),

active as (
    select distinct day
    from activity
    where day <= $1
),

gaps as (
    select
        day,
        date_diff('day', lag(day) over (order by day), day) as gap_d
    from active
)

select
    median(score) filter (where day > $1::date - 7) as recent_score,
    count(*) filter (where day > $1::date - 7) as recent_count,
    median(score) filter (where day <= $1::date - 7 and day > $1::date - 35) as before_score,
    count(*) filter (where day <= $1::date - 7 and day > $1::date - 35) as before_count,
    (
        select max(gap_d)
        from gaps
        where day > (select max(a.day) from active as a) - 90
    ) as usual_gap_d
from scores
