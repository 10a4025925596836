-- One row per week of the range asked for: kilometres run, days known, and the much longer runs
-- that began in it.
-- $1 the first day
-- $2 the last day
with spike as (
    select
        date_trunc('week', day)::date as week,
        count(*) as spike_count,
        string_agg(evidence, ' ' order by day) as spikes
    from pattern_match
    where pattern = 'R2' and state = 'new'
    group by week
),

week as (
    select
        date_trunc('week', day)::date as week,
        count(run_distance_m) as known_day_count,
        sum(run_distance_m) / 1000.0 as run_km
    from day
    group by all
)

select
    w.week,
    w.known_day_count,
    w.run_km,
    s.spike_count,
    s.spikes
from week as w
left join spike as s on s.week = w.week
where w.week between date_trunc('week', $1::date)::date and $2
order by w.week
