-- One row per week or month (the part asked for) of the range and thing known of its nights and
-- days: on how many, and the median.
-- $1 'week' or 'month'
-- $2 the first day
-- $3 the last day
-- $4 how many days before Monday a week begins; 0 for months
with long as (
    unpivot (select
        day,
        columns(
            '^context_(sleep_h|hrv_(rmssd|sdnn)_ms|resting_heart_rate_bpm|watch_stress|steps'
            || '|sitting_h|stand_h)$'
        )::double
    from day where day between $2 and $3)
    on columns(* exclude (day))
    into name feature value amount
)

select
    date_trunc($1::varchar, day + $4::integer)::date - $4::integer as first_day,
    feature,
    count(*) as day_count,
    median(amount) as median_amount
from long
group by all
order by first_day, feature
