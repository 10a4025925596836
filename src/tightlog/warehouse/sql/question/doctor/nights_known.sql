-- One row per thing that a watch or diary says of nights and days: on how many, and the newest.
with long as (
    unpivot (select
        day,
        columns(
            '^context_(sleep_h|hrv_(rmssd|sdnn)_ms|resting_heart_rate_bpm|watch_stress|steps)$'
        )::double
    from day)
    on columns(* exclude (day))
    into name feature value amount
)

select
    feature,
    count(*) as day_count,
    max(day) as newest_day
from long
group by feature
order by feature
