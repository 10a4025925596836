-- One row per week or month of the range asked for: kilometres run, days known and whether these
-- are all, and the much longer runs that began in it.
-- $1 the first day
-- $2 the last day
-- $3 week or month
-- $4 how many days before Monday a week begins; 0 for months
with spike as (
    select
        date_trunc($3, day + $4::integer)::date - $4::integer as week,
        count(*) as spike_count,
        string_agg(evidence, ' ' order by day) as spikes
    from pattern_match
    where pattern = 'R2' and state = 'new'
    group by week
),

period as (
    select
        date_trunc($3, day + $4::integer)::date - $4::integer as week,
        count(run_distance_m) as known_day_count,
        sum(run_distance_m) / 1000.0 as run_km
    from day
    group by all
)

select
    p.week,
    p.known_day_count,
    p.known_day_count = if($3 = 'week', 7, day(last_day(p.week))) as is_whole,
    p.run_km,
    s.spike_count,
    s.spikes
from period as p
left join spike as s on s.week = p.week
where p.week between date_trunc($3, $1::date + $4::integer)::date - $4::integer and $2
order by p.week
