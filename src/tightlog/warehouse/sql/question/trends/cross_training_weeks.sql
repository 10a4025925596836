-- One row per week or month and kind of cross-training in the range asked for: minutes, days known
-- and whether these are all.
-- $1 the first day
-- $2 the last day
-- $3 week or month
-- $4 how many days before Monday a week begins; 0 for months
with long as (
    unpivot (
        select
            day,
            swim_min,
            cycle_min,
            strength_min,
            core_min,
            mobility_min,
            other_min
        from day
    )
    on swim_min, cycle_min, strength_min, core_min, mobility_min, other_min
    into name kind value minutes
)

select
    date_trunc($3, day + $4::integer)::date - $4::integer as week,
    replace(kind, '_min', '') as kind,
    sum(minutes) as minutes,
    count(*) as known_day_count,
    count(*) = if($3 = 'week', 7, day(last_day(any_value(day)))) as is_whole
from long
where week between date_trunc($3, $1::date + $4::integer)::date - $4::integer and $2
group by all
order by week, kind
