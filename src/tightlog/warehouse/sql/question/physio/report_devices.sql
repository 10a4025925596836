-- One row per device of the range asked for: its activities, its runs, and the rules by which their
-- cadence became steps per minute.
-- $1 the first day
-- $2 the last day
select
    coalesce(device, 'device not said') as device,
    min(day) as first_day,
    max(day) as last_day,
    count(*) as activity_count,
    count(*) filter (where sport = 'running') as run_count,
    count(heart_rate_bpm) as with_heart_rate_count,
    count(cadence_spm) filter (where sport = 'running') as run_with_cadence_count,
    median(cadence_spm) filter (where sport = 'running') as median_run_cadence_spm,
    string_agg(distinct cadence_rule, '; ') filter (where sport = 'running') as run_cadence_rules
from activity
where is_counted and day between $1 and $2
group by all
order by activity_count desc, device
