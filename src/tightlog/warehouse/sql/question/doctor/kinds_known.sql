-- One row: how many activities count, and how many of these are of unknown kind.
select
    count(*) as recording_count,
    count(*) filter (where sport_rule = 'unknown') as unknown_count
from activity
where is_counted
