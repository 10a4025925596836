-- One row per sport with the number of its activities that count, running first, then the most
-- frequent.
select
    sport,
    count(*) filter (where is_counted) as activity_count
from activity
group by sport
order by sport <> 'running', activity_count desc, sport
