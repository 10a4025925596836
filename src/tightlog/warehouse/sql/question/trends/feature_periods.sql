-- One row per week or month of the range: what the feature asked for sums up to, its median, the
-- days on which it is known, and the day after the period.
-- $1 the first day
-- $2 the last day
-- $3 the feature
-- $4 week or month
-- $5 how many days before Monday a week begins; 0 for months
with long as (
    unpivot (select
        day,
        try_cast(columns(* exclude (day)) as double)
    from day where day between $1 and $2)
    on columns(* exclude (day))
    into name feature value amount
)

select
    date_trunc($4, l.day + $5::integer)::date - $5::integer as day,
    (date_trunc($4, l.day + $5::integer) + if($4 = 'week', interval 7 day, interval 1 month))::date
    - $5::integer as until,
    sum(amount) as total,
    median(amount) as middle,
    count(amount) as known_day_count
from long as l
where feature = $3
group by all
order by all
